import { expect, it, vi } from 'vitest'
import { writing } from '#db/write.ts'
import { DAY, HOUR, iso } from '#domain/time.ts'
import { editor, MONDAY, notice, openEditor, pick, shows } from '../../../tests/fakes/rosterEditor.ts'
import '../../../tests/fakes/indexeddb.ts'

const NOTHING_MET = { drop: [], same: 0, covered: 0, left_out: 0, past: 0, thin_nights: 0 }
openEditor()

it('undoes and redoes a fill that took the place of drafts, with the people planned on them', async () => {
  await pick('wang')
  await shows([['王建国'], [], []])
  const at = MONDAY + 8 * HOUR
  const shifts = [{ post_id: 'p', starts_at: iso(at), ends_at: iso(at + 8 * HOUR), capacity: 1 }]
  await editor.app.used.drafts.create({ ...NOTHING_MET, shifts, drop: ['s0'] })
  const drafts = async (): Promise<string[]> =>
    (await editor.db.rows('shift').toArray()).filter(s => s.state === 'draft').map(s => s.starts_at).sort()
  const before = [iso(MONDAY + 9 * HOUR), iso(MONDAY + DAY + 9 * HOUR)]
  const after = [iso(at), iso(MONDAY + DAY + 9 * HOUR)]
  expect(await drafts()).toEqual(after)
  expect(await editor.db.rows('draft_assignment').count()).toBe(0)
  await editor.app.used.run('undo')
  expect(await drafts()).toEqual(before)
  await shows([['王建国'], [], []])
  await editor.app.used.run('redo')
  expect([await drafts(), await editor.db.rows('draft_assignment').count()]).toEqual([after, 0])
  // what goes is named with the people who were seen on it
  const sent = (await editor.db.outbox.toArray()).filter(row => row.name === 'draft_shifts')
  const wang = [{ shift_id: 's0', people: ['wang'] }]
  expect(sent.map(row => (row.args as { seen: unknown }).seen)).toEqual([wang, [], wang])
  const doubts = (await editor.db.outbox.toArray()).map(row => row.doubt)
  expect(doubts).toEqual(doubts.map(() => null))
})

it('deletes a draft as a step, which comes back with its people and goes again', async () => {
  await pick('wang')
  await shows([['王建国'], [], []])
  await editor.app.used.drafts.cancel('')
  expect([await editor.db.rows('shift').get('s0'), notice.text]).toEqual([undefined, '已删除这个草稿班次'])
  notice.undo!()
  await shows([['王建国'], [], []])
  expect((await editor.db.rows('shift').get('s0'))?.roster_id).toBe('draft')
  await editor.app.used.run('redo')
  expect(await editor.db.rows('shift').get('s0')).toBeUndefined()
  expect(await editor.db.rows('draft_assignment').count()).toBe(0)
  await editor.app.used.run('undo')
  await editor.app.used.run('undo')
  await shows([[], [], []])
  const sent = (await editor.db.outbox.toArray()).map(row => [row.name, row.doubt])
  expect(sent.filter(([name]) => name === 'cancel_shift')).toEqual([])
  expect(sent.map(([, doubt]) => doubt)).toEqual(sent.map(() => null))
})

it('moves a draft as a step, with its people', async () => {
  await pick('wang')
  await shows([['王建国'], [], []])
  const was = (await editor.db.rows('shift').get('s0'))!.starts_at
  const span = { starts_at: iso(MONDAY + 14 * HOUR), ends_at: iso(MONDAY + 17 * HOUR) }
  expect(await editor.app.used.drafts.move(span, '')).toBe(true)
  const starts = async (): Promise<string> => (await editor.db.rows('shift').get('s0'))!.starts_at
  expect([await starts(), notice.text]).toEqual([span.starts_at, '已改时间'])
  notice.undo!()
  await vi.waitFor(async () => expect(await starts()).toBe(was))
  await editor.app.used.run('redo')
  expect([await starts(), await editor.db.rows('draft_assignment').count()]).toEqual([span.starts_at, 1])
})

it('stops at a published shift that was cancelled or moved, and says so', async () => {
  await pick('wang')
  await shows([['王建国'], [], []])
  editor.app.used.week.select({ at: { row: 0, col: 2 }, anchor: { row: 0, col: 2 } })
  const span = { starts_at: iso(MONDAY + 2 * DAY + 10 * HOUR), ends_at: iso(MONDAY + 2 * DAY + 13 * HOUR) }
  await editor.app.used.drafts.move(span, '')
  expect([notice.text, notice.undo]).toEqual(['已改时间', null])
  await editor.app.used.run('undo')
  expect(notice.text).toBe('上一步改了已发布班次的时间，不能撤销；要改回，请再改一次时间')
  await vi.waitUntil(() => editor.app.used.week.whole.groups[0]!.rows.length === 2)
  editor.app.used.week.select({ at: { row: 1, col: 2 }, anchor: { row: 1, col: 2 } })
  await editor.app.used.drafts.cancel('')
  expect((await editor.db.rows('shift').get('s2'))!.state).toBe('cancelled')
  expect([notice.text, notice.undo]).toEqual(['已取消这一班', null])
  await editor.app.used.run('undo')
  await editor.app.used.run('undo')
  expect(notice.text).toBe('上一步取消了已发布的班次，不能撤销；要恢复，请再建一班')
  expect(await editor.db.rows('draft_assignment').count()).toBe(1)
})

it('takes a copied week back in one step', async () => {
  const shift = (await editor.db.rows('shift').get('s2'))!
  const last = { ...shift, id: 'old', starts_at: iso(MONDAY - 6 * DAY), ends_at: iso(MONDAY - 6 * DAY + HOUR), _v: {} }
  const { starts_at, ends_at } = last
  const line = { id: 'turn', shift_id: 'old', responder_id: 'li', community_id: 'c', name: '李素芬', starts_at, ends_at }
  const served = { state: 'done', on_post_at: null, off_post_at: null, by_proxy: [] as never[] } as const
  await writing(editor.db, ['shift', 'assignment'], async (tables) => {
    await tables.rows('shift').put(last)
    await tables.rows('assignment').put({ ...line, ...served, _v: {} })
  })
  editor.app.used.sheet = 'copy'
  await vi.waitUntil(() => editor.app.used.drafts.copied.shifts.length === 1)
  await editor.app.used.drafts.copyIn(true)
  expect(await editor.db.rows('draft_assignment').toArray()).toMatchObject([{ responder_id: 'li' }])
  await editor.app.used.run('undo')
  expect([await editor.db.rows('draft_assignment').count(), await editor.db.rows('shift').count()]).toEqual([0, 4])
  expect((await editor.db.outbox.toArray()).map(row => row.name)).toEqual(['draft_shifts', 'assign', 'draft_shifts'])
})
