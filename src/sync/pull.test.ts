import type { Entry, PullAnswer, ScopeHead } from '#gateway/wire.ts'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppDb } from '#db/db.ts'
import { readMeta } from '#db/meta.ts'
import { SCHEMA } from '#gateway/wire.ts'
import { mutate } from '#mutators/mutate.ts'
import { writtenTables } from '../../tests/fakes/fullDisk.ts'
import { ScriptGateway } from '../../tests/fakes/scriptGateway.ts'
import { FakeClock } from '../../tests/fakes/world.ts'
import { pullAll } from './pull.ts'
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
const post = (
  scope: string,
  id: string,
  ver: number,
  data: object = {},
): Entry => [scope, 'post', id, ver, 'P', { id, ...data } as { id: string }]
const gone = (scope: string, id: string, ver: number): Entry => [scope, 'post', id, ver, 'D', null]
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

describe('rows', () => {
  it('puts, changes and deletes, and counts as the server counts', async () => {
    says({ scopes: { o: scope(2, 2, 3) }, entries: [post('o', 'a', 1), post('o', 'b', 2)] })
    expect(await pull()).toEqual({ kind: 'at_head' })
    says({ scopes: { o: scope(4, 1, 3) }, entries: [post('o', 'a', 3, { name: 'x' }), gone('o', 'b', 4)] })
    expect(await pull()).toEqual({ kind: 'at_head' })
    expect(await db.rows('post').toArray()).toEqual([{ id: 'a', name: 'x', _v: { o: 3 } }])
    expect(await readMeta(db)).toMatchObject({ cursors: { o: 4 }, counts: { o: { n: 1, sum: '3' } } })
    expect(gateway.pulls[1]).toMatchObject({ cursors: { o: 2 }, epoch: 'e1' })
  })

  it('keeps a row until the last scope lets it go', async () => {
    says({ scopes: { o: scope(1, 1, 1), m: scope(1, 1, 1) }, entries: [post('o', 'a', 1), post('m', 'a', 1)] })
    await pull()
    says({ scopes: { o: scope(2, 0, 0), m: scope(1, 1, 1) }, entries: [gone('o', 'a', 2)] })
    await pull()
    expect(await db.rows('post').toArray()).toMatchObject([{ id: 'a', _v: { m: 1 } }])
    says({ scopes: { o: scope(2, 0, 0) } })
    await pull()
    expect(await posts()).toEqual([])
    expect(Object.keys((await readMeta(db)).counts)).toEqual(['o'])
  })

  it('a reset scope holds what came and nothing else', async () => {
    says({ scopes: { o: scope(2, 2, 3) }, entries: [post('o', 'a', 1), post('o', 'b', 2)] })
    await pull()
    says({ scopes: { o: scope(7, 2, 13, { reset: true }) }, entries: [post('o', 'b', 6), post('o', 'c', 7)] })
    expect(await pull()).toEqual({ kind: 'at_head' })
    expect(await posts()).toEqual(['b', 'c'])
  })

  it('notices a scope that does not add up, and fetches it again from the start', async () => {
    says({ scopes: { o: scope(2, 2, 3), p: scope(1, 1, 1) }, entries: [post('o', 'a', 1), post('p', 'q', 1)] })
    expect(await pull()).toEqual({ kind: 'again' })
    expect(await readMeta(db)).toMatchObject({ mismatches: 1 })
    expect((await readMeta(db)).cursors).toEqual({ p: 1 })
    says({ scopes: { o: scope(2, 1, 2), p: scope(1, 1, 1) }, entries: [post('o', 'b', 2)] })
    expect(await pull()).toEqual({ kind: 'at_head' })
    expect(await posts()).toEqual(['b', 'q'])
  })

  it('shows pages together, never a part', async () => {
    says({ scopes: { o: scope(1, 1, 1) }, entries: [post('o', 'a', 1)] })
    await pull()
    says({
      scopes: { m: scope(1, 1, 1), o: scope(2, 3, 6, { head: 3 }) },
      entries: [post('m', 'x', 1), post('o', 'b', 2)],
      more: true,
    }, { kind: 'retry', code: 'network', after_s: null } as never)
    expect(await pull()).toMatchObject({ kind: 'retry' })
    expect(await posts()).toEqual(['a'])
    expect((await readMeta(db)).cursors).toEqual({ o: 1 })
  })

  it('counts a scope that is replaced in pages by what they leave, a deletion on a later page too', async () => {
    says({ scopes: { o: scope(2, 2, 3) }, entries: [post('o', 'a', 1), post('o', 'b', 2)] })
    await pull()
    says(
      {
        scopes: { o: scope(4, 3, 9, { head: 5, reset: true }) },
        entries: [post('o', 'b', 2), post('o', 'c', 3), post('o', 'd', 4)],
        more: true,
      },
      { scopes: { o: scope(7, 2, 9) }, entries: [gone('o', 'b', 5), post('o', 'e', 6), gone('o', 'd', 7)] },
    )
    // left: c at 3 and e at 6
    expect(await pull()).toEqual({ kind: 'at_head' })
    expect(await posts()).toEqual(['c', 'e'])
    expect(await readMeta(db)).toMatchObject({ counts: { o: { n: 2, sum: '9' } }, mismatches: 0 })
  })

  it('writes no row when there is nothing new', async () => {
    says({ scopes: { o: scope(1, 1, 1) }, entries: [post('o', 'a', 1)] })
    await pull()
    await consent()
    const written = writtenTables(db)
    says({ scopes: { o: scope(1, 1, 1) } })
    await pull()
    expect(written()).toEqual(['meta'])
    expect((await readMeta(db)).last_sync_at).toBe(clock.now())
  })
})

describe('an app the server no longer writes for', () => {
  it('keeps what it has, takes nothing, and knows why; newer rows are never half read', async () => {
    says({ scopes: { o: scope(1, 1, 1) }, entries: [post('o', 'a', 1)] })
    await pull()
    const before = await readMeta(db)
    says({ min_client: SCHEMA + 1, lmid: 9, epoch: 'e2', scopes: { o: scope(2, 1, 2) }, entries: [post('o', 'b', 2)] })
    expect(await pull()).toEqual({ kind: 'too_old' })
    expect(await posts()).toEqual(['a'])
    expect(await readMeta(db)).toEqual({ ...before, min_client: SCHEMA + 1 })
  })
})

describe('what a tab remembers of versions', () => {
  it('is not trusted once another tab has moved the cursors', async () => {
    const other = new AppDb(db.name.replace('redwhistle-', ''))
    const pullOther = (): ReturnType<typeof pullAll> =>
      pullAll({ db: other, login: 'u', gateway, clock, id: randomUUID }, signal, () => {})
    says({ scopes: { o: scope(1, 1, 1) }, entries: [post('o', 'a', 1)] })
    await pull()
    says({ scopes: { o: scope(2, 1, 2) }, entries: [post('o', 'a', 2)] })
    await pullOther()
    says({ scopes: { o: scope(3, 1, 3) }, entries: [post('o', 'a', 3)] })
    expect(await pull()).toEqual({ kind: 'at_head' })
    expect(await readMeta(db)).toMatchObject({ counts: { o: { n: 1, sum: '3' } }, mismatches: 0 })
    other.close()
  })
})
