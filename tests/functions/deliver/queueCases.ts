import type { Case } from './stage.ts'
import assert from 'node:assert/strict'
import { delivery, message, staged } from './stage.ts'
import { makeDevice } from './webPush.ts'

const POST = { method: 'POST', headers: { authorization: 'Bearer deliver-secret' } }
const ask = (init: RequestInit): Request => new Request('http://localhost/functions/v1/deliver', init)
const push = (id: string) =>
  delivery('web_push', {
    id,
    message: message('offer'),
    targets: [{
      id: 't',
      endpoint: 'https://fcm.googleapis.com/201/x',
      ...(({ p256dh, auth }) => ({ p256dh, auth }))(makeDevice()),
      locale: 'zh-CN',
    }],
  })

export const QUEUE_CASES: Case[] = [
  {
    name: 'the function is for its owner alone',
    run: () =>
      staged(async (s) => {
        s.queue = [push('a')]
        assert.equal((await s.handler(ask({ method: 'POST' }))).status, 401)
        assert.equal(
          (await s.handler(ask({ method: 'POST', headers: { authorization: 'Bearer deliver-secreT' } }))).status,
          401,
        )
        assert.equal((await s.handler(ask({ method: 'GET', headers: POST.headers }))).status, 405)
        assert.equal(s.queue.length, 1)
        assert.equal((await s.handler(ask(POST))).status, 200)
        assert.equal(s.queue.length, 0)
      }),
  },
  {
    name: 'without its secret it does nothing',
    run: () =>
      staged(async (s) => {
        assert.equal((await s.handler(ask(POST))).status, 503)
        assert.equal((await s.handler(ask({ method: 'POST', headers: { authorization: 'Bearer ' } }))).status, 503)
      }, { DELIVER_SECRET: undefined }),
  },
  {
    name: 'it sends all that is due, and settles each once',
    run: () =>
      staged(async (s) => {
        s.queue = Array.from({ length: 95 }, (_, i) => push(`p${i}`))
        assert.deepEqual(await s.run(), { claimed: 95, sent: 95 })
        assert.equal(new Set(s.settled.map(x => x.id)).size, 95)
        assert.equal(s.providers.received.length, 95)
      }),
  },
  {
    name: 'one row nobody can read does not hold up the others',
    run: () =>
      staged(async (s) => {
        s.queue = [
          { ...push('bad'), targets: 'nonsense' as never },
          push('good'),
          delivery('robot', { id: 'no-robot' }),
        ]
        await s.run()
        assert.deepEqual(s.settled.map(x => [x.id, x.outcome]), [['bad', 'failed'], ['good', 'sent'], [
          'no-robot',
          'unreachable',
        ]])
      }),
  },
  {
    name: 'a database that does not answer is said, and nothing is sent',
    run: () =>
      staged(async (s) => {
        s.down = true
        const answer = await s.handler(ask(POST))
        assert.deepEqual([answer.status, await answer.json()], [502, {
          code: 'no_database',
          message: 'The database did not answer',
        }])
      }),
  },
]
