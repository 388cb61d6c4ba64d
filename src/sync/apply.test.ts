import type { Entry, PullAnswer, ScopeHead } from '#gateway/wire.ts'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppDb } from '#db/db.ts'
import { readMeta, writeMeta } from '#db/meta.ts'
import { mutate } from '#mutators/mutate.ts'
import { ScriptGateway } from '../../tests/fakes/scriptGateway.ts'
import { FakeClock } from '../../tests/fakes/world.ts'
import { forgetRows } from './apply.ts'
import { pullAll } from './pull.ts'
import { pushAll } from './push.ts'
import '../../tests/fakes/indexeddb.ts'

let db: AppDb
let gateway: ScriptGateway
const clock = new FakeClock()
const signal = new AbortController().signal
beforeEach(() => {
  db = new AppDb(randomUUID())
  gateway = new ScriptGateway('u')
})
afterEach(() => db.delete())

const pull = (): ReturnType<typeof pullAll> =>
  pullAll({ db, login: 'u', gateway, clock, id: randomUUID }, signal, () => {})
const push = (): ReturnType<typeof pushAll> =>
  pushAll({ db, gateway, clock, id: randomUUID }, { limit: 25 }, signal, () => {})
const post = (
  scope: string,
  id: string,
  ver: number,
  data: object = {},
): Entry => [scope, 'post', id, ver, 'P', { id, ...data } as { id: string }]
const me = (
  ver: number,
  consents: string[] = [],
): Entry => ['user:u', 'me', 'u', ver, 'P', { id: 'u', responder_id: 'r', consents, memberships: [] } as never]
const scope = (at: number, n: number, sum: number, over: Partial<ScopeHead> = {}): ScopeHead => ({
  head: at,
  at,
  n,
  sum: String(sum),
  reset: false,
  ...over,
})
const says = (...pages: Partial<PullAnswer>[]): void => {
  gateway.onPull.push(...pages)
}
const posts = async (): Promise<string[]> => (await db.rows('post').toArray()).map(p => p.id).sort()
const consent = (): Promise<string> =>
  mutate(db, 'set_consent', { purpose: 'location', given: true }, {
    login: 'u',
    now: () => clock.now(),
    id: randomUUID,
  })

describe('a first sync', () => {
  it('shows each scope as soon as it is whole', async () => {
    let atSecondPage: string[] = []
    says({
      scopes: { u: scope(1, 1, 1), o: scope(1, 2, 3, { head: 2 }) },
      entries: [post('u', 'x', 1), post('o', 'a', 1)],
      more: true,
    }, { scopes: { u: scope(1, 1, 1), o: scope(2, 2, 3) }, entries: [post('o', 'b', 2)] })
    const ask = gateway.pull.bind(gateway)
    vi.spyOn(gateway, 'pull').mockImplementation(async (request) => {
      if (gateway.pulls.length === 1) atSecondPage = await posts()
      return ask(request)
    })
    expect(await pull()).toEqual({ kind: 'at_head' })
    expect(atSecondPage).toEqual(['x'])
    expect(await posts()).toEqual(['a', 'b', 'x'])
    expect(gateway.pulls.map(p => p.limit)).toEqual([500, 5000])
  })

  it('drops no intent before all of its effects can be shown', async () => {
    says({ scopes: { 'user:u': scope(1, 1, 1) }, entries: [me(1)] })
    await pull()
    const id = await consent()
    await push()
    await forgetRows(db, 'u', 1)
    says({
      lmid: 1,
      scopes: { 'user:u': scope(2, 1, 2), 'o': scope(0, 1, 1, { head: 1 }) },
      entries: [me(2, ['location'])],
      more: true,
    }, { kind: 'retry', code: 'network', after_s: null } as never)
    await pull()
    expect((await db.outbox.toArray()).map(o => o.id)).toEqual([id])
    says({ lmid: 1, scopes: { 'user:u': scope(2, 1, 2), 'o': scope(1, 1, 1) }, entries: [post('o', 'a', 1)] })
    await pull()
    expect(await db.outbox.count()).toBe(0)
  })
})

describe('rebase', () => {
  it('keeps an intent on top of newer rows, and says when it now looks doomed', async () => {
    says({ scopes: { 'user:u': scope(1, 1, 1) }, entries: [me(1)] })
    await pull()
    const id = await consent()
    says({ scopes: { 'user:u': scope(2, 1, 2) }, entries: [me(2, ['unit_sharing'])] })
    await pull()
    expect(await db.rows('me').get('u')).toMatchObject({
      consents: ['location', 'unit_sharing'],
      _pending: id,
      _v: { 'user:u': 2 },
    })
    says({ scopes: {} })
    await pull()
    expect(await db.rows('me').count()).toBe(0)
    expect(await db.outbox.toArray()).toMatchObject([{ id, doubt: 'not_eligible', state: 'pending' }])
  })

  it('an intent the server has consumed gives way to its row', async () => {
    says({ scopes: { 'user:u': scope(1, 1, 1) }, entries: [me(1)] })
    await pull()
    await consent()
    await push()
    says({ lmid: 1, scopes: { 'user:u': scope(2, 1, 2) }, entries: [me(2, ['location'])] })
    await pull()
    expect(await db.rows('me').get('u')).toEqual({
      id: 'u',
      responder_id: 'r',
      memberships: [],
      consents: ['location'],
      _v: { 'user:u': 2 },
    })
    expect(await db.undo.count()).toBe(0)
  })

  it('keeps an intent whose number the server used for something else', async () => {
    await consent()
    says({ lmid: 5 })
    await pull()
    expect(await db.outbox.count()).toBe(1)
  })
})

describe('two tabs, and a server put back to a backup', () => {
  it('an answer another tab has overtaken is thrown away', async () => {
    says({ scopes: { o: scope(1, 1, 1) }, entries: [post('o', 'old', 1)] })
    let open = (): void => {}
    gateway.gate = new Promise((resolve) => { open = resolve })
    const slow = pull()
    await vi.waitFor(() => expect(gateway.pulls).toHaveLength(1))
    await writeMeta(db, { cursors: { o: 2 } })
    open()
    expect(await slow).toEqual({ kind: 'again' })
    expect(await posts()).toEqual([])
  })

  it('sends again what a restored server lost', async () => {
    says({ scopes: { 'user:u': scope(1, 1, 1) }, entries: [me(1)] })
    await pull()
    const id = await consent()
    await push()
    says({ epoch: 'e2', lmid: 0, scopes: { 'user:u': scope(1, 1, 1, { reset: true }) }, entries: [me(1)] })
    await pull()
    expect(await db.outbox.toArray()).toMatchObject([{ id }])
    await push()
    expect(gateway.pushes.flatMap(p => p.muts.map(m => m.id))).toEqual([id, id])
  })

  it('takes back what an intent showed, once the server has refused it', async () => {
    says({ scopes: { 'user:u': scope(1, 1, 1) }, entries: [me(1)] })
    await pull()
    await consent()
    expect((await db.rows('me').get('u'))!.consents).toEqual(['location'])
    await push()
    says({ lmid: 1, scopes: { 'user:u': scope(1, 1, 1) } })
    await pull()
    expect((await db.rows('me').get('u'))!.consents).toEqual([])
    expect(await db.outbox.count()).toBe(0)
  })

  it('goes on as before when only a new epoch begins', async () => {
    says({ scopes: { 'user:u': scope(1, 1, 1) }, entries: [me(1)] }, {
      lmid: 1,
      scopes: { 'user:u': scope(2, 1, 2) },
      entries: [me(2, ['location'])],
    })
    await pull()
    await consent()
    await push()
    await pull()
    says({ epoch: 'e2', lmid: 0, scopes: { 'user:u': scope(2, 1, 2) } }) // an answer from before the push
    await pull()
    expect(await readMeta(db)).toMatchObject({
      epoch: 'e2',
      lmid: 1,
      sent_lmid: 1,
      client_id: (await readMeta(db)).client_id,
    })
    await consent()
    expect((await db.outbox.toArray()).map(o => o.seq)).toEqual([2])
  })

  it('sends again what the server no longer knows, also when it does not speak of a restore', async () => {
    says({ scopes: { 'user:u': scope(1, 1, 1) }, entries: [me(1)] })
    await pull()
    const id = await consent()
    await push()
    says({ lmid: 0, scopes: { 'user:u': scope(1, 1, 1) } })
    await pull()
    await push()
    expect(gateway.pushes.flatMap(p => p.muts.map(m => m.id))).toEqual([id, id])
  })

  it('measures the clocks on the way', async () => {
    says({ now: new Date(clock.now() + 42_000).toISOString(), scopes: {} })
    await pull()
    expect((await readMeta(db)).offset).toEqual({ ms: 42_000, at: clock.now() })
  })

  it('knows the clock from the first answer on, also when a push is all that came through', async () => {
    const id = await consent()
    gateway.onPush = [{ now: new Date(clock.now() - 93_600_000).toISOString() }]
    await push()
    expect(gateway.pushes[0]!.muts[0]).toMatchObject({ id, offset_ms: null })
    expect((await readMeta(db)).offset).toEqual({ ms: -93_600_000, at: clock.now() })
    await consent()
    expect((await db.outbox.toArray()).at(-1)).toMatchObject({ offset_ms: -93_600_000 })
  })
})
