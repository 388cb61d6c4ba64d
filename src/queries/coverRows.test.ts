import type { SyncedTable } from '#domain/rows.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppDb } from '#db/db.ts'
import { writing } from '#db/write.ts'
import { coverAsks, coverCases, coversAsked, coversOfPlace, swapWishes } from './coverRows.ts'
import { swapChoices } from './swapRows.ts'
import '../../tests/fakes/indexeddb.ts'

const now = Date.parse('2026-11-23T06:00:00Z')
const at = (hours: number): string => new Date(now + hours * 3_600_000).toISOString()
let db: AppDb
const put = (tbl: SyncedTable, row: object): Promise<unknown> =>
  writing(db, [tbl], async () => void await db.table(tbl).put({ _v: {}, community_id: 'c', ...row }))
beforeEach(async () => {
  db = new AppDb(crypto.randomUUID())
  await put('me', { id: 'l', responder_id: 'me' })
  await put('post', { id: 'p', name: '单元门岗' })
  await put('org_unit', { id: 'u', name: '6栋', parent_id: null, level: 'building' })
})
afterEach(async () => { await db.delete() })

/** A shift of three hours that begins in so many hours; `who` has a place on it. */
async function shift(id: string, from: number, who: string, more: object = {}): Promise<void> {
  const span = { starts_at: at(from), ends_at: at(from + 3) }
  await put('shift', {
    id, post_id: 'p', org_unit_id: 'u', roster_id: 'r', callout_id: null, state: 'open', capacity: 1, filled: 1,
    held: 0, ...span, ...more,
  })
  const place = { id: `a-${id}`, shift_id: id, responder_id: who, name: who, state: 'accepted', ...span }
  await put('assignment', { ...place, on_post_at: null, off_post_at: null })
  if (who === 'me')
    await put('my_assignment', { ...place, callout_id: null, callout_kind: null, on_post_at: null, off_post_at: null })
}
/** A request about the place on a shift. */
const cover = (on: string, state: string, more: object = {}): Promise<unknown> =>
  put('cover_request', {
    id: `c-${on}`, shift_id: on, assignment_id: `a-${on}`, responder_id: 'owner', name: '王建国', state,
    asked_at: at(-1), taker_id: null, taker_name: null, taker_assignment_id: null, claimed_at: null,
    with_assignment_id: null, with_shift_id: null, with_name: null, ...more,
  })
const of = (lines: { cover: { id: string } }[]): string[] => lines.map(l => l.cover.id)

describe('what colleagues ask', () => {
  it('names open requests in the order of time, and not what nobody can take any more', async () => {
    await shift('later', 30, 'owner')
    await shift('soon', 2, 'owner')
    await shift('begun', -1, 'owner')
    await shift('off', 20, 'owner', { state: 'cancelled' })
    for (const id of ['later', 'soon', 'begun', 'off']) await cover(id, 'open')
    await cover('unknown', 'open')
    expect(of(await coverAsks(db, now))).toEqual(['c-soon', 'c-later'])
  })

  it('keeps my own yes until the server has given the place, and leaves out what others said yes to', async () => {
    await shift('mine', 2, 'owner')
    await shift('theirs', 8, 'owner')
    await cover('mine', 'claimed', { taker_id: 'me', taker_assignment_id: 'x' })
    await cover('theirs', 'claimed', { taker_id: 'you', taker_assignment_id: 'y' })
    expect((await coverAsks(db, now)).map(a => [a.cover.id, a.own])).toEqual([['c-mine', true]])
    await cover('mine', 'taken', { taker_id: 'me', taker_assignment_id: 'x', _pending: 'm' })
    expect((await coverAsks(db, now)).map(a => a.own)).toEqual([true])
    await cover('mine', 'taken', { taker_id: 'me', taker_assignment_id: 'x' })
    expect(await coverAsks(db, now)).toEqual([])
  })

  it('says what speaks against a yes, and leaves out a shift on which one serves', async () => {
    await shift('own', 20, 'me')
    await shift('clash', 21, 'owner')
    await cover('clash', 'open')
    await cover('own', 'open')
    const asks = await coverAsks(db, now)
    expect(asks.map(a => [a.cover.id, a.against.clash?.id])).toEqual([['c-clash', 'a-own']])
  })

  it('asks nobody who serves nowhere', async () => {
    await put('me', { id: 'l', responder_id: null })
    await shift('s', 2, 'owner')
    await cover('s', 'open')
    expect(await coverAsks(db, now)).toEqual([])
  })
})

describe('what waits for a coordinator', () => {
  it('comes first where somebody said yes, then what nobody has taken close to its start', async () => {
    await shift('near', 1, 'owner')
    await shift('far', 9, 'owner')
    await shift('said', 2, 'owner')
    await cover('near', 'open')
    await cover('far', 'open')
    await cover('said', 'claimed', { taker_id: 'you', taker_assignment_id: 'x' })
    await put('cover_lead', { id: 'c-said', shift_id: 'said', reason: 'ill', by_name: null })
    const cases = await coverCases(db, 'c', now)
    expect(cases.map(c => [c.cover.id, c.why?.reason])).toEqual([['c-said', 'ill'], ['c-near', undefined]])
    expect(await coverCases(db, 'another', now)).toEqual([])
  })

  it('leaves a swap to the two, until one of them has said yes', async () => {
    await shift('near', 1, 'owner')
    await shift('back', 30, 'you')
    await cover('near', 'open', { with_assignment_id: 'a-back', with_shift_id: 'back', with_name: '韩磊' })
    expect(await coverCases(db, 'c', now)).toEqual([])
    const said = { taker_id: 'you', taker_assignment_id: 'x', with_assignment_id: 'a-back', with_shift_id: 'back' }
    await cover('near', 'claimed', said)
    expect((await coverCases(db, 'c', now)).map(c => c.back?.starts_at)).toEqual([at(30)])
  })
})

describe('what was asked about a place', () => {
  it('tells the owner, the taker and the one who is asked to swap apart', async () => {
    await shift('s', 20, 'me')
    await shift('t', 40, 'owner')
    await cover('s', 'open')
    expect((await coversOfPlace(db, 'a-s', now)).asked?.id).toBe('c-s')
    expect((await coversAsked(db)).get('a-s')?.state).toBe('open')
    await cover('s', 'taken', { taker_id: 'you', taker_assignment_id: 'new' })
    expect([(await coversOfPlace(db, 'a-s', now)).gone?.id, (await coversOfPlace(db, 'new', now)).got?.id])
      .toEqual(['c-s', 'c-s'])
    await cover('t', 'open', { with_assignment_id: 'a-s', with_shift_id: 's', with_name: 'me' })
    expect(of((await coversOfPlace(db, 'a-s', now)).wishes)).toEqual(['c-t'])
    expect(of(await swapWishes(db, now))).toEqual(['c-t'])
    expect(await coverAsks(db, now), 'nobody else may take a swap').toEqual([])
  })
})

it('offers for a swap what I could serve, nearest in time first', async () => {
  await shift('mine', 48, 'me')
  await shift('busy', 100, 'me')
  await shift('after', 60, 'you')
  await shift('before', 44, 'you')
  await shift('clash', 101, 'you')
  await shift('tired', 111, 'you') // eight hours after it, and ten free ones follow
  await shift('own', 150, 'me')
  await shift('months', 24 * 30, 'you')
  const mine = (await db.rows('my_assignment').get('a-mine'))!
  expect((await swapChoices(db, mine, now)).map(c => c.line.id)).toEqual(['a-before', 'a-after'])
})
