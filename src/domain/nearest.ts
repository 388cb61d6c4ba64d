import type { Distance, OrgTree } from './orgTree.ts'
import type { Shift } from './rows.ts'
import type { Span } from './span.ts'
import type { Instant } from './time.ts'
import { distance } from './orgTree.ts'
import { overlaps } from './span.ts'
import { ms } from './time.ts'

type OpenShift = Pick<Shift, 'id' | 'org_unit_id' | 'starts_at' | 'ends_at' | 'capacity' | 'filled' | 'held' | 'state'>
export interface NearShift<S extends OpenShift = OpenShift> { shift: S, distance: Distance, free: number }

/** True when every place is taken or held for somebody. */
export function isFull(shift: Pick<Shift, 'filled' | 'held' | 'capacity'> | undefined): boolean {
  return shift !== undefined && shift.filled + shift.held >= shift.capacity
}

/**
 * The nearest open shifts for a person who lost a race for `lost`: same building, same estate, community; then soonest.
 * `own` = the person's binding spans, unsynced claims included; shifts that overlap one of them are left out.
 */
export function nearestOpen<S extends OpenShift>(
  lost: Pick<OpenShift, 'id' | 'org_unit_id'>,
  shifts: readonly S[],
  own: readonly Span[],
  tree: OrgTree,
  now: Instant,
  limit = 3,
): NearShift<S>[] {
  return shifts
    .filter(s => s.id !== lost.id && s.state === 'open' && ms(s.ends_at) > ms(now))
    .map(shift => ({
      shift,
      distance: distance(tree, lost.org_unit_id, shift.org_unit_id),
      free: shift.capacity - shift.filled - shift.held,
    }))
    .filter(n => n.free > 0 && !own.some(span => overlaps(span, n.shift)))
    .sort((a, b) =>
      a.distance - b.distance || ms(a.shift.starts_at) - ms(b.shift.starts_at) || (a.shift.id < b.shift.id ? -1 : 1),
    )
    .slice(0, limit)
}
