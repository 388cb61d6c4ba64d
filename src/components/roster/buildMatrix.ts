import type { Hours } from '#domain/availability.ts'
import type { Absence } from '#domain/personTimes.ts'
import type { Assignment, DraftAssignment, Post, Shift, ShiftEdit } from '#domain/rows.ts'
import type { Matrix, MatrixGroup, MatrixPerson, MatrixRow, MatrixShift } from './matrix.ts'
import { absencesByPerson, awayDuring } from '#domain/absence.ts'
import { isGone } from '#domain/assignment.ts'
import { isOffHours } from '#domain/availability.ts'
import { isNight } from '#domain/pattern.ts'
import { DAY, dayKey, daysBetween, hhmm, HOUR, ms } from '#domain/time.ts'
import { dutyMarks } from './dutyMarks.ts'

/** A row with this phone's own unconfirmed change on it. */
type Local<T> = T & { _pending?: string }
export interface MatrixRows {
  /** ms of the first day's 00:00 in Asia/Shanghai */
  starts: number
  /** how many days are drawn: those of a week, or of a month */
  days: number
  posts: readonly Post[]
  /** shifts of these days and of one before and after them, so that clashes across the edges show */
  shifts: readonly Local<Shift>[]
  assignments: readonly Local<Assignment>[]
  drafts: readonly Local<DraftAssignment>[]
  /** ids of the assignments that are in doubt (存疑) */
  doubts?: ReadonlySet<string>
  /** when people are away, as far as this phone may know */
  absences: readonly Absence[]
  /** when people can serve, by person, as far as this phone may know */
  availability: ReadonlyMap<string, Hours>
  /** what others did to shifts that is to be marked */
  edits?: readonly ShiftEdit[]
  /** ids of the call-outs that are drills */
  drills: ReadonlySet<string | null>
  placeName: (org_unit_id: string) => string
  /** a kept name in the language of the screen */
  personName: (name: string) => string
}

/** Some days as they are drawn: posts in the given order, their spans as rows, days as columns. */
export function buildMatrix(rows: MatrixRows): Matrix {
  const days = Array.from({ length: rows.days }, (_, i) => dayKey(rows.starts + i * DAY))
  const people = peopleByShift(rows)
  const edits = new Map((rows.edits ?? []).map(e => [e.id, e]))
  const byPost = new Map<string, Local<Shift>[]>()
  for (const shift of rows.shifts) {
    const at = ms(shift.starts_at)
    if (shift.state === 'cancelled' || shift.state === 'stood_down') continue
    if (at < rows.starts || at >= rows.starts + rows.days * DAY) continue
    const there = byPost.get(shift.post_id)
    if (there) there.push(shift)
    else byPost.set(shift.post_id, [shift])
  }
  const groups = rows.posts.flatMap((post) => {
    const shifts = byPost.get(post.id)
    return shifts ? [buildGroup(post, shifts, { people, edits }, rows)] : []
  })
  return { days, groups }
}

function buildGroup(
  post: Post,
  shifts: Local<Shift>[],
  { people, edits }: { people: Map<string, MatrixPerson[]>, edits: Map<string, ShiftEdit> },
  rows: MatrixRows,
): MatrixGroup {
  const lines = new Map<string, MatrixRow>()
  for (const shift of [...shifts].sort((a, b) => ms(a.starts_at) - ms(b.starts_at) || (a.id < b.id ? -1 : 1))) {
    const col = daysBetween(rows.starts, shift.starts_at)
    const row = freeRow(lines, shift, { col, days: rows.days })
    row.cells[col] = toCell(shift, people.get(shift.id) ?? [], rows.drills.has(shift.callout_id), edits.get(shift.id))
  }
  const capacities = new Set(shifts.map(s => s.capacity))
  return {
    post_id: post.id,
    org_unit_id: post.org_unit_id,
    place: rows.placeName(post.org_unit_id),
    post_name: post.name,
    kind: post.kind,
    capacity: capacities.size === 1 ? shifts[0]?.capacity ?? null : null,
    rows: [...lines.values()].sort((a, b) => a.key < b.key ? -1 : 1),
  }
}

/** Two shifts of one span on one day (a roster and a call-out) stand in two rows. */
function freeRow(lines: Map<string, MatrixRow>, shift: Shift, { col, days }: { col: number, days: number }): MatrixRow {
  const starts = hhmm(shift.starts_at)
  const ends = hhmm(shift.ends_at)
  for (let n = 0; ; n++) {
    const key = `${starts}-${ends}-${n}`
    const row = lines.get(key)
    if (row && !row.cells[col]) return row
    if (row) continue
    const fresh: MatrixRow = {
      key,
      starts,
      ends: ends === '00:00' ? '24:00' : ends,
      next_day: ends !== '00:00' && daysBetween(shift.starts_at, shift.ends_at) > 0,
      cells: Array.from<MatrixShift | null>({ length: days }).fill(null),
    }
    lines.set(key, fresh)
    return fresh
  }
}

function toCell(shift: Local<Shift>, people: MatrixPerson[], drill: boolean, edit?: ShiftEdit): MatrixShift {
  const stay = people.filter(p => !p.replaced).length
  const { id, starts_at, ends_at, capacity, state, roster_id, callout_id } = shift
  return {
    id,
    starts_at,
    ends_at,
    capacity,
    state,
    roster_id,
    callout_id,
    ...typeof shift.skill === 'string' && { skill: shift.skill },
    ...drill && { drill },
    ...edit && (edit.what === 'people' || edit.what === 'time')
    && { edited: edit.what, edited_by: edit.by_name, edited_at: edit.at },
    ...stay > capacity && { over: stay - capacity },
    ...shift.to_pick > 0 && { to_pick: shift.to_pick },
    people,
    night: isNight(shift),
    pending: shift._pending !== undefined,
    missing: Math.max(0, capacity - stay - shift.held),
  }
}

function peopleByShift(rows: MatrixRows): Map<string, MatrixPerson[]> {
  const spans = new Map(rows.shifts.map(s => [s.id, s]))
  const entries = [
    ...rows.assignments.filter(a => !isGone(a.state)).map(a => ({ row: a, state: a.state, draft: false })),
    ...rows.drafts.map(d => ({ row: d, state: null, draft: true })),
  ].flatMap(e => spans.has(e.row.shift_id) ? [e] : [])
  const marks = dutyMarks(
    entries.map(({ row }) => ({
      id: row.id,
      responder_id: row.responder_id,
      span: 'starts_at' in row ? row : spans.get(row.shift_id)!,
    })),
    11 * HOUR,
  )
  const away = absencesByPerson(rows.absences)
  const out = new Map<string, MatrixPerson[]>()
  for (const { row, state, draft } of entries) {
    const [mark, span] = [marks.get(row.id), spans.get(row.shift_id)!]
    const person: MatrixPerson = {
      id: row.id,
      responder_id: row.responder_id,
      name: rows.personName(row.name),
      draft,
      state,
      pending: row._pending !== undefined,
      clash: mark?.clash ?? false,
      rest: mark?.rest ?? null,
      ...rows.doubts?.has(row.id) && { doubt: true },
      ...awayDuring(away.get(row.responder_id) ?? [], span) && { away: true },
      ...'by_proxy' in row && row.by_proxy.length > 0 && { by_proxy: true },
      ...(state === null || state === 'assigned')
      && isOffHours(rows.availability.get(row.responder_id), span, span.starts_at) && { off_hours: true },
      ...isReplaced(row, span) && { replaced: true },
      ...standsIn(row, span) && { stands_in: true },
    }
    const there = out.get(row.shift_id)
    if (there) there.push(person)
    else out.set(row.shift_id, [person])
  }
  return out
}

/** A record that ends before its shift does was split there. */
function isReplaced(row: Assignment | DraftAssignment, shift: Shift): boolean {
  return 'ends_at' in row && row.state === 'relieved' && ms(row.ends_at) < ms(shift.ends_at)
}

/** A record that begins after its shift did was split off there. */
function standsIn(row: Assignment | DraftAssignment, shift: Shift): boolean {
  return 'starts_at' in row && ms(row.starts_at) > ms(shift.starts_at)
}
