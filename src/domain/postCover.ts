import type { Span } from './span.ts'
import type { ShiftState } from './words.ts'
import { overlaps } from './span.ts'

/** A span at a post: all that the rule below looks at. */
export interface PostSpan extends Span { post_id: string }
/** A shift that is there already. */
export interface StandingShift extends PostSpan { id: string, state: ShiftState }

/** Whether a shift of this state holds the time of its post: one that was called off or stood down does not. */
export function holdsPost(state: ShiftState): boolean {
  return state === 'draft' || state === 'open'
}

/**
 * Which planned shifts lie on time that their post has covered already, by a standing shift or by one planned before
 * it; touching shifts cover nothing of each other. One per planned shift. The same rule as `private.covered_shifts`.
 */
export function coveredShifts(planned: readonly PostSpan[], standing: readonly StandingShift[]): boolean[] {
  const posts = new Map<string, Span[]>()
  const at = (post: string): Span[] => {
    const spans = posts.get(post) ?? []
    posts.set(post, spans)
    return spans
  }
  for (const shift of standing) {
    if (holdsPost(shift.state)) at(shift.post_id).push(shift)
  }
  return planned.map((shift) => {
    const spans = at(shift.post_id)
    const covered = spans.some(s => overlaps(s, shift))
    spans.push(shift)
    return covered
  })
}
