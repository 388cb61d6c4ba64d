import type { StoredRow } from '#db/db.ts'
import type { MutationArgs } from '#domain/mutations.ts'
import type { Shift } from '#domain/rows.ts'
import { randomUUID } from 'node:crypto'
import Dexie from 'dexie'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppDb, readImages, SYNCED_TABLES } from '#db/db.ts'
import { readDefects } from '#db/defects.ts'
import { writeMeta } from '#db/meta.ts'
import { Overlay, rewind } from '#db/overlay.ts'
import { writing } from '#db/write.ts'
import { HOUR } from '#domain/time.ts'
import { fullFor } from '../../tests/fakes/fullDisk.ts'
import { MUTATORS } from './index.ts'
import { LOCAL_ERROR, mutate } from './mutate.ts'
import '../../tests/fakes/indexeddb.ts'

const NOW = Date.parse('2026-11-23T02:00:00Z')
let db: AppDb
beforeEach(async () => {
  db = new AppDb(randomUUID())
  await Dexie.delete('redwhistle-defects')
})
afterEach(async () => {
  vi.restoreAllMocks()
  await db.delete()
})

const ctx = { login: 'u', now: () => NOW, id: () => 'mutation' }
const shift = (over: Partial<Shift> = {}): StoredRow<'shift'> => ({
  id: 's',
  community_id: 'c',
  post_id: 'p',
  org_unit_id: 'b',
  roster_id: null,
  callout_id: null,
  starts_at: '2026-11-23T03:00:00Z',
  ends_at: '2026-11-23T06:00:00Z',
  capacity: 1,
  filled: 0,
  held: 0,
  to_pick: 0,
  skill: null,
  state: 'open',
  _v: { 'org:c:202611': 4 },
  ...over,
})
async function seed(over: Partial<Shift> = {}): Promise<void> {
  await writing(db, ['shift', 'post', 'org_unit', 'me'], async () => {
    await db.rows('shift').put(shift(over))
    await db.raw('post').put({ id: 'p', org_unit_id: 'b', name: '门岗', kind: 'gate', _v: { s: 1 } } as never)
    const me = { id: 'u', responder_id: 'r', name: '王', skills: ['送药'], memberships: [], _v: { s: 1 } }
    await db.raw('me').put(me as never)
    await db.raw('org_unit').bulkPut([
      { id: 'c', level: 'community', name: '甲社区', parent_id: null, duty_line: '025-0083 1000', _v: { s: 1 } },
      { id: 'e', level: 'estate', name: '梧桐苑', parent_id: 'c', duty_line: null, _v: { s: 1 } },
      { id: 'b', level: 'building', name: '6栋', parent_id: 'e', duty_line: null, _v: { s: 1 } },
    ] as never)
  })
}
const claim = (on_full: 'refuse' | 'waitlist' = 'refuse'): Parameters<typeof mutate<'accept_shift'>>[2] =>
  ({ assignment_id: 'a', shift_id: 's', offer_id: null, eta_min: 5, on_full, waitlist_id: 'w' })

it.each([
  ['fast', 26 * HOUR],
  ['slow', -26 * HOUR],
])('on a phone that is a day %s rows have the server\'s time, and the phone\'s own travels', async (_, error) => {
  await seed()
  const offset = { ms: -error, at: NOW + error - 5000 }
  await writeMeta(db, { offset })
  await mutate(db, 'accept_shift', claim(), { ...ctx, now: () => NOW + error })
  const [row] = await db.outbox.toArray()
  expect(row).toMatchObject({
    device_at: new Date(NOW + error).toISOString(), offset_ms: -error, offset_age_s: 5, doubt: null,
  })
  expect(await db.rows('my_assignment').get('a')).toMatchObject({ accepted_at: new Date(NOW).toISOString() })
})

it('a call-out for times that are over is doubted and shows nothing, by the server\'s clock', async () => {
  const slots = [{ starts_at: new Date(NOW - 3 * HOUR).toISOString(), ends_at: new Date(NOW - HOUR).toISOString() }]
  const args = {
    callout_id: 'k', community_id: 'c', kind: 'real', title: '寒潮', ground: '寒潮', document_no: '1号', mode_id: 'm',
    mode_hours: 24, org_unit_ids: ['b'], post: { name: '门岗', kind: 'gate', task: null, kit: null }, capacity: 1,
    slots, offer_min: 6,
  } as const satisfies MutationArgs['open_callout']
  // 26 h slow: by its own clock these times are still to come
  await writeMeta(db, { offset: { ms: 26 * HOUR, at: NOW - 27 * HOUR } })
  await mutate(db, 'open_callout', args, { ...ctx, now: () => NOW - 26 * HOUR })
  expect((await db.outbox.toArray())[0]!.doubt).toBe('slots_over')
  expect([await db.rows('callout').count(), await db.rows('mode').count()]).toEqual([0, 0])
})

it('words that no database could keep are mended before they are queued', async () => {
  const note = { done: '送药🚑'.slice(0, 3), todo: 'a\0b', supplies: '😀', risks: null }
  await mutate(
    db,
    'give_handover',
    { assignment_id: 'a', at: '2026-11-23T02:00:00Z', to_assignment_id: null, note } as never,
    ctx,
  )
  const row = await db.outbox.get(1)
  expect(row!.args).toMatchObject({ note: { done: '送药\uFFFD', todo: 'ab', supplies: '😀' } })
})

describe('one transaction', () => {
  it('writes card, before-images and intent together, and says which intent the card waits for', async () => {
    await seed()
    expect(await mutate(db, 'accept_shift', claim(), ctx)).toBe('mutation')
    expect(await db.rows('my_assignment').get('a')).toMatchObject({
      state: 'accepted',
      place_name: '梧桐苑 6栋',
      community_name: '甲社区',
      duty_line: '025-0083 1000',
      claimed_at: '2026-11-23T02:00:00.000Z',
      _pending: 'mutation',
      _v: {},
    })
    expect(await db.outbox.get(1)).toMatchObject({
      id: 'mutation',
      name: 'accept_shift',
      state: 'pending',
      entities: ['a', 's'],
      doubt: null,
    })
    expect((await db.undo.toArray()).map(u => [u.tbl, u.pk, u.before])).toEqual([['my_assignment', 'a', null], [
      'assignment',
      'a',
      null,
    ]])
  })

  it('does not count the place as taken', async () => {
    await seed()
    await mutate(db, 'accept_shift', claim(), ctx)
    expect(await db.rows('shift').get('s')).toEqual(shift())
  })

  it('queues no phone number, whatever the argument, and leaves the code of a door alone', async () => {
    await seed()
    const note = {
      done: '打１３８ ００１３ ８０００',
      todo: '',
      supplies: '幺三八零零幺三八零零零',
      risks: '6栋 18:30',
    }
    await mutate(db, 'give_handover', {
      assignment_id: 'a',
      at: '2026-11-23T02:00:00.000Z',
      to_assignment_id: null,
      note,
    }, ctx)
    await mutate(
      db,
      'check_in',
      { assignment_id: 'a', at: '2026-11-23T02:00:00.000Z', way: 'qr', door: '0123456789' },
      { ...ctx, id: () => 'second' },
    )
    const [given, arrived] = (await db.outbox.toArray()).map(row => row.args)
    expect(given).toEqual({
      assignment_id: 'a',
      at: '2026-11-23T02:00:00.000Z',
      to_assignment_id: null,
      note: { done: '打***', todo: '', supplies: '***', risks: '6栋 18:30' },
    })
    expect(arrived).toMatchObject({ door: '0123456789' })
    expect(JSON.stringify(await db.rows('handover').toArray())).not.toMatch(/８０００|八零零零/)
  })

  it('queues the line of a unit\'s office as it is, and no number in its name', async () => {
    const said = { partner_unit_id: 'u', keeper_id: 'c', kind: 'enterprise', place_id: null, contact_id: null } as const
    const words = { name: '物业 13800138000', address: null, line: '025-84701234转802' }
    await mutate(db, 'save_partner_unit', { ...said, ...words }, ctx)
    const [row] = await db.outbox.toArray()
    expect(row?.args).toMatchObject({ name: '物业 ***', line: '025-84701234转802' })
    expect(await db.rows('partner_unit').get('u')).toMatchObject({ name: '物业 ***', line: '025-84701234,802' })
  })

  it('leaves nothing when the outbox cannot be written', async () => {
    await seed()
    const room = fullFor(db, 'outbox', 'add')
    await expect(mutate(db, 'accept_shift', claim(), ctx)).rejects.toMatchObject({ code: 'quota' })
    room()
    expect(await db.rows('my_assignment').count()).toBe(0)
    expect(await db.undo.count()).toBe(0)
  })

  it('can be taken back to exactly what was there', async () => {
    await seed()
    await mutate(db, 'accept_shift', claim(), { ...ctx, id: () => 'm1' })
    await mutate(db, 'withdraw', { assignment_id: 'a', reason: 'ill' }, { ...ctx, id: () => 'm2' })
    await mutate(db, 'cancel_shift', { shift_id: 's', reason: null }, { ...ctx, id: () => 'm3' })
    expect(await db.rows('shift').get('s')).toMatchObject({ state: 'cancelled', _pending: 'm3' })
    await writing(db, SYNCED_TABLES, async () => {
      const overlay = new Overlay(db)
      await rewind(db, overlay, await readImages(db))
      await overlay.flush()
    })
    expect(await db.rows('my_assignment').count()).toBe(0)
    expect(await db.rows('shift').get('s')).toEqual(shift())
    expect(await db.undo.count()).toBe(0)
  })

  it('touches only the tables it says, for every intent', () => {
    for (const [name, m] of Object.entries(MUTATORS))
      expect(m.tables.every(t => SYNCED_TABLES.includes(t)), name).toBe(true)
  })
})

describe('doubt', () => {
  it.each([
    ['full', { filled: 1 }],
    ['full', { held: 1 }],
    ['closed', { state: 'cancelled' }],
    ['closed', { ends_at: '2026-11-23T01:00:00Z' }],
    ['not_eligible', { skill: '急救' }],
  ] as const)('%s is told before the answer, and the intent is still kept', async (code, over) => {
    await seed(over)
    await mutate(db, 'accept_shift', claim(), ctx)
    expect((await db.outbox.get(1))?.doubt).toBe(code)
  })

  it('gone: a shift this phone does not know gets no card, but the intent goes out', async () => {
    await mutate(db, 'accept_shift', claim(), ctx)
    expect(await db.rows('my_assignment').count()).toBe(0)
    expect(await db.outbox.get(1)).toMatchObject({ doubt: 'gone', state: 'pending' })
  })

  it('overlap: counts a claim that is itself still waiting; touching shifts are free', async () => {
    await seed()
    await writing(
      db,
      ['shift'],
      async () =>
        void await db.rows('shift').bulkPut([
          shift({ id: 's2', starts_at: '2026-11-23T05:00:00Z', ends_at: '2026-11-23T08:00:00Z' }),
          shift({ id: 's3', starts_at: '2026-11-23T06:00:00Z', ends_at: '2026-11-23T08:00:00Z' }),
        ]),
    )
    await mutate(db, 'accept_shift', claim(), ctx)
    await mutate(db, 'accept_shift', { ...claim(), assignment_id: 'a2', shift_id: 's2' }, { ...ctx, id: () => 'm2' })
    await mutate(db, 'withdraw', { assignment_id: 'a2', reason: 'work' }, { ...ctx, id: () => 'm3' })
    await mutate(db, 'accept_shift', { ...claim(), assignment_id: 'a3', shift_id: 's3' }, { ...ctx, id: () => 'm4' })
    expect((await db.outbox.toArray()).map(o => o.doubt)).toEqual([null, 'overlap', null, null])
  })

  it('full, or wait: shows the waitlist instead of a place', async () => {
    await seed({ filled: 1 })
    await mutate(db, 'accept_shift', claim('waitlist'), ctx)
    expect(await db.rows('my_waitlist').get('w')).toMatchObject({ state: 'waiting', rank: 0, _pending: 'mutation' })
    expect(await db.rows('my_assignment').count()).toBe(0)
  })

  it('a mutator that throws leaves its intent and no rows', async () => {
    await seed()
    vi.spyOn(MUTATORS.withdraw, 'run').mockImplementation(async (tx) => {
      await tx.patch('shift', 's', { state: 'cancelled' })
      throw new TypeError('bug')
    })
    vi.spyOn(MUTATORS.withdraw, 'tables', 'get').mockReturnValue(['shift'])
    await mutate(db, 'withdraw', { assignment_id: 'a', reason: 'work' }, ctx)
    expect(await db.rows('shift').get('s')).toEqual(shift())
    expect(await db.outbox.get(1)).toMatchObject({ doubt: LOCAL_ERROR, state: 'pending' })
    expect(await readDefects()).toMatchObject([{ source: 'mutator', place: 'withdraw', code: 'TypeError' }])
  })

  it('a tap that cannot be kept is in the log of defects, without what it said', async () => {
    const full = fullFor(db, 'outbox', 'add')
    await expect(mutate(db, 'withdraw', { assignment_id: 'a', reason: 'work' }, ctx)).rejects.toMatchObject({
      code: 'quota',
    })
    full()
    expect(await readDefects()).toMatchObject([{
      source: 'mutator',
      place: 'withdraw',
      code: 'DbError quota QuotaExceededError',
    }])
    expect(await db.outbox.count()).toBe(0)
  })
})
