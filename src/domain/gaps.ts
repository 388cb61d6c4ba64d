import type { OfferLead, Shift, WaitlistLead } from './rows.ts'
import type { Instant } from './time.ts'
import { ms } from './time.ts'

/** Why a place is empty. `n` counts people, not places. */
export type GapReason =
  | { code: 'held_for_waitlist', n: number }
  /** the community has still to pick who of the waitlist gets them; n counts places */
  | { code: 'to_pick', n: number }
  | { code: 'not_arrived', n: number }
  | { code: 'waiting_answers', n: number }
  | { code: 'waitlist_not_asked', n: number }
  | { code: 'declined', n: number }
  | { code: 'no_answer', n: number }
  | { code: 'no_candidates' }
  | { code: 'nobody_asked' }
    /** its people are asked from then on */
  | { code: 'asks_later', at: string }
    /** the mode of its call-out has ended; nobody is asked until somebody decides */
  | { code: 'undecided' }

/** `places` empty places of one shift that share one reason. */
export interface Gap {
  shift_id: string, org_unit_id: string, starts_at: string, ends_at: string, places: number, reason: GapReason
}

export type GapShift = Pick<
  Shift,
  'id' | 'org_unit_id' | 'callout_id' | 'starts_at' | 'ends_at' | 'capacity' | 'filled' | 'held' | 'to_pick'
  | 'state'
>
export interface GapInput {
  shifts: readonly GapShift[]
  offers: readonly Pick<OfferLead, 'callout_id' | 'slot_starts_at' | 'slot_ends_at' | 'state' | 'expires_at'>[]
  waitlist: readonly Pick<WaitlistLead, 'shift_id' | 'state'>[]
  assignments: readonly { shift_id: string, state: string }[]
  /** people who could still be asked for a shift; null = not known on this phone */
  candidates: (shiftId: string) => number | null
  /** what keeps a shift's people from being asked now; null = nothing */
  stopped?: (shift: GapShift) => Extract<GapReason, { code: 'asks_later' | 'undecided' }> | null
  now: Instant
}

const isOfShift = (s: GapShift) => (o: GapInput['offers'][number]) =>
  s.callout_id !== null && o.callout_id === s.callout_id && ms(o.slot_starts_at) === ms(s.starts_at)
  && ms(o.slot_ends_at) === ms(s.ends_at)

/** The one reason for the places nobody holds, in the order a coordinator can act on. */
function openReason(shift: GapShift, input: GapInput): GapReason {
  const stopped = input.stopped?.(shift)
  if (stopped) return stopped
  const offers = input.offers.filter(isOfShift(shift))
  const live = offers.filter(o => o.state === 'sent' && ms(o.expires_at) > ms(input.now)).length
  if (live > 0) return { code: 'waiting_answers', n: live }
  const waiting = input.waitlist.filter(w => w.shift_id === shift.id && w.state === 'waiting').length
  if (waiting > 0) return { code: 'waitlist_not_asked', n: waiting }
  if (input.candidates(shift.id) === 0) return { code: 'no_candidates' }
  const declined = offers.filter(o => o.state === 'declined').length
  if (declined > 0) return { code: 'declined', n: declined }
  const silent = offers.filter(o => o.state === 'expired' || o.state === 'sent').length
  return silent > 0 ? { code: 'no_answer', n: silent } : { code: 'nobody_asked' }
}

function gapsOf(shift: GapShift, input: GapInput): Gap[] {
  const missing = Math.max(0, shift.capacity - shift.filled)
  const pick = Math.min(shift.to_pick, missing)
  const held = Math.min(shift.held, missing) - pick
  const absent = input.assignments.filter(a => a.shift_id === shift.id && a.state === 'not_arrived').length
  const lost = Math.min(absent, missing - held - pick)
  const rest = missing - held - pick - lost
  const parts: [number, () => GapReason][] = [
    [pick, () => ({ code: 'to_pick', n: pick })],
    [held, () => ({ code: 'held_for_waitlist', n: held })],
    [lost, () => ({ code: 'not_arrived', n: absent })],
    [rest, () => openReason(shift, input)],
  ]
  const { id: shift_id, org_unit_id, starts_at, ends_at } = shift
  const where = { shift_id, org_unit_id, starts_at, ends_at }
  return parts.filter(([n]) => n > 0).map(([places, reason]) => ({ ...where, places, reason: reason() }))
}

/** Every empty place of the open shifts that are not over, each with its reason; soonest first. It skips none. */
export function gaps(input: GapInput): Gap[] {
  const open = input.shifts.filter(s => s.state === 'open' && ms(s.ends_at) > ms(input.now))
  const sorted = [...open].sort((a, b) => ms(a.starts_at) - ms(b.starts_at) || (a.id < b.id ? -1 : 1))
  return sorted.flatMap(s => gapsOf(s, input))
}
