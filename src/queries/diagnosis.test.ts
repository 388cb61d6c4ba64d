import type { Entry } from '#gateway/wire.ts'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppDb } from '#db/db.ts'
import { noteDefect } from '#db/defects.ts'
import { writing } from '#db/write.ts'
import { mutate } from '#mutators/mutate.ts'
import { pullAll } from '#sync/pull.ts'
import { ScriptGateway } from '../../tests/fakes/scriptGateway.ts'
import { FakeClock } from '../../tests/fakes/world.ts'
import { diagnosis } from './diagnosis.ts'
import '../../tests/fakes/indexeddb.ts'

let db: AppDb
const login = randomUUID()
const SECRET = '王小明'
beforeEach(async () => {
  db = new AppDb(login)
  const gateway = new ScriptGateway(login)
  const me = (
    scope: string,
    ver: number,
  ): Entry => [
    scope,
    'me',
    login,
    ver,
    'P',
    { id: login, name: SECRET, phone_masked: '138****0000', consents: [] } as { id: string },
  ]
  gateway.onPull = [{
    scopes: {
      [`user:${login}`]: { head: 3, at: 3, n: 1, sum: '3', reset: false },
      'org:c:open': { head: 5, at: 5, n: 1, sum: '5', reset: false },
    },
    entries: [me(`user:${login}`, 3), ['org:c:open', 'post', 'p', 5, 'P', { id: 'p', name: SECRET } as { id: string }]],
  }]
  await pullAll({ db, login, gateway, clock: new FakeClock(), id: randomUUID }, new AbortController().signal, () => {})
  await mutate(db, 'set_consent', { purpose: 'location', given: true }, {
    login,
    now: () => new FakeClock().now(),
    id: randomUUID,
  })
})
afterEach(() => db.delete())

it('counts the rows as the server sent them, whatever is pending on top', async () => {
  const { scopes, tables, queue } = await diagnosis(db)
  expect(scopes).toEqual([{ scope: 'org:c:open', head: 5, n: 1, sum: '5', right: true }, {
    scope: 'user:me',
    head: 3,
    n: 1,
    sum: '3',
    right: true,
  }])
  expect(tables).toMatchObject({ me: 1, post: 1, shift: 0 })
  expect(queue).toMatchObject([{ seq: 1, name: 'set_consent', state: 'pending', attempts: 0 }])
})

it('finds rows that are no longer what was counted', async () => {
  await writing(db, ['post'], () => db.rows('post').delete('p').then(() => undefined))
  expect((await diagnosis(db)).scopes).toContainEqual({ scope: 'org:c:open', head: 5, n: 0, sum: '0', right: false })
})

it('says what went wrong on this phone', async () => {
  noteDefect('sync', 'cycle', new TypeError(SECRET), 1)
  expect((await diagnosis(db)).defects).toMatchObject([{
    source: 'sync',
    place: 'cycle',
    code: 'TypeError',
    at: 1,
    times: 1,
  }])
})

it('says nothing of the person: no name, no number, no login, no arguments', async () => {
  const text = JSON.stringify(await diagnosis(db))
  for (const secret of [SECRET, '138****0000', login, 'location']) expect(text).not.toContain(secret)
})
