import type { Entry, PullAnswer, ScopeHead } from '#gateway/wire.ts'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppDb } from '#db/db.ts'
import { readMeta } from '#db/meta.ts'
import { recount } from '#db/recount.ts'
import { ScriptGateway } from '../../tests/fakes/scriptGateway.ts'
import { FakeClock } from '../../tests/fakes/world.ts'
import { pullAll } from './pull.ts'
import { readFacts } from './status.ts'
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

/** Another tab of the same phone remembers nothing of what this one has read. */
async function anotherTab(): Promise<void> {
  db.close()
  db = new AppDb(db.name.replace('redwhistle-', ''))
  await db.open()
}

function deep(levels: number): unknown {
  let value: unknown = 1
  for (let i = 0; i < levels; i++) value = [value]
  return value
}
const letter = (
  id: string,
  ver: number,
  over: object = {},
  op: 'P' | 'D' = 'P',
): Entry => [
  'lead:c',
  'dead_letter',
  id,
  ver,
  op,
  op === 'P'
    ? { id, name: 'withdraw', code: 'bad_data', detail: null, at: '2026-11-23T02:00:00Z', ...over } as { id: string }
    : null,
]
const scope = (at: number, n: number, sum: number, over: Partial<ScopeHead> = {}): ScopeHead => ({
  head: at,
  at,
  n,
  sum: String(sum),
  reset: false,
  ...over,
})
async function pull(...pages: Partial<PullAnswer>[]): Promise<unknown> {
  gateway.onPull.push(...pages)
  return pullAll({ db, login: 'u', gateway, clock, id: randomUUID }, signal, () => {})
}
const shown = async (): Promise<string[]> => (await db.rows('dead_letter').toArray()).map(r => r.id).sort()
const aside = async (): Promise<string[]> => (await db.aside.toArray()).map(r => `${r.id} ${r.fault}`).sort()
/** The counts that apply carried on, and those of a recount. */
async function sums(): Promise<[unknown, unknown]> {
  return [(await readMeta(db)).counts, (await recount(db)).scopes]
}

describe.each<[string, Entry, string]>([
  ['nested 6,000 deep', letter('bad', 2, { detail: { a: deep(6000) } }), 'dead_letter/bad deep'],
  ['with a column of another kind', letter('bad', 2, { at: { now: true } }), 'dead_letter/bad shape'],
  ['without what must be there', letter('bad', 2, { code: null }), 'dead_letter/bad shape'],
  ['that is no object', ['lead:c', 'dead_letter', 'bad', 2, 'P', 'x' as never], 'dead_letter/bad shape'],
  ['under another id', letter('bad', 2, { id: 7 }), 'dead_letter/bad id'],
  [
    'of a table this app does not have',
    ['lead:c', 'weather' as never, 'bad', 2, 'P', { id: 'bad' }],
    'weather/bad table',
  ],
])('a row %s', (_, bad, kept) => {
  it('is set aside and counted; the cursor and the other rows go on, and the sums agree', async () => {
    expect(await pull({ scopes: { 'lead:c': scope(3, 3, 6) }, entries: [letter('a', 1), bad, letter('z', 3)] }))
      .toEqual({ kind: 'at_head' })
    expect([await shown(), await aside()]).toEqual([['a', 'z'], [kept]])
    expect((await readFacts(db)).aside).toBe(1)
    const { cursors, mismatches } = await readMeta(db)
    expect({ cursors, mismatches }).toEqual({ cursors: { 'lead:c': 3 }, mismatches: 0 })
    const total = { 'lead:c': { n: 3, sum: '6' } }
    expect(await sums()).toEqual([total, total])
  })
})

describe('what was set aside', () => {
  beforeEach(async () => {
    await pull({
      scopes: { 'lead:c': scope(2, 2, 3) },
      entries: [letter('a', 1), letter('bad', 2, { detail: { a: deep(6000) } })],
    })
    await anotherTab()
  })
  const added = { scopes: { 'lead:c': scope(3, 2, 4) } }

  it('comes back when the server sends it whole', async () => {
    expect(await pull({ ...added, entries: [letter('bad', 3)] })).toEqual({ kind: 'at_head' })
    expect([await shown(), await aside(), (await readFacts(db)).aside]).toEqual([['a', 'bad'], [], 0])
  })

  it('goes when the server deletes it', async () => {
    expect(await pull({ scopes: { 'lead:c': scope(3, 1, 1) }, entries: [letter('bad', 3, {}, 'D')] })).toEqual({
      kind: 'at_head',
    })
    expect([await shown(), await aside()]).toEqual([['a'], []])
    expect((await sums())[1]).toEqual({ 'lead:c': { n: 1, sum: '1' } })
  })

  it('goes with its scope', async () => {
    expect(await pull({ scopes: {}, entries: [] })).toEqual({ kind: 'at_head' })
    expect([await shown(), await aside()]).toEqual([[], []])
  })

  it('stays through a reset that brings it again', async () => {
    expect(
      await pull({
        scopes: { 'lead:c': scope(5, 1, 5, { reset: true }) },
        entries: [letter('bad', 5, { detail: { a: deep(6000) } })],
      }),
    ).toEqual({ kind: 'at_head' })
    expect([await shown(), await aside()]).toEqual([[], ['dead_letter/bad deep']])
    expect(await sums()).toEqual([{ 'lead:c': { n: 1, sum: '5' } }, { 'lead:c': { n: 1, sum: '5' } }])
  })

  it('takes the place of a row that could be read: an old row is not shown as the new one', async () => {
    expect(await pull({ ...added, scopes: { 'lead:c': scope(3, 2, 5) }, entries: [letter('a', 3, { at: 9 })] }))
      .toEqual({ kind: 'at_head' })
    expect([await shown(), await aside()]).toEqual([[], ['dead_letter/a shape', 'dead_letter/bad deep']])
  })
})
