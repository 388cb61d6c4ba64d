import { beforeEach, expect, it } from 'vitest'
import { AppDb, permit } from '#db/db.ts'
import { atShanghai, HOUR, iso } from '#domain/time.ts'
import { calloutLedger } from './calloutLedger.ts'
import '../../tests/fakes/indexeddb.ts'

const OPENED = atShanghai('2026-11-23', '20:00')
const at = (hours: number): string => iso(OPENED + hours * HOUR)
const span = (from: number): object => ({ starts_at: at(from), ends_at: at(from + 3) })
let db: AppDb

async function put(tbl: Parameters<AppDb['raw']>[0], ...rows: object[]): Promise<void> {
  await db.transaction('rw', [tbl], async (tx) => {
    permit(tx)
    for (const row of rows) await db.raw(tbl).put({ community_id: 'c', _v: {}, ...row } as never)
  })
}

beforeEach(async () => {
  db = new AppDb(`k${Math.random()}`)
  const callout = { kind: 'real', mode_id: 'm', opened_at: at(0) }
  await put('callout', { id: 'k', ...callout }, { id: 'other', ...callout })
  await put('shift', { id: 'late', callout_id: 'k', post_id: 'p', ...span(4) })
  await put('shift', { id: 's', callout_id: 'k', post_id: 'p', ...span(1) })
  await put('shift', { id: 'o', callout_id: 'other', post_id: 'p', ...span(1) })
  await put('assignment', { id: 'a2', shift_id: 's', ...span(2) }, { id: 'a3', shift_id: 's', ...span(1) })
  await put('assignment', { id: 'a1', shift_id: 'late', ...span(4) }, { id: 'x', shift_id: 'o', ...span(1) })
  await put('handover', { id: 'a3', to_assignment_id: 'a2' }, { id: 'x', to_assignment_id: null })
  await put('offer_lead', { id: 'second', callout_id: 'k', sent_at: at(1) }, { id: 'y', callout_id: 'other' })
  await put('offer_lead', { id: 'zero', callout_id: 'k', sent_at: at(0) })
  await put('ladder', { id: 'l', callout_id: 'k', slot_starts_at: at(1) }, { id: 'w', callout_id: 'other' })
  const event = { kind: 'disputed', callout_id: 'k' }
  await put('lead_event', { id: 'd2', ...event, at: at(3) }, { id: 'd1', ...event, at: at(2) })
  await put('lead_event', { id: 'e', ...event, kind: 'no_relief' }, { id: 'f', ...event, callout_id: 'other' })
  await put('reinforcement', { id: 'r', ladder_id: 'l', asked_at: at(1) }, { id: 'q', ladder_id: 'w' })
})

it('holds what belongs to the call-out and nothing of another, in the order of time', async () => {
  const found = await calloutLedger(db, 'k')
  const ids = (rows: readonly { id: string }[] | undefined): string => (rows ?? []).map(r => r.id).join(' ')
  expect(ids(found?.shifts)).toBe('s late')
  expect(ids(found?.assignments)).toBe('a3 a2 a1')
  expect(ids(found?.handovers)).toBe('a3')
  expect(ids(found?.offers)).toBe('zero second')
  expect([ids(found?.ladders), ids(found?.reinforcements)]).toEqual(['l', 'r'])
  expect(ids(found?.disputes)).toBe('d1 d2')
  expect(await calloutLedger(db, 'unknown')).toBeNull()
})
