import type { SyncedTable } from '#domain/rows.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppDb } from '#db/db.ts'
import { writing } from '#db/write.ts'
import { dutyRows, needsMe } from './dutyRows.ts'
import '../../tests/fakes/indexeddb.ts'

const now = Date.parse('2026-11-23T06:00:00Z')
const at = (hours: number): string => new Date(now + hours * 3_600_000).toISOString()
let db: AppDb
beforeEach(() => { db = new AppDb(crypto.randomUUID()) })
afterEach(async () => { await db.delete() })

const put = (tbl: SyncedTable, row: object): Promise<unknown> =>
  writing(
    db,
    [tbl],
    async () =>
      void await db.table(tbl).put({ _v: {}, community_id: 'c', place_name: '6栋', post_name: '单元门岗', ...row }),
  )
const shift = (id: string, from: number, to: number, state: string, more: object = {}): Promise<unknown> =>
  put('my_assignment', {
    id,
    shift_id: `s-${id}`,
    starts_at: at(from),
    ends_at: at(to),
    state,
    callout_kind: null,
    on_post_at: null,
    off_post_at: null,
    ...more,
  })
const offer = (id: string, state: string, more: object = {}): Promise<unknown> =>
  put('my_offer', { id, shift_id: 's', starts_at: at(1), ends_at: at(4), state, ...more })
const queued = (seq: number, name: string, args: object): Promise<unknown> =>
  writing(
    db,
    [],
    async () =>
      void await db.table('outbox').put({
        seq,
        id: `m${seq}`,
        name,
        args,
        device_at: at(0),
        state: 'pending',
        attempts: 0,
        entities: [],
      }),
  )
const alert = (): Promise<unknown> =>
  put('mode', { id: 'mode', org_unit_id: 'street', level: 'street', state: 'open', expires_at: at(10) })
const ids = (rows: { id: string }[]): string[] => rows.map(r => r.id)

describe('my duty', () => {
  it('counts an accepted running shift as on duty in ordinary time, not in an emergency', async () => {
    await shift('a', -1, 2, 'accepted')
    expect(ids((await dutyRows(db, now)).on)).toEqual(['a'])
    await alert()
    const duty = await dutyRows(db, now)
    expect(ids(duty.on)).toEqual([])
    expect(ids(duty.upcoming)).toEqual(['a'])
    expect([...duty.alert]).toEqual(['a'])
  })
  it('asks for a check-in in a drill, which opens no mode', async () => {
    await shift('drill', -1, 2, 'accepted', { callout_kind: 'drill' })
    await shift('plain', 3, 4, 'accepted')
    expect([...(await dutyRows(db, now)).alert]).toEqual(['drill'])
  })
  it('never shows a claim that is only on this phone among my shifts', async () => {
    await shift('a', 1, 4, 'accepted', { _pending: 'm1' })
    await offer('o', 'accepted', { _pending: 'm1' })
    await queued(1, 'accept_shift', { assignment_id: 'a', shift_id: 's-a', offer_id: 'o' })
    const duty = await dutyRows(db, now)
    expect([duty.on, duty.upcoming, duty.offers].map(ids as (rows: unknown[]) => string[])).toEqual([[], [], []])
    expect(duty.unsent).toMatchObject([{ id: 'm1', name: 'accept_shift', offer: 'o', place: { place_name: '6栋' } }])
  })
  it('shows no yes that is given for somebody else among my answers', async () => {
    await queued(1, 'accept_for', { assignment_id: 'a' })
    expect((await dutyRows(db, now)).unsent).toEqual([])
  })
  it('keeps an unsent check-in on the post it was given', async () => {
    await shift('a', -1, 2, 'on_post', { _pending: 'm1' })
    await queued(1, 'check_in', { assignment_id: 'a' })
    const duty = await dutyRows(db, now)
    expect(ids(duty.on)).toEqual(['a'])
    expect(duty.unsent).toEqual([])
  })
  it('keeps who stays over on post, and drops what is over, given back or not yet granted', async () => {
    await shift('stays', -5, -1, 'on_post')
    await shift('over', -5, -1, 'accepted')
    await shift('back', 1, 2, 'withdrawn')
    await shift('asked', 3, 5, 'assigned')
    const duty = await dutyRows(db, now)
    expect([ids(duty.on), ids(duty.upcoming), ids(duty.confirm)]).toEqual([['stays'], [], ['asked']])
  })
  it('offers an expired request while the shift is not over, and counts what needs me', async () => {
    await offer('late', 'expired')
    await offer('gone', 'expired', { ends_at: at(-1) })
    await offer('no', 'declined')
    await put('my_waitlist', { id: 'w', shift_id: 's', starts_at: at(1), ends_at: at(2), state: 'held', rank: 1 })
    await put('shift', { id: 's', starts_at: at(1), filled: 2 })
    const duty = await dutyRows(db, now)
    expect(duty.offers).toMatchObject([{ offer: { id: 'late' }, filled: 2, full: false }])
    expect(needsMe(duty)).toBe(2)
    await put('shift', { id: 's', starts_at: at(1), filled: 2, held: 0, capacity: 2 })
    expect((await dutyRows(db, now)).offers).toMatchObject([{ filled: 2, full: true }])
  })
})

describe('what speaks against a request', () => {
  it('names the own shift at the same time, unsent ones too, and lets touching ones be', async () => {
    await shift('mine', 1, 4, 'accepted', { _pending: 'm1' })
    await offer('same-time', 'sent', { starts_at: at(3), ends_at: at(6) })
    await offer('after', 'sent', { shift_id: 's2', starts_at: at(4), ends_at: at(6) })
    const { offers } = await dutyRows(db, now)
    expect(offers.map(o => [o.offer.id, o.against.clash?.id ?? null])).toEqual([['same-time', 'mine'], ['after', null]])
  })
  it('leaves the hours of a drill out of the time stood', async () => {
    await shift('drill', -3, -1, 'done', { callout_kind: 'drill' })
    await shift('real', -0.2, 3, 'on_post')
    expect((await dutyRows(db, now)).minutes).toBe(12)
  })
})
