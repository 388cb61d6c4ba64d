import type { StandingShift } from '#domain/postCover.ts'
import type { Span } from '#domain/span.ts'
import { holdsPost } from '#domain/postCover.ts'
import { overlaps, spanOf } from '#domain/span.ts'
import { ms } from '#domain/time.ts'

/** A shift to be drafted. */
export interface PlannedShift { post_id: string, starts_at: string, ends_at: string, capacity: number }
/**
 * What becomes of a planned shift whose time its post has covered already: left out, cut down to the time that is free,
 * or made in the place of the drafts that cover it.
 */
export type CoverMode = 'skip' | 'gaps' | 'replace'
export const COVER_MODES: readonly CoverMode[] = ['skip', 'gaps', 'replace']

/** A plan that overlaps nothing, and what became of it. */
export interface SettledPlan<T extends PlannedShift> {
  shifts: T[]
  /** ids of the drafts that go */
  drop: string[]
  /** planned shifts left out because the post has that very span already */
  same: number
  /** other planned shifts that meet one which is there already, before `mode` settles them */
  covered: number
  /** of these, the ones left out */
  left_out: number
}

/** Settles a plan with what stands at its posts, shift by shift. It overlaps neither itself nor what stays. */
export function settle<T extends PlannedShift>(
  planned: readonly T[], standing: readonly StandingShift[], mode: CoverMode,
): SettledPlan<T> {
  const posts = new Map<string, StandingShift[]>()
  for (const shift of standing) {
    if (holdsPost(shift.state)) posts.set(shift.post_id, [...posts.get(shift.post_id) ?? [], shift])
  }
  const plan: SettledPlan<T> = { shifts: [], drop: [], same: 0, covered: 0, left_out: 0 }
  const made: StandingShift = { id: '', state: 'open', post_id: '', starts_at: '', ends_at: '' }
  for (const shift of planned) {
    const there = posts.get(shift.post_id) ?? []
    const met = there.filter(s => overlaps(s, shift))
    const pieces = settleOne(plan, shift, met, mode)
    plan.shifts.push(...pieces)
    const gone = new Set(plan.drop)
    const now = pieces.map(({ post_id, starts_at, ends_at }) => ({ ...made, post_id, starts_at, ends_at }))
    posts.set(shift.post_id, [...there.filter(s => !gone.has(s.id)), ...now])
  }
  return plan
}

/** What is made of one planned shift; counts it, and names the drafts that go for it. */
function settleOne<T extends PlannedShift>(
  plan: SettledPlan<T>, shift: T, met: readonly StandingShift[], mode: CoverMode,
): T[] {
  if (met.length === 0) return [shift]
  if (met.some(s => ms(s.starts_at) === ms(shift.starts_at) && ms(s.ends_at) === ms(shift.ends_at))) {
    plan.same++
    return []
  }
  plan.covered++
  if (mode === 'replace' && met.every(s => s.state === 'draft')) {
    plan.drop.push(...met.map(s => s.id))
    return [shift]
  }
  const free = mode === 'gaps' ? freeTime(shift, met) : []
  if (free.length === 0) plan.left_out++
  return free.map(span => ({ ...shift, ...span }))
}

/** The parts of a span that no other takes, in order. */
function freeTime(span: Span, taken: readonly Span[]): Span[] {
  const free: Span[] = []
  let from = ms(span.starts_at)
  for (const { starts_at, ends_at } of [...taken].sort((a, b) => ms(a.starts_at) - ms(b.starts_at))) {
    if (ms(starts_at) > from) free.push(spanOf(from, ms(starts_at)))
    from = Math.max(from, ms(ends_at))
  }
  if (from < ms(span.ends_at)) free.push(spanOf(from, ms(span.ends_at)))
  return free
}
