import type { SyncedTable } from '#domain/rows.ts'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppDb } from '#db/db.ts'
import { writing } from '#db/write.ts'
import { spanOf } from '#domain/span.ts'
import { DAY, HOUR, iso, ms, startOfDay } from '#domain/time.ts'
import { clock } from '../../tests/clock.ts'
import { autoRows } from './autoRows.ts'
import '../../tests/fakes/indexeddb.ts'

let db: AppDb
const NOW = clock.now()
const FIRST = startOfDay(NOW) + DAY
beforeEach(() => { db = new AppDb(crypto.randomUUID()) })
afterEach(() => db.delete())
const put = (tbl: SyncedTable, row: object): Promise<unknown> =>
  writing(db, [tbl], async () => void await db.table(tbl).put({ _v: { s: 1 }, community_id: 'c', ...row }))
const shift = (id: string, post_id: string, more: object = {}): Promise<unknown> => put('shift', {
  id, post_id, starts_at: iso(FIRST + 8 * HOUR), ends_at: iso(FIRST + 12 * HOUR), capacity: 2, held: 0, to_pick: 0,
  state: 'draft', callout_id: null, ...more,
})
const person = (id: string, kind: string, more: object = {}): Promise<unknown> => put('responder_lead', {
  id, kind, name: id, community_ids: ['c'], report_in: 'confirmed', state: 'active', night: 'yes', ...more,
})
const read = () => autoRows(db, 'c', FIRST, FIRST + 7 * DAY, NOW)

it('reads the empty places of drafts, and everybody who may be put there', async () => {
  await put('post', { id: 'walk', kind: 'patrol' })
  await shift('half', 'walk')
  await shift('full', 'walk', { capacity: 0 })
  await shift('open', 'walk', { state: 'open' })
  await put('draft_assignment', { id: 'd', shift_id: 'half', responder_id: 'a', name: 'a' })
  for (const [id, more] of [['a', {}], ['asked', { report_in: 'requested' }], ['paused', { state: 'paused' }]] as const)
    await person(id, 'volunteer', more)
  const rows = await read()
  expect(rows.shifts.map(s => [s.id, s.missing, s.level])).toEqual([['half', 1, 1]])
  expect(rows.people.map(p => p.id)).toEqual(['a'])
  expect(rows.turns.map(t => [t.shift_id, t.responder_id])).toEqual([['half', 'a']])
})

it('keeps couriers for posts that they may hold, and names who is left out (G2)', async () => {
  await put('post', { id: 'walk', kind: 'patrol' })
  await put('post', { id: 'gate', kind: 'gate' })
  await person('courier', 'new_employment')
  await person('neighbour', 'volunteer')
  await person('asked', 'volunteer', { report_in: 'requested' })
  await person('paused', 'volunteer', { state: 'paused' })
  await person('gone', 'volunteer', { state: 'closed' })
  const others = [{ id: 'asked', name: 'asked', why: 'unconfirmed' }, { id: 'paused', name: 'paused', why: 'paused' }]
  await shift('at the gate', 'gate')
  const gates = await read()
  expect(gates.people.map(p => p.id)).toEqual(['neighbour'])
  expect(gates.left).toEqual(expect.arrayContaining([{ id: 'courier', name: 'courier', why: 'gates' }, ...others]))
  await shift('rounds', 'walk')
  const both = await read()
  expect(both.people.map(p => [p.id, p.kind])).toEqual([['courier', 'new_employment'], ['neighbour', 'volunteer']])
  expect(both.shifts.map(s => s.post_kind).sort()).toEqual(['gate', 'patrol'])
  expect(both.left.map(l => l.id).sort()).toEqual(['asked', 'paused'])
})

it('keeps people for posts whose skill they have, and names who has none of them', async () => {
  await put('post', { id: 'aid', kind: 'patrol' })
  await person('medic', 'volunteer', { skills: ['急救'] })
  await person('other', 'volunteer', { skills: [] })
  await shift('first aid', 'aid', { skill: '急救' })
  const { people, left, shifts } = await read()
  expect([people.map(p => p.id), left, shifts.map(s => s.skill)])
    .toEqual([['medic'], [{ id: 'other', name: 'other', why: 'skill' }], ['急救']])
})

it('knows how many people a post needs by night (R18)', async () => {
  await put('post', { id: 'one', kind: 'gate', night_minimum: 1 })
  await put('post', { id: 'three', kind: 'gate', night_minimum: 3 })
  const night = { starts_at: iso(FIRST + 22 * HOUR), ends_at: iso(FIRST + 30 * HOUR) }
  await shift('by day', 'three')
  await shift('two', 'one', night)
  await shift('many', 'three', night)
  const least = (await read()).shifts.map(s => [s.id, s.least])
  expect(Object.fromEntries(least)).toEqual({ 'by day': 0, 'two': 2, 'many': 3 })
})

it('counts a word for today against the hours of the week, until it ends', async () => {
  await person('ready', 'volunteer')
  await person('not today', 'volunteer')
  const until = iso(FIRST + 30 * HOUR)
  await put('availability', { id: 'ready', fits: [], ready_until: until })
  await put('availability', { id: 'not today', fits: [], ready_until: null })
  const off = (await read()).people.map(({ id, isOff }) =>
    [id, ...[0, 1].map(day => isOff(spanOf(FIRST + day * DAY + 22 * HOUR, FIRST + day * DAY + 30 * HOUR)))])
  expect(off).toEqual([['not today', true, true], ['ready', false, true]])
})

it('says from which day turns are known: two months are on the phone, sixty days count', async () => {
  const knownAt = async (now: string): Promise<string> => {
    const first = startOfDay(now) + DAY
    return (await autoRows(db, 'c', first, first + 7 * DAY, ms(now))).known_since
  }
  expect(await knownAt('2026-12-01T12:00:00+08:00')).toBe('2026-11-01')
  expect(await knownAt('2026-12-30T12:00:00+08:00')).toBe('2026-11-01')
  expect(await knownAt('2026-12-31T12:00:00+08:00')).toBe('2026-11-02')
})
