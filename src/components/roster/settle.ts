import type { StandingShift } from '#domain/postCover.ts'
import type { Span } from '#domain/span.ts'
import { holdsPost } from '#domain/postCover.ts'
import { spanOf } from '#domain/span.ts'
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

/** A shift with its span in ms: a month is compared a hundred thousand times. */
interface Held { from: number, to: number, shift: StandingShift }
const heldBy = (shift: StandingShift): Held => ({ from: ms(shift.starts_at), to: ms(shift.ends_at), shift })

/** Settles a plan with what stands at its posts, shift by shift. It overlaps neither itself nor what stays. */
export function settle<T extends PlannedShift>(
  planned: readonly T[], standing: readonly StandingShift[], mode: CoverMode,
): SettledPlan<T> {
  const posts = new Map<string, Held[]>()
  const at = (post: string): Held[] => {
    const held = posts.get(post) ?? []
    posts.set(post, held)
    return held
  }
  for (const shift of standing) {
    if (holdsPost(shift.state)) at(shift.post_id).push(heldBy(shift))
  }
  const plan: SettledPlan<T> = { shifts: [], drop: [], same: 0, covered: 0, left_out: 0 }
  for (const shift of planned) {
    const there = at(shift.post_id)
    const { from, to } = heldBy({ ...shift, id: '', state: 'open' })
    const met = there.filter(held => held.from < to && held.to > from)
    const dropped = plan.drop.length
    const pieces = settleOne(plan, shift, met.map(held => held.shift), mode)
    plan.shifts.push(...pieces)
    if (plan.drop.length > dropped) posts.set(shift.post_id, there.filter(held => !met.includes(held)))
    for (const { post_id, starts_at, ends_at } of pieces)
      at(post_id).push(heldBy({ id: '', state: 'open', post_id, starts_at, ends_at }))
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
