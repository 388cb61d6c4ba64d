import type { Assignment } from '#domain/rows.ts'
import type { MatrixFilter } from './matrix.ts'
import { describe, expect, it } from 'vitest'
import { NO_HOLIDAYS } from '#domain/restDays.ts'
import { atShanghai, iso } from '#domain/time.ts'
import { shortCell, signsOf } from './cellSigns.ts'
import { publishDiff } from './diff.ts'
import { keepSame } from './keepSame.ts'
import { filterMatrix, flatRows, gapsByDay } from './matrix.ts'
import { A, B, C, D, draft, on, shift, shiftAt, week } from './testing/week.ts'

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

  it('marks who is away during a shift, and publishing them asks for a reason', () => {
    const [from, to] = [atShanghai('2026-11-24'), atShanghai('2026-11-25')]
    const span = { starts_at: iso(from), ends_at: iso(to) }
    const absence = { id: 'x', responder_id: 'wang', ...span, reason: null, by_name: null, today: false }
    const matrix = week({ assignments: [on('1', A, 'wang')], drafts: [draft('2', C, 'wang')], absences: [absence] })
    const at = (col: number) => shiftAt(matrix, { row: 0, col })?.people.map(p => p.away ?? false)
    expect([at(0), at(1)]).toEqual([[false], [true]])
    expect(publishDiff(matrix).tired.map(one => [one.line.shift.id, one.soft])).toEqual([['C', ['away']]])
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
    const of = { id: 'C', community_id: 'c', org_unit_id: 'b', post_name: '门岗', starts_at: at, ends_at: at }
    const edit = { ...of, what: 'people' as const, by_login: 'u', by_name: '林副书记', at }
    const drafts = ['wang', 'li', 'zhou'].map(who => draft(who, C, who))
    const matrix = week({ drafts, edits: [edit] })
    const cell = shiftAt(matrix, { row: 0, col: 1 })!
    expect(cell).toMatchObject({ over: 1, missing: 0, edited: 'people', edited_by: '林副书记', edited_at: at })
    expect(signsOf(cell).map(sign => [sign.key, sign.n])).toEqual([['over', 1], ['edited', null]])
    expect(shiftAt(matrix, { row: 0, col: 0 })).not.toHaveProperty('edited')
    expect(publishDiff(matrix).over.map(l => l.shift.id)).toEqual(['C'])
  })

  it('marks the shift of a drill, which is no real duty', () => {
    const cells = week({ shifts: [{ ...A, callout_id: 'x' }, B], drills: new Set(['x']) }).groups.flatMap(g => g.rows)
    const marks = cells.flatMap(r => r.cells.flatMap(c => c ? `${c.id} ${c.drill ?? false}` : []))
    expect(marks).toEqual(['A true', 'B false'])
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
