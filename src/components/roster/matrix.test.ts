import type { Assignment, DraftAssignment, Post, Shift } from '#domain/rows.ts'
import type { PasteInput } from './clipboard.ts'
import type { MatrixFilter } from './matrix.ts'
import { describe, expect, it } from 'vitest'
import { NO_HOLIDAYS } from '#domain/restDays.ts'
import { overlaps } from '#domain/span.ts'
import { atShanghai, iso, ms } from '#domain/time.ts'
import { buildMatrix } from './buildMatrix.ts'
import { shortCell, signsOf } from './cellSigns.ts'
import { copyCells, planPaste } from './clipboard.ts'
import { publishDiff } from './diff.ts'
import { findPeople } from './findPeople.ts'
import { gridKey } from './gridKeys.ts'
import { keepSame } from './keepSame.ts'
import { filterMatrix, flatRows, gapsByDay, selectedShifts, shiftAt } from './matrix.ts'
import { nearOf, slicesOf, stepTo } from './slices.ts'

const post = (id: string): Post => ({
  id,
  community_id: 'c',
  org_unit_id: `u-${id}`,
  name: '单元门岗',
  kind: 'unit_door',
  setting: 'outdoor',
  task: null,
  kit: null,
  contact: null,
  night_minimum: 2,
  waitlist_choice: 'auto',
  ended: false,
})
const shift = (
  id: string,
  post_id: string,
  day: string,
  from: string,
  hours: number,
  more: Partial<Shift> = {},
): Shift => {
  const start = atShanghai(day, from)
  return {
    id,
    community_id: 'c',
    post_id,
    org_unit_id: `u-${post_id}`,
    roster_id: 'r',
    callout_id: null,
    starts_at: iso(start),
    ends_at: iso(start + hours * 3_600_000),
    capacity: 2,
    filled: 0,
    held: 0,
    to_pick: 0,
    state: 'open',
    ...more,
  }
}
const on = (id: string, s: Shift, who: string, more: Partial<Assignment> = {}): Assignment => ({
  id,
  shift_id: s.id,
  responder_id: who,
  community_id: 'c',
  name: who,
  starts_at: s.starts_at,
  ends_at: s.ends_at,
  state: 'accepted',
  on_post_at: null,
  off_post_at: null,
  by_proxy: [],
  ...more,
})
const draft = (id: string, s: Shift, who: string): DraftAssignment => ({
  id,
  community_id: 'c',
  shift_id: s.id,
  responder_id: who,
  name: who,
})

const starts = atShanghai('2026-11-23')
const A = shift('A', 'p', '2026-11-23', '08:00', 6)
const B = shift('B', 'p', '2026-11-23', '20:00', 6)
const C = shift('C', 'p', '2026-11-24', '08:00', 6, { state: 'draft' })
const D = shift('D', 'q', '2026-11-24', '09:00', 6, { state: 'draft' })
const week = (over: Partial<Parameters<typeof buildMatrix>[0]> = {}) =>
  buildMatrix({
    starts,
    days: 7,
    posts: [post('p'), post('q')],
    shifts: [A, B, C, D],
    assignments: [],
    drafts: [],
    absences: [],
    availability: new Map(),
    drills: new Set(),
    placeName: id => id,
    personName: name => name,
    ...over,
  })

describe('week matrix', () => {
  it('puts equal spans of a post in one row, days in columns, nights across midnight on their start day', () => {
    const matrix = week()
    expect(matrix.groups.map(g => [g.post_id, g.rows.map(r => `${r.starts}-${r.ends}${r.next_day ? '+' : ''}`)]))
      .toEqual([['p', ['08:00-14:00', '20:00-02:00+']], ['q', ['09:00-15:00']]])
    expect(shiftAt(matrix, { row: 0, col: 0 })?.id).toBe('A')
    expect(shiftAt(matrix, { row: 0, col: 1 })?.id).toBe('C')
    expect(shiftAt(matrix, { row: 1, col: 1 })).toBeNull()
  })

  it('leaves out cancelled shifts, other weeks and people who left; places kept for the waitlist are taken', () => {
    const held = { ...A, held: 1 }
    const matrix = week({
      shifts: [held, { ...B, state: 'cancelled' }, shift('X', 'p', '2026-11-30', '08:00', 6)],
      assignments: [on('1', A, 'wang', { state: 'withdrawn' })],
    })
    expect(flatRows(matrix)).toHaveLength(1)
    expect(shiftAt(matrix, { row: 0, col: 0 })).toMatchObject({ people: [], missing: 1 })
  })

  it('gives two shifts of the same post and span on the same day a row each', () => {
    expect(week({ shifts: [A, { ...A, id: 'A2', roster_id: null, callout_id: 'k' }] }).groups[0]?.rows).toHaveLength(2)
  })

  it('marks a double booking on both sides and a rest under 11 hours on the later one', () => {
    const matrix = week({
      assignments: [on('1', B, 'wang')],
      drafts: [draft('2', C, 'wang'), draft('3', C, 'li'), draft('4', D, 'li')],
    })
    expect(shiftAt(matrix, { row: 0, col: 1 })?.people).toMatchObject([
      { name: 'wang', rest: 6, clash: false, draft: true },
      { name: 'li', clash: true },
    ])
    expect(shiftAt(matrix, { row: 2, col: 1 })?.people[0]?.clash).toBe(true)
    expect(shiftAt(matrix, { row: 1, col: 0 })?.people[0]).toMatchObject({ rest: null, clash: false })
  })

  it('marks who is away during a shift, and publishing counts such shifts', () => {
    const [from, to] = [atShanghai('2026-11-24'), atShanghai('2026-11-25')]
    const span = { starts_at: iso(from), ends_at: iso(to) }
    const absence = { id: 'x', responder_id: 'wang', ...span, reason: null, by_name: null, today: false }
    const matrix = week({ assignments: [on('1', A, 'wang')], drafts: [draft('2', C, 'wang')], absences: [absence] })
    const at = (col: number) => shiftAt(matrix, { row: 0, col })?.people.map(p => p.away ?? false)
    expect([at(0), at(1)]).toEqual([[false], [true]])
    expect(publishDiff(matrix).away.map(l => l.shift.id)).toEqual(['C'])
  })

  it('marks places in doubt and those to be picked for, and counts both among the gaps', () => {
    const full = { ...A, capacity: 1 }
    const people = { assignments: [on('1', full, 'wang', { state: 'assigned' })] }
    const quiet = week({ shifts: [full], ...people })
    const doubt = week({ shifts: [full], ...people, doubts: new Set(['1']) })
    const pick = week({ shifts: [{ ...full, held: 1, to_pick: 1 }] })
    const first = (m: typeof quiet) => signsOf(shiftAt(m, { row: 0, col: 0 })!).map(s => [s.key, s.n])
    expect([quiet, doubt, pick].map(first)).toEqual([[], [['doubt', 1]], [['pick', 1]]])
    const gaps = (m: typeof quiet) => flatRows(filterMatrix(m, { post: '', person: '', gaps: true })).length
    expect([quiet, doubt, pick].map(gaps)).toEqual([0, 1, 1])
    expect(keepSame(quiet, doubt).groups[0]!.rows[0]!.cells[0]!.people[0]).toHaveProperty('doubt', true)
  })

  it('marks who did not say yes to a shift outside their hours, and publishing asks for a reason', () => {
    const availability = new Map([['wang', { fits: [], ready_until: null, table: NO_HOLIDAYS }]])
    const asked = on('3', B, 'wang', { state: 'assigned' })
    const matrix = week({ assignments: [on('1', A, 'wang'), asked], drafts: [draft('2', C, 'wang')], availability })
    const at = (row: number, col: number) => shiftAt(matrix, { row, col })?.people.map(p => p.off_hours ?? false)
    expect([at(0, 0), at(1, 0), at(0, 1)]).toEqual([[false], [true], [true]])
    expect(publishDiff(matrix).tired.map(one => [one.line.shift.id, one.soft.at(-1)])).toEqual([['C', 'off_hours']])
  })

  it('marks what another coordinator did, and more people than places, which publishing names', () => {
    const at = iso(atShanghai('2026-11-20', '14:02'))
    const edit = { id: 'C', community_id: 'c', what: 'people' as const, by_login: 'u', by_name: '林副书记', at }
    const drafts = ['wang', 'li', 'zhou'].map(who => draft(who, C, who))
    const matrix = week({ drafts, edits: [edit] })
    const cell = shiftAt(matrix, { row: 0, col: 1 })!
    expect(cell).toMatchObject({ over: 1, missing: 0, edited: 'people', edited_by: '林副书记', edited_at: at })
    expect(signsOf(cell).map(sign => [sign.key, sign.n])).toEqual([['over', 1], ['edited', null]])
    expect(shiftAt(matrix, { row: 0, col: 0 })).not.toHaveProperty('edited')
    expect(publishDiff(matrix).over.map(l => l.shift.id)).toEqual(['C'])
  })

  it('counts a place once where it was handed over in mid-shift, and sees no clash between the two spans', () => {
    const split = iso(atShanghai('2026-11-23', '11:00'))
    const before = shift('E', 'q', '2026-11-23', '07:00', 3)
    const people = [
      on('1', A, 'wang', { state: 'relieved', ends_at: split }),
      on('2', A, 'li', { state: 'on_post', starts_at: split }),
      on('3', before, 'li', { state: 'done' }),
    ]
    const cell = shiftAt(week({ shifts: [A, before], assignments: people }), { row: 0, col: 0 })
    expect(cell).toMatchObject({ missing: 1, people: [{ name: 'wang', replaced: true }, { name: 'li', clash: false }] })
    expect(shiftAt(week({ shifts: [A], assignments: [on('1', A, 'wang', { state: 'relieved' })] }), { row: 0, col: 0 }))
      .toMatchObject({ missing: 1 })
  })

  it('tells each person once, counts empty places and names conflicts when publishing', () => {
    const diff = publishDiff(week({ drafts: [draft('1', C, 'wang'), draft('2', D, 'li'), draft('3', C, 'li')] }))
    expect(diff).toMatchObject({ told: 2, vacancies: 1, roster_ids: ['r'] })
    expect(diff.lines.map(l => l.shift.id)).toEqual(['C', 'D'])
    expect(diff.conflicts.map(l => l.shift.id)).toEqual(['C', 'D'])
  })
})

describe('month matrix', () => {
  it('has a column for every day of the month, and each shift in the column of its day', () => {
    const last = shift('Z', 'p', '2028-02-29', '20:00', 6)
    const early = shift('Y', 'p', '2028-02-01', '08:00', 6)
    const next = shift('X', 'p', '2028-03-01', '08:00', 6)
    const matrix = week({ starts: atShanghai('2028-02-01'), days: 29, shifts: [last, early, next] })
    expect([matrix.days.length, matrix.days.at(-1)]).toEqual([29, '2028-02-29'])
    const cells = matrix.groups[0]!.rows.map(r => r.cells.map((c, i) => c && `${c.id}${i}`).filter(Boolean))
    expect(cells).toEqual([['Y0'], ['Z28']])
    expect(gapsByDay(matrix)).toEqual([2, ...Array.from({ length: 27 }).fill(0), 2])
  })

  it('keeps the rows and cells that did not change, and makes those that did', () => {
    const was = week({ assignments: [on('1', A, 'wang')] })
    expect(keepSame(was, week({ assignments: [on('1', A, 'wang')] })).groups).toEqual(was.groups)
    const now = keepSame(was, week({ assignments: [on('1', A, 'wang'), on('2', B, 'li')] }))
    const rows = (m: typeof was) => flatRows(m).map(({ row }) => row)
    expect(rows(now).map((row, i) => row === rows(was)[i])).toEqual([true, false, true])
    expect(shiftAt(now, { row: 1, col: 0 })?.people.map(p => p.name)).toEqual(['li'])
    expect(keepSame(was, week({ assignments: [] })).groups[0]!.rows[0]!.cells[0]!.people).toEqual([])
  })

  it('is narrowed to a post, to the shifts of a person, or to gaps', () => {
    const all = week({ assignments: [on('1', A, 'wang'), on('2', A, 'li'), on('3', B, 'wang')] })
    const rows = (filter: Partial<MatrixFilter>) =>
      flatRows(filterMatrix(all, { post: '', person: '', gaps: false, ...filter })).map(({ row }) => row.key)
    expect(rows({})).toEqual(['08:00-14:00-0', '20:00-02:00-0', '09:00-15:00-0'])
    expect(rows({ post: 'q' })).toEqual(['09:00-15:00-0'])
    expect(rows({ person: 'li' })).toEqual(['08:00-14:00-0'])
    expect(rows({ post: 'p', gaps: true, person: 'wang' })).toEqual(['20:00-02:00-0'])
    expect(rows({ post: 'q', person: 'wang' })).toEqual([])
  })

  it('has the posts near the eye on the page, and the one with the focus, and keeps the room of the others', () => {
    const sizes = [4, 4, 4, 4, 4, 4]
    expect(nearOf(sizes, 9, 12)).toEqual({ from: 1, to: 3 })
    expect(slicesOf(sizes, { from: 1, to: 2 }, 5)).toEqual([
      { key: 'r0', room: 4 }, { key: 'i1', item: 1 }, { key: 'i2', item: 2 }, { key: 'r3', room: 8 },
      { key: 'i5', item: 5 },
    ])
  })

  it('comes to a far place in steps of a post or two, and sheds what is far at once', () => {
    expect(stepTo({ from: 0, to: 4 }, { from: 2, to: 6 }, 1)).toEqual({ from: 2, to: 5 })
    expect(stepTo({ from: 2, to: 5 }, { from: 2, to: 6 }, 1)).toEqual({ from: 2, to: 6 })
    expect(stepTo({ from: 0, to: 3 }, { from: 8, to: 11 }, 1)).toEqual({ from: 8, to: 9 })
    expect(stepTo({ from: 8, to: 11 }, { from: 0, to: 3 }, 4)).toEqual({ from: 0, to: 3 })
  })

  it('shortens a cell to two lines, but never hides a gap or a clash', () => {
    const crowd = ['wang', 'li', 'zhou'].map((who, i) => on(String(i), A, who))
    const cell = (rows: Assignment[], capacity: number) =>
      shortCell(shiftAt(week({ shifts: [{ ...A, capacity }], assignments: rows }), { row: 0, col: 0 })!)
    expect(cell(crowd, 3)).toEqual({ names: ['wang'], more: 2, signs: [] })
    expect(cell(crowd.slice(0, 2), 2)).toEqual({ names: ['wang', 'li'], more: 0, signs: [] })
    expect(cell(crowd.slice(0, 2), 4)).toMatchObject({ names: ['wang'], more: 1, signs: [{ key: 'missing', n: 2 }] })
    expect(cell([], 1)).toMatchObject({ names: [], signs: [{ key: 'missing', n: 1 }] })
  })
})

describe('keys of the grid', () => {
  const size = { rows: 3, cols: 7 }
  const at = (row: number, col: number) => ({ at: { row, col }, anchor: { row, col } })
  const key = (k: string, mods: { ctrl?: boolean, shift?: boolean } = {}) => ({
    key: k,
    ctrl: mods.ctrl ?? false,
    shift: mods.shift ?? false,
  })
  it('moves inside the grid and never out of it', () => {
    expect(gridKey(at(0, 0), key('ArrowUp'), size)).toEqual({ selection: at(0, 0) })
    expect(gridKey(at(1, 6), key('ArrowRight'), size)).toEqual({ selection: at(1, 6) })
    expect(gridKey(at(1, 3), key('End', { ctrl: true }), size)).toEqual({ selection: at(2, 6) })
  })
  it('keeps the other corner while Shift is held', () => {
    expect(gridKey(at(1, 1), key('ArrowDown', { shift: true }), size)).toEqual({
      selection: { at: { row: 2, col: 1 }, anchor: { row: 1, col: 1 } },
    })
  })
  it('turns keys into intents and leaves foreign keys alone', () => {
    expect(gridKey(at(0, 0), key('Enter'), size)).toEqual({ intent: 'assign' })
    expect(gridKey(at(0, 0), key('C', { ctrl: true }), size)).toEqual({ intent: 'copy' })
    expect(gridKey(at(0, 0), key('c'), size)).toBeNull()
    expect(gridKey(at(0, 0), key('Tab'), size)).toBeNull()
  })
})

describe('copy and paste', () => {
  const matrix = week({ assignments: [on('1', A, 'wang'), on('2', A, 'li'), on('3', B, 'wang')] })
  const copy = (row: number, col: number) =>
    copyCells(selectedShifts(matrix, { at: { row, col }, anchor: { row, col } }))
  const ONE = { at: { row: 0, col: 0 }, range: { rows: 1, cols: 1 } }
  const free = { blocked: null, soft: null, needs_reason: false }
  const judge: PasteInput['judge'] = (id, shift, pasted) => {
    if (shift.people.some(p => p.responder_id === id)) return { ...free, blocked: '已在这一班' }
    if (pasted.some(s => overlaps(s, shift))) return { ...free, blocked: '重叠' }
    if (shift.missing <= 0) return { ...free, blocked: '已排满' }
    return id === 'tired' ? { ...free, soft: '休息不足', needs_reason: true } : free
  }
  const paste = (over: Partial<PasteInput>) =>
    planPaste({ ...ONE, clipboard: [], matrix, mode: 'gaps', judge, ...over })
  it('fills free places, keeps who is there, and says why it left somebody out', () => {
    const plan = paste({ clipboard: copy(0, 0), at: { row: 1, col: 0 } })
    expect(plan.assigns).toEqual([{ shift_id: 'B', responder_id: 'li', name: 'li' }])
    expect(plan.left_out).toMatchObject([{ name: 'wang', why: '已在这一班' }])
    const none = paste({ clipboard: copy(0, 0), at: { row: 1, col: 1 } })
    expect(none.left_out).toEqual([{ name: 'wang', shift: null }, { name: 'li', shift: null }])
  })
  it('repeats one copied cell over the selected range, and counts what it has pasted before', () => {
    const plan = paste({ clipboard: copy(1, 0), at: { row: 0, col: 1 }, range: { rows: 3, cols: 1 } })
    expect(plan.assigns.map(a => a.shift_id)).toEqual(['C'])
    expect(plan.left_out.map(r => r.shift?.id)).toEqual([undefined, 'D'])
  })
  it('warns, and asks for a reason where somebody tired would get a published shift', () => {
    const clipboard = [[[{ responder_id: 'tired', name: '周' }]]]
    const plan = paste({ clipboard, at: { row: 1, col: 0 } })
    expect([plan.warned.map(r => r.name), plan.covered]).toEqual([['周'], 1])
    expect(plan.needs_reason).toBe(matrix.groups[0]!.rows[1]!.cells[0]!.state !== 'draft')
  })
  it('leaves cells with somebody alone, or makes room on drafts only, as asked', () => {
    const drafts = week({ shifts: [{ ...A, state: 'draft', capacity: 1 }, B], drafts: [draft('d', A, 'zhou')] })
    const clipboard = [[[{ responder_id: 'li', name: 'li' }]]]
    expect(paste({ matrix: drafts, clipboard, mode: 'skip' })).toMatchObject({ covered: 1, assigns: [], left_out: [] })
    expect(paste({ matrix: drafts, clipboard })).toMatchObject({ assigns: [], left_out: [{ why: '已排满' }] })
    expect(paste({ matrix: drafts, clipboard, mode: 'replace' })).toMatchObject({
      removes: [{ shift_id: 'A', responder_id: 'zhou' }], assigns: [{ shift_id: 'A', responder_id: 'li' }],
    })
  })
  it('marks the shift of a drill, which is no real duty', () => {
    const cells = week({ shifts: [{ ...A, callout_id: 'x' }, B], drills: new Set(['x']) }).groups.flatMap(g => g.rows)
    const marks = cells.flatMap(r => r.cells.flatMap(c => c ? `${c.id} ${c.drill ?? false}` : []))
    expect(marks).toEqual(['A true', 'B false'])
  })
  it('copies who was planned, not who stood in', () => {
    const at = iso(ms(A.starts_at) + 60 * 60_000)
    const split = week({ assignments: [
      { ...on('1', A, 'wang'), state: 'relieved', ends_at: at }, { ...on('2', A, 'li'), starts_at: at },
    ] })
    const range = { at: { row: 0, col: 0 }, anchor: { row: 0, col: 0 } }
    expect(copyCells(selectedShifts(split, range)).flat(2).map(p => p.responder_id)).toEqual(['wang'])
  })
})

describe('finding people', () => {
  const person = (name: string, pinyin: string, initials: string, tail: string, ...skills: string[]) =>
    ({ name, pinyin, initials, tail, skills })
  const all = [
    person('汪吉桂', 'wang ji gui', 'wjg', '7715'),
    person('王建国', 'wang jian guo', 'wjg', '5678'),
    person('李素芬', 'li su fen', 'lsf', '0931', '医护', '英语 B2'),
  ]
  it.each([
    ['王', ['王建国']],
    ['wjg', ['汪吉桂', '王建国']],
    ['WangJian', ['王建国']],
    ['su', ['李素芬']],
    ['5678', ['王建国']],
    ['５６７８', ['王建国']],
    ['医', ['李素芬']],
    ['b2', ['李素芬']],
    ['zz', []],
    ['', ['汪吉桂', '王建国', '李素芬']],
  ])('%s', (query, names) => {
    expect(findPeople(all, query).map(p => p.name)).toEqual(names)
  })
})
