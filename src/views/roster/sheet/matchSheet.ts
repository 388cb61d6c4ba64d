import type { PastePlan } from '#components/roster/clipboard.ts'
import type { Matrix, MatrixShift } from '#components/roster/matrix.ts'
import type { CopiedShift } from '#components/roster/plans.ts'
import type { Named } from '#io/meant.ts'
import type { RosterEntry } from '#io/rosterSheet.ts'
import type { Candidates } from '../useCandidates.ts'
import type { LabelledPost } from '../useRoster.ts'
import { flatRows } from '#components/roster/matrix.ts'
import { dayPart } from '#components/roster/useCellNames.ts'
import { isNight } from '#domain/pattern.ts'
import { overlaps, spanOf } from '#domain/span.ts'
import { atShanghai, DAY, dayKey, hhmm, ms } from '#domain/time.ts'
import { namesWord, peopleNamed } from '#io/meant.ts'

export interface SheetPerson extends Named { id: string }
/** Why something of a sheet does not come in. outside: a day that is not shown; covered: the post has another shift. */
export type SheetProblemCode = 'no_post' | 'no_hours' | 'no_person' | 'twins' | 'past' | 'outside' | 'covered'
export interface SheetProblem { sheet: string, line: number, code: SheetProblemCode, text: string }
/** What bringing in a sheet would do. */
export interface SheetPlan extends Pick<PastePlan, 'assigns' | 'live' | 'left_out' | 'warned' | 'needs_reason'> {
  /** drafts to be made, with their people */
  shifts: CopiedShift[]
  problems: SheetProblem[]
}
export interface SheetInput {
  entries: readonly RosterEntry[]
  /** all that the community has */
  posts: readonly LabelledPost[]
  people: readonly SheetPerson[]
  /** which post a place of the sheet is, where a coordinator has said so */
  chosen: Readonly<Record<string, string>>
  /** the days that are shown */
  matrix: Matrix
  judge: Candidates['judge']
  now: number
}

/**
 * The post that a place of a sheet names, or null: the one whose place and name have most in common with it, if no
 * other has as much.
 */
export function postNamed(where: string, posts: readonly LabelledPost[]): string | null {
  const ranked = posts.map((post) => {
    const words = [...post.label.split(' '), post.name]
    if (isElsewhere(where, words)) return { id: post.id, score: 0 }
    const said = words.filter(word => namesWord(where, word)).reduce((n, word) => n + word.length, 0)
    const partly = where.split(' ')
      .filter(word => word.length >= 2 && post.name.includes(word) && !words.includes(word))
    return { id: post.id, score: 2 * said + partly.reduce((n, word) => n + word.length, 0) }
  }).filter(r => r.score > 0).sort((a, b) => b.score - a.score)
  return ranked[0] && ranked[0].score !== ranked[1]?.score ? ranked[0].id : null
}

const BUILDING = /\d+\s*(?:[栋幢座]|号楼)/g
const SEVERAL = /\d\s*[-–—~至到、,]\s*\d+\s*(?:[栋幢座]|号楼)/
/** words that tell places apart: an estate, a gate */
const TELLING = /\p{Script=Han}{2,}?(?:[苑园庭府城湾里村]|小区)|[东南西北后侧]大?门/gu

/** Does a place of a sheet name a building, an estate or a gate that the words of a post do not? */
function isElsewhere(where: string, words: readonly string[]): boolean {
  const own = words.join(' ')
  if (SEVERAL.test(where) && !SEVERAL.test(own)) return true
  const buildings = where.match(BUILDING) ?? []
  if (buildings.some(building => !namesWord(own, building.replace(/\s/g, '')))) return true
  const rest = words.reduce((left, word) => left.replace(word, ' '), where)
  return (rest.match(TELLING) ?? []).some(word => !own.includes(word))
}

type Timed = Pick<MatrixShift, 'starts_at' | 'ends_at'>
/** Has a shift this very span? */
function isSpan(shift: Timed, span: Timed | null): boolean {
  return span !== null && ms(shift.starts_at) === ms(span.starts_at) && ms(shift.ends_at) === ms(span.ends_at)
}

/** A shift that an entry means. `crew`: the people of a draft that is to be made; null = the shift is there. */
interface Target { post_id: string, shift: MatrixShift, crew: string[] | null }
type Found = { entry: RosterEntry, target: Target } | { entry: RosterEntry, code: SheetProblemCode, text: string }

/** Matches what a sheet says with posts, shifts and people. Nobody is put where something speaks against them. */
export function matchSheet(input: SheetInput): SheetPlan {
  const plan: SheetPlan = {
    shifts: [], assigns: [], live: [], left_out: [], warned: [], needs_reason: false, problems: [],
  }
  const found = shiftsMeant(input)
  const given = new Map<string, MatrixShift[]>()
  for (const one of found) {
    const { sheet, line } = one.entry
    if ('target' in one) assignNames(input, one.entry, one.target, given, plan)
    else plan.problems.push({ sheet, line, code: one.code, text: one.text })
  }
  const made = new Set(found.flatMap(one => 'target' in one && one.target.crew ? [one.target] : []))
  plan.shifts = [...made].map(({ post_id, shift: { starts_at, ends_at, capacity }, crew }) =>
    ({ post_id, starts_at, ends_at, capacity: Math.max(capacity, crew!.length), people: crew! }))
  return plan
}

/** The shift of each entry: one that is there, or a draft that is to be made. Entries of one span share it. */
function shiftsMeant({ entries, posts, chosen, matrix, now }: SheetInput): Found[] {
  const standing = shiftsByPost(matrix)
  const places = new Map([...new Set(entries.map(e => e.where))].map(where =>
    [where, chosen[where] ?? postNamed(where, posts)]))
  const made: Target[] = []
  return entries.map((entry): Found => {
    const fails = (code: SheetProblemCode, text = entry.where): Found => ({ entry, code, text })
    if (!matrix.days.includes(entry.day)) return fails('outside', entry.day)
    const post_id = places.get(entry.where) ?? null
    if (post_id === null) return fails('no_post')
    const there = standing.get(post_id) ?? []
    const here = made.filter(m => m.post_id === post_id)
    const span = spanIn(entry)
    const known = shiftMeant(entry, there)
    const again = here.find(m => isSpan(m.shift, span))
    const hours = known ?? again?.shift ?? span
    if (!hours) return fails('no_hours')
    if (ms(hours.starts_at) <= now) return fails('past')
    if (known) return { entry, target: { post_id, shift: known, crew: null } }
    if (again) return { entry, target: again }
    if ([...there, ...here.map(m => m.shift)].some(s => overlaps(s, hours))) return fails('covered')
    const target = { post_id, shift: draftOn(hours, entry.names.length, made.length), crew: [] }
    made.push(target)
    return { entry, target }
  })
}

/** Puts the people of an entry on its shift, as far as nothing speaks against them. */
function assignNames(
  { people, judge }: SheetInput, entry: RosterEntry, { shift, crew }: Target, given: Map<string, MatrixShift[]>,
  plan: SheetPlan,
): void {
  for (const name of entry.names) {
    const same = peopleNamed(name, people).flat()
    const [person] = same
    if (!person || same.length > 1) {
      plan.problems.push({ sheet: entry.sheet, line: entry.line, code: person ? 'twins' : 'no_person', text: name })
      continue
    }
    const before = given.get(person.id) ?? []
    // a draft that is made now has a place for everybody the sheet names
    const missing = crew ? 1 : shift.missing - [...given.values()].filter(list => list.includes(shift)).length
    const { blocked, soft, needs_reason } = judge(person.id, { ...shift, missing }, before)
    const why = blocked ?? (needs_reason ? soft : null)
    if (why !== null) {
      plan.left_out.push({ name: person.name, shift, why })
      continue
    }
    if (crew) crew.push(person.id)
    else plan.assigns.push({ shift_id: shift.id, responder_id: person.id, name: person.name })
    if (shift.state !== 'draft') plan.live.push({ responder_id: person.id, name: person.name, shift })
    given.set(person.id, [...before, shift])
  }
}

function shiftsByPost(matrix: Matrix): Map<string, MatrixShift[]> {
  const all = new Map<string, MatrixShift[]>()
  for (const { group, row } of flatRows(matrix)) {
    const here = row.cells.filter(s => s !== null && s.callout_id === null && s.state !== 'cancelled')
    all.set(group.post_id, [...all.get(group.post_id) ?? [], ...here as MatrixShift[]])
  }
  return all
}

/** The hours of an entry on its day; an end before the start is on the next. */
function spanIn({ day, from, to }: RosterEntry): Timed | null {
  if (from === null || to === null) return null
  const [starts, ends] = [atShanghai(day, from), atShanghai(day, to)]
  return spanOf(starts, ends <= starts ? ends + DAY : ends)
}

/** The shift of a post that an entry means: that of its hours, or the only one of that day or of its part of it. */
function shiftMeant(entry: RosterEntry, there: readonly MatrixShift[]): MatrixShift | null {
  const ofDay = there.filter(s => dayKey(s.starts_at) === entry.day)
  const span = spanIn(entry)
  if (span) return ofDay.find(s => isSpan(s, span)) ?? null
  const inPart = entry.part === null ? ofDay : ofDay.filter(s => dayPart(hhmm(s.starts_at)) === entry.part)
  return inPart.length === 1 ? inPart[0]! : null
}

function draftOn({ starts_at, ends_at }: Timed, capacity: number, n: number): MatrixShift {
  return {
    id: `new ${n}`, starts_at, ends_at, capacity, missing: capacity, state: 'draft', pending: false,
    night: isNight({ starts_at, ends_at }), roster_id: null, callout_id: null, people: [],
  }
}
