import type { MatrixShift } from '#components/roster/matrix.ts'
import { expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { flatRows } from '#components/roster/matrix.ts'
import { SYNCED_TABLES } from '#db/db.ts'
import { writing } from '#db/write.ts'
import { DAY, dayKey, HOUR, iso } from '#domain/time.ts'
import { seenPeople } from '#queries/seenPeople.ts'
import { fullFor } from '../../../tests/fakes/fullDisk.ts'
import { editor, MONDAY, names, notice, openEditor, pick, shows } from '../../../tests/fakes/rosterEditor.ts'
import '../../../tests/fakes/indexeddb.ts'

const NOTHING_MET = { drop: [], same: 0, covered: 0, left_out: 0, past: 0, thin_nights: 0 }
openEditor()

it('puts a person on the chosen shift, takes them off again by 撤销, and puts them back', async () => {
  await pick('wang')
  await shows([['王建国'], [], []])
  expect([notice.text, editor.app.used.steps.canUndo]).toEqual(['已排入 王建国', true])
  await vi.waitFor(() => expect(editor.app.used.people.found.find(p => p.id === 'wang')!.blocked).not.toBeNull())
  notice.undo!()
  await shows([[], [], []])
  await editor.app.used.run('redo')
  await shows([['王建国'], [], []])
})

it('copies a day onto others and says who found no place', async () => {
  await pick('wang')
  await shows([['王建国'], [], []])
  await editor.app.used.run('copy')
  editor.app.used.week.select({ at: { row: 0, col: 1 }, anchor: { row: 0, col: 2 } })
  expect(editor.app.used.week.chosen.map(s => s.id)).toEqual(['s1', 's2'])
  await editor.app.used.run('paste')
  // one shift is published, so the sheet asks first and names the people who will be told
  await shows([['王建国'], [], []])
  expect([editor.app.used.sheet, editor.app.used.pasting.plan?.live.map(l => [l.name, l.shift.id])]).toEqual([
    'paste', [['王建国', 's2']],
  ])
  expect(await editor.app.used.pasting.pasteNow('')).toBe(true)
  await shows([['王建国'], ['王建国'], ['王建国']])
  expect(editor.app.used.sheet).toBeNull()
})

it('pastes onto drafts at once: nobody is told of them', async () => {
  await pick('wang')
  await shows([['王建国'], [], []])
  await editor.app.used.run('copy')
  editor.app.used.week.select({ at: { row: 0, col: 1 }, anchor: { row: 0, col: 1 } })
  await editor.app.used.run('paste')
  await shows([['王建国'], ['王建国'], []])
})

it('asks before somebody goes on a published shift, and says whom it is (R19)', async () => {
  editor.app.used.week.select({ at: { row: 0, col: 2 }, anchor: { row: 0, col: 2 } })
  expect(await pick('li')).toBe(false)
  expect(editor.app.used.asking?.name).toBe('李素芬')
  expect([await editor.db.outbox.count(), names()]).toEqual([0, [[], [], []]])
  expect(await pick('li', '')).toBe(true)
  await shows([[], [], ['李素芬']])
  expect(editor.app.used.asking).toBeNull()
  expect((await editor.db.outbox.toArray()).map(row => row.args)).toMatchObject([{ override_reason: null }])
})

it('asks before it pastes where somebody would serve twice at once, and pastes the others', async () => {
  await pick('wang')
  await pick('li')
  await vi.waitFor(() => expect(names()[0]).toHaveLength(2))
  await editor.app.used.run('copy')
  await writing(editor.db, ['shift'], async (tables) => {
    const [first, second] = await Promise.all(['s0', 's1'].map(id => tables.rows('shift').get(id)))
    await tables.rows('shift').put({ ...second!, starts_at: first!.starts_at, ends_at: first!.ends_at, post_id: 'p' })
  })
  await vi.waitUntil(() => editor.app.used.week.whole.groups[0]!.rows.length === 2)
  editor.app.used.week.select({ at: { row: 1, col: 0 }, anchor: { row: 1, col: 0 } })
  await editor.app.used.run('paste')
  expect([editor.app.used.sheet, editor.app.used.pasting.plan?.assigns]).toEqual(['paste', []])
  expect(editor.app.used.pasting.plan?.left_out.map(r => [r.name, r.shift && r.why]).sort()).toEqual([
    ['李素芬', expect.stringContaining('重叠')], ['王建国', expect.stringContaining('重叠')],
  ])
})

/** A shift outside the week or inside it, and who has it; hours count from the Monday. */
async function duty(id: string, from: number, to: number, who: string, more: object = {}): Promise<void> {
  const [shift] = await editor.db.rows('shift').where({ id: 's2' }).toArray()
  const span = { starts_at: iso(MONDAY + from * HOUR), ends_at: iso(MONDAY + to * HOUR) }
  const one = { ...shift!, ...span, id, ...more, _v: {} }
  const line = { id: `on ${id}`, community_id: 'c', shift_id: id, responder_id: who, name: who, _v: {} }
  const stays = { state: 'accepted', on_post_at: null, off_post_at: null, by_proxy: [] as never[] } as const
  await writing(editor.db, ['shift', 'assignment', 'draft_assignment'], async (tables) => {
    await tables.rows('shift').put(one)
    if (one.state === 'draft') await tables.rows('draft_assignment').put(line)
    else await tables.rows('assignment').put({ ...line, ...span, ...stays })
  })
}
const against = (id: string): (string | null)[] => {
  const { blocked, soft } = editor.app.used.people.found.find(p => p.id === id)!
  return [blocked, soft]
}

it('offers nobody who still serves a night of the week before; a drill of it counts for nothing', async () => {
  const drill = { id: 'd', kind: 'drill', _v: {} }
  await writing(editor.db, ['callout'], tables => tables.raw('callout').put(drill as never))
  await duty('drill', -3, 8, 'li', { callout_id: 'd' })
  await duty('night', -2, 10, 'wang')
  await vi.waitFor(() => expect(against('wang')[0]).toContain('22:00–次日 10:00'))
  expect(await pick('wang')).toBe(false)
  expect(against('li')).toEqual([null, null])
})

it('knows a draft of the next week that its last night runs into', async () => {
  await duty('sunday', 6 * 24 + 22, 7 * 24 + 6, 'zhou', { state: 'draft', roster_id: 'draft' })
  await duty('next', 7 * 24 + 5, 7 * 24 + 9, 'li', { state: 'draft', roster_id: 'next' })
  const sunday = (): MatrixShift | undefined =>
    flatRows(editor.app.used.week.whole).flatMap(({ row }) => row.cells).find(s => s?.id === 'sunday') ?? undefined
  await vi.waitUntil(sunday)
  await vi.waitFor(() => expect(editor.app.used.people.judge('li', sunday()!, []).blocked).toContain('05:00–09:00'))
})

it('counts the days in a row since a week before', async () => {
  for (let day = -6; day < 0; day++) await duty(`day${day}`, day * 24 + 9, day * 24 + 11, 'wang')
  await vi.waitFor(() => expect(against('wang')).toEqual([null, expect.stringContaining('6 天')]))
})

it('publishes once, however often it is pressed', async () => {
  await Promise.all([editor.app.used.drafts.publish(''), editor.app.used.drafts.publish('')])
  await editor.app.used.drafts.publish('')
  expect((await editor.db.outbox.toArray()).map(row => row.name)).toEqual(['publish_roster'])
})

it('asks before it takes people off who were told', async () => {
  editor.app.used.week.select({ at: { row: 0, col: 2 }, anchor: { row: 0, col: 2 } })
  await pick('li', '')
  await shows([[], [], ['李素芬']])
  await editor.app.used.run('unassign')
  expect([editor.app.used.sheet, editor.app.used.removing.map(r => r.person.name)]).toEqual(['remove', ['李素芬']])
  await editor.app.used.removeNow()
  await shows([[], [], []])
  expect(editor.app.used.sheet).toBeNull()
})

it('announces nothing and undoes nothing when the phone is full', async () => {
  fullFor(editor.db, 'outbox', 'add')
  await pick('wang')
  expect([notice.text, notice.undo]).toEqual(['手机存储已满，这一步没有记下。请清理空间后再点一次。', null])
  await vi.waitFor(() => expect(editor.app.used.steps.canUndo).toBe(false))
  const at = MONDAY + 4 * DAY
  const shifts = [{ post_id: 'p', starts_at: iso(at), ends_at: iso(at + HOUR), capacity: 1 }]
  notice.clear()
  await editor.app.used.drafts.create({ ...NOTHING_MET, shifts })
  expect(notice.text).toBe('手机存储已满，这一步没有记下。请清理空间后再点一次。')
  notice.clear()
  await editor.app.used.drafts.publish('')
  expect(notice.text).toBe('手机存储已满，这一步没有记下。请清理空间后再点一次。')
})

it('publishes the drafts of the week', async () => {
  expect(editor.app.used.drafts.diff.lines.map(l => l.shift.id)).toEqual(['s0', 's1'])
  await editor.app.used.drafts.publish('')
  const queued = (await editor.db.outbox.toArray()).map(row => [row.name, row.args])
  const seen = await seenPeople(editor.db, 'draft')
  expect(queued).toEqual([['publish_roster', { roster_id: 'draft', version: 0, seen }]])
})

it('leaves the draft of the next week to the next week, though its first day is read with this one', async () => {
  const next = MONDAY + 7 * DAY
  const roster = { id: 'next', community_id: 'c', name: '下周', state: 'draft', version: 0 }
  const shift = { id: 's7', community_id: 'c', post_id: 'p', org_unit_id: 'b', roster_id: 'next', callout_id: null }
  await writing(editor.db, SYNCED_TABLES, async (tables) => {
    const days = { starts_on: dayKey(next), ends_on: dayKey(next + 6 * DAY) }
    await tables.raw('roster').put({ ...roster, ...days, _v: {} } as never)
    const span = { starts_at: iso(next + 2 * HOUR), ends_at: iso(next + 8 * HOUR) }
    const state = { state: 'draft', filled: 0, held: 0, to_pick: 0, capacity: 2 }
    await tables.raw('shift').put({ ...shift, ...span, ...state, _v: {} } as never)
  })
  await vi.waitUntil(() => editor.app.used.week.data?.shifts.some(s => s.id === 's7'))
  await nextTick()
  expect(editor.app.used.drafts.diff.lines.map(l => l.shift.id)).toEqual(['s0', 's1'])
})

it('shows one day where the week does not fit, and keeps the selection inside it', async () => {
  editor.app.used.week.select({ at: { row: 0, col: 2 }, anchor: { row: 0, col: 2 } })
  editor.of.oneDay = true
  await nextTick()
  expect([editor.app.used.week.onlyDay, editor.app.used.week.shift?.id]).toEqual([0, 's0'])
  editor.app.used.week.day = 1
  expect([editor.app.used.week.onlyDay, editor.app.used.week.shift?.id]).toEqual([1, 's1'])
  editor.app.used.week.day = 5
  expect([editor.app.used.week.shown.groups, editor.app.used.week.shift]).toEqual([[], null])
})
