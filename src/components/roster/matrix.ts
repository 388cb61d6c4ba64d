import type { AssignmentState, PostKind, ShiftState } from '#domain/words.ts'

/**
 * One name in a cell. `draft`: in a draft roster, binds nobody. `pending`: this phone's own change, not yet confirmed.
 */
export interface MatrixPerson {
  /** id of the assignment or the draft assignment */
  id: string
  responder_id: string
  name: string
  draft: boolean
  state: AssignmentState | null
  pending: boolean
  /** already serves in an overlapping span elsewhere: blocks publishing */
  clash: boolean
  /** handed over in mid-shift (R22): somebody else holds the place since */
  replaced?: true
  /** took over in mid-shift (R22): they were not planned */
  stands_in?: true
  /** a coordinator did something of it for them (代办) */
  by_proxy?: true
  /** 存疑: given to them, not confirmed, and the shift is close (R30) */
  doubt?: true
  /** said that they are away then (请假); the shift stays theirs until somebody else has it */
  away?: true
  /** outside the hours in which they can serve, and they have not said yes to it */
  off_hours?: true
  /** hours of rest before this shift when fewer than the least (R17), else null */
  rest: number | null
}

export interface MatrixShift {
  id: string
  starts_at: string
  ends_at: string
  capacity: number
  /** places nobody holds: capacity − people − places kept for the waitlist */
  missing: number
  /** 待挑选: places for which the community has still to pick who of the waitlist gets them */
  to_pick?: number
  state: ShiftState
  pending: boolean
  night: boolean
  roster_id: string | null
  callout_id: string | null
  /** what its people must be able to do */
  skill?: string
  /** of a drill: it must not read as real duty (R35) */
  drill?: true
  /** what another coordinator did to it, their name, and when; until the person has looked at it */
  edited?: 'people' | 'time'
  edited_by?: string
  edited_at?: string
  /** people beyond its places: two coordinators filled it at once, and one of them decides */
  over?: number
  people: MatrixPerson[]
}

export interface MatrixRow {
  key: string, starts: string, ends: string, next_day: boolean, cells: (MatrixShift | null)[]
}
export interface MatrixGroup {
  post_id: string, org_unit_id: string, place: string, post_name: string, kind: PostKind, capacity: number | null
  rows: MatrixRow[]
}
/** Days are `YYYY-MM-DD` at Asia/Shanghai, in a row: a week, or a month. */
export interface Matrix { days: string[], groups: MatrixGroup[] }

/** A shift with places left, or one the person has answered, as a reader of the roster sees it. */
export interface OpenShift {
  id: string
  where: string
  post_name: string
  when: string
  day: number
  missing: number
  drill: boolean
  /** free: may be taken; full: only the waitlist; mine: already on it; pending: an answer of mine is on its way */
  state: 'free' | 'full' | 'mine' | 'pending' | 'waiting'
  rank: number | null
  /** the community picks who of its waitlist gets a freed place */
  picks: boolean
  waitlist_id: string | null
  /** why the person cannot take it, in words: an own shift at that time, or a rule of rest */
  stop: string | null
  /** that it asks for a skill they have not, in words: they cannot wait for it either */
  unfit: string | null
  /** that it lies inside an own absence, in words; they may take it all the same */
  away: string | null
}

/** A day at the head of its column; `i` counts from 0, `name` says which one it is. */
export interface GridDay { date: string, i: number, name: string, today: boolean, rest: boolean }

/** Where a cell is: `row` counts the rows of all groups from 0, `col` the days from 0. */
export interface GridPlace { row: number, col: number }
/** `at` has the focus; `anchor` is the other corner of the selected range. */
export interface GridSelection { at: GridPlace, anchor: GridPlace }

/** Whether a coordinator may still take the person off: not once they stand there or have left. */
export function removable(person: MatrixPerson): boolean {
  return person.draft || person.state === 'assigned' || person.state === 'accepted'
}

/** The rows of all groups in the order they are shown. */
export function flatRows(matrix: Matrix): { group: MatrixGroup, row: MatrixRow }[] {
  return matrix.groups.flatMap(group => group.rows.map(row => ({ group, row })))
}

/** The rows that have a shift on one day; posts without any are left out. */
export function dayMatrix(matrix: Matrix, day: number): Matrix {
  const groups = matrix.groups.map(group => ({ ...group, rows: group.rows.filter(row => row.cells[day]) }))
  return { days: matrix.days, groups: groups.filter(group => group.rows.length > 0) }
}

/** What a matrix is narrowed to; '' and false leave it as it is. */
export interface MatrixFilter { post: string, person: string, gaps: boolean }

/** Does a shift need somebody: is a place empty, to be picked for, or in doubt? */
function hasGap({ missing, to_pick, people }: MatrixShift): boolean {
  return missing > 0 || to_pick !== undefined || people.some(p => p.doubt)
}

/** The posts and rows that hold what is looked for: a post, one person's shifts, or shifts that need somebody. */
export function filterMatrix(matrix: Matrix, { post, person, gaps }: MatrixFilter): Matrix {
  const fits = (shift: MatrixShift | null): boolean =>
    shift !== null && (!gaps || hasGap(shift)) && (!person || shift.people.some(p => p.responder_id === person))
  const groups = matrix.groups.filter(group => !post || group.post_id === post)
  if (!person && !gaps) return { days: matrix.days, groups }
  const narrowed = groups.map(group => ({ ...group, rows: group.rows.filter(row => row.cells.some(fits)) }))
  return { days: matrix.days, groups: narrowed.filter(group => group.rows.length > 0) }
}

/** Places that nobody holds, by day; those of drills are no gap in duty. */
export function gapsByDay(matrix: Matrix): number[] {
  const rows = flatRows(matrix)
  return matrix.days.map((_, day) => rows.reduce((sum, { row }) => {
    const shift = row.cells[day]
    return sum + (shift && !shift.drill ? shift.missing : 0)
  }, 0))
}

/** Top left and bottom right of a selection. */
export function selectionBox(selection: GridSelection): { top: number, left: number, bottom: number, right: number } {
  const { at, anchor } = selection
  return {
    top: Math.min(at.row, anchor.row),
    left: Math.min(at.col, anchor.col),
    bottom: Math.max(at.row, anchor.row),
    right: Math.max(at.col, anchor.col),
  }
}

/** The shifts of a selection, row by row; null where a cell has none. */
export function selectedShifts(matrix: Matrix, selection: GridSelection): (MatrixShift | null)[][] {
  const box = selectionBox(selection)
  return flatRows(matrix).slice(box.top, box.bottom + 1).map(({ row }) => row.cells.slice(box.left, box.right + 1))
}
