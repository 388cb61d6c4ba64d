import type { Case } from './stage.ts'
import assert from 'node:assert/strict'
import { PUSH_CASES } from './pushCases.ts'
import { ROBOT_CASES } from './robotCases.ts'
import { SMS_CASES } from './smsCases.ts'
import { delivery, message, scene } from './stage.ts'
import { makeDevice } from './webPush.ts'

const POST = { method: 'POST', headers: { authorization: 'Bearer deliver-secret' } }
const ask = (init: RequestInit): Request => new Request('http://localhost/functions/v1/deliver', init)
const askAs = (authorization: string): Request => ask({ method: 'POST', headers: { authorization } })

/** A push of a request to one device. */
function push(id: string): ReturnType<typeof delivery> {
  const { p256dh, auth } = makeDevice()
  const target = { id: 't', endpoint: 'https://fcm.googleapis.com/201/x', p256dh, auth, locale: 'zh-CN' as const }
  return delivery('web_push', { id, message: message('offer'), targets: [target] })
}

const QUEUE_CASES: Case[] = [
  scene('the function serves a caller with its secret only', async (s) => {
    s.queue = [push('a')]
    assert.equal((await s.handler(ask({ method: 'POST' }))).status, 401)
    assert.equal((await s.handler(askAs('Bearer deliver-secreT'))).status, 401)
    assert.equal((await s.handler(ask({ method: 'GET', headers: POST.headers }))).status, 405)
    assert.equal(s.queue.length, 1)
    assert.equal((await s.handler(ask(POST))).status, 200)
    assert.equal(s.queue.length, 0)
  }),
  scene('the function does nothing without its secret', async (s) => {
    assert.equal((await s.handler(ask(POST))).status, 503)
    assert.equal((await s.handler(askAs('Bearer '))).status, 503)
  }, { DELIVER_SECRET: undefined }),
  scene('the queue: all that is due is sent, and each is settled once', async (s) => {
    s.queue = Array.from({ length: 95 }, (_, i) => push(`p${i}`))
    assert.deepEqual(await s.run(), { claimed: 95, sent: 95 })
    assert.equal(new Set(s.settled.map(x => x.id)).size, 95)
    assert.equal(s.providers.received.length, 95)
  }),
  scene('the queue: an unreadable row does not hold up the others', async (s) => {
    s.queue = [{ ...push('bad'), targets: 'nonsense' as never }, push('good'), delivery('robot', { id: 'no-robot' })]
    await s.run()
    const expected = [['bad', 'failed'], ['good', 'sent'], ['no-robot', 'unreachable']]
    assert.deepEqual(s.settled.map(x => [x.id, x.outcome]), expected)
  }),
  scene('the queue: says that the database does not answer, and sends nothing', async (s) => {
    s.down = true
    const answer = await s.handler(ask(POST))
    const expected = { code: 'no_database', message: 'The database did not answer' }
    assert.deepEqual([answer.status, await answer.json()], [502, expected])
  }),
]

/** All that the sender must do. */
export const CASES: Case[] = [...PUSH_CASES, ...ROBOT_CASES, ...SMS_CASES, ...QUEUE_CASES]
