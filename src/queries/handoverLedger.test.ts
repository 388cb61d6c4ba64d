import { beforeEach, expect, it } from 'vitest'
import { AppDb, permit } from '#db/db.ts'
import { atShanghai, HOUR, iso } from '#domain/time.ts'
import { handoverLedger } from './handoverLedger.ts'
import '../../tests/fakes/indexeddb.ts'

const DAY = '2026-11-23'
const SPAN = { starts_at: iso(atShanghai(DAY, '20:00')), ends_at: iso(atShanghai(DAY, '20:00') + 3 * HOUR) }
const LATER = { starts_at: SPAN.ends_at, ends_at: iso(atShanghai(DAY, '20:00') + 6 * HOUR) }
let db: AppDb

async function put(tbl: Parameters<AppDb['raw']>[0], ...rows: object[]): Promise<void> {
  await db.transaction('rw', [tbl], async (tx) => {
    permit(tx)
    for (const row of rows) await db.raw(tbl).put({ community_id: 'c', _v: {}, ...row } as never)
  })
}
const turn = (id: string, shift_id: string, more: object = {}): object => ({
  id, shift_id, responder_id: `${id}-person`, name: id, state: 'relieved', by_proxy: [], on_post_at: SPAN.starts_at,
  off_post_at: SPAN.ends_at, ...shift_id === 'next' ? LATER : SPAN, ...more,
})

beforeEach(async () => {
  db = new AppDb(`l${Math.random()}`)
  await put('post', { id: 'p', name: '门岗' }, { id: 'q', name: '大门' })
  await put('shift', { id: 's', post_id: 'p', ...SPAN }, { id: 'next', post_id: 'p', ...LATER })
  await put('shift', { id: 'gate', post_id: 'q', ...SPAN })
  await put('assignment', turn('both', 's'), turn('to', 'next', { off_post_at: null, state: 'on_post' }))
  await put('assignment', turn('silent', 'gate'), turn('alone', 'gate'), turn('stays', 'gate', { off_post_at: null }))
  await put('assignment', turn('never', 'gate', { on_post_at: null, off_post_at: null }))
  await put('assignment', turn('forced', 's'), turn('given', 's'), turn('late', 'gate', { off_post_at: null }))
  await put('handover', { id: 'both', to_assignment_id: 'to', given_at: 'x', taken_at: 'y' })
  await put('handover', { id: 'forced', forced_at: 'x', forced_by_name: '周' }, { id: 'given', given_at: 'x' })
  await put(
    'lead_event',
    { id: 'e', kind: 'no_relief', shift_id: 'gate', responder_id: 'alone-person', at: SPAN.ends_at },
    { id: 'f', kind: 'disputed', shift_id: 'gate', responder_id: 'late-person', at: SPAN.starts_at },
  )
})
const said = async (first: string, last: string, post: string | null): Promise<string[]> =>
  (await handoverLedger(db, 'c', first, last, post)).lines.map(l =>
    `${l.leaving.id}→${l.arriving?.id ?? ''} ${l.post_name} ${l.state} ${l.disputed.length}`).sort()

it('has a line for each turn that was begun, left, handed over or disputed, with how it stands', async () => {
  expect(await said(DAY, DAY, null)).toEqual([
    'alone→ 大门 no_relief 0', 'both→to 门岗 both 0', 'forced→ 门岗 forced 0', 'given→ 门岗 given 0',
    'late→ 大门 ahead 1', 'silent→ 大门 silent 0', 'stays→ 大门 ahead 0', 'to→ 门岗 ahead 0',
  ])
})

it('keeps to its days, one post and the community', async () => {
  expect(await said(DAY, DAY, 'q')).toEqual([
    'alone→ 大门 no_relief 0', 'late→ 大门 ahead 1', 'silent→ 大门 silent 0', 'stays→ 大门 ahead 0',
  ])
  expect(await said('2026-11-24', '2026-11-30', null)).toEqual([])
  expect((await handoverLedger(db, 'other', DAY, DAY, null)).lines).toEqual([])
})
