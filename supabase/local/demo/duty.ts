import type { Phone } from './caller.ts'
import type { PlannedPlace, PlannedShift } from './plan.ts'
import type { Random } from './tools.ts'
import { covers, spanOf } from '#domain/span.ts'
import { dayKey, HOUR, MINUTE, shanghai } from '#domain/time.ts'

/** How long it may take to make the demonstration, in ms; shifts end and begin meanwhile. */
const MAKING = 3 * MINUTE

/** A roster to draft, from the day that starts at `from` to the one that starts at `to` (ms). */
export interface RosterPlan {
  id: string, community: string, name: string, from: number, to: number, shifts: PlannedShift[], places: PlannedPlace[]
}

/** Drafts a roster with its places; answers the version that publishing must name. */
export async function draftRoster(phone: Phone, plan: RosterPlan): Promise<number> {
  const chunks: PlannedShift[][] = []
  for (let i = 0; i < plan.shifts.length; i += 200) chunks.push(plan.shifts.slice(i, i + 200))
  const head = {
    roster_id: plan.id,
    community_id: plan.community,
    name: plan.name,
    starts_on: dayKey(plan.from),
    ends_on: dayKey(plan.to - 1),
  }
  for (const shifts of chunks) await phone.push([{ name: 'draft_shifts', args: { ...head, shifts } }])
  await phone.push(
    plan.places.map(p => ({
      name: 'assign',
      args: { assignment_id: p.assignment_id, shift_id: p.shift.id, responder_id: p.responder_id },
    })),
  )
  return 1 + chunks.length
}

/** '11月23–29日值班表' */
export function rosterName(from: number, to: number): string {
  const [a, b] = [shanghai(from), shanghai(to - 1)]
  return a.month === b.month ? `${a.month}月${a.day}–${b.day}日值班表` : `${a.month}月${a.day}日–${b.month}月${b.day}日值班表`
}

/** Each person with a phone confirms most of the places planned for them. */
export async function confirmPlaces(
  phones: ReadonlyMap<string, Phone>,
  places: readonly PlannedPlace[],
  random: Random,
  newId: () => string,
): Promise<void> {
  for (const [responder, phone] of phones) {
    const mine = places.filter(p => p.responder_id === responder && random.chance(0.88))
    await phone.push(
      mine.map(p => ({
        name: 'accept_shift',
        args: {
          assignment_id: p.assignment_id,
          shift_id: p.shift.id,
          offer_id: null,
          eta_min: null,
          on_full: 'refuse',
          waitlist_id: newId(),
        },
      })),
      'ending',
    )
  }
}

/**
 * The coordinator checks in most people whose shift runs now, or begins before the demonstration is made; they need no
 * phone for that.
 */
export async function arrive(
  coordinator: Phone,
  places: readonly PlannedPlace[],
  now: number,
  random: Random,
): Promise<void> {
  const running = places.filter(p => (covers(p.shift, now) || covers(p.shift, now + MAKING)) && random.chance(0.8))
  await coordinator.push(
    running.map(p => ({
      name: 'check_in',
      args: { assignment_id: p.assignment_id, at: new Date(now).toISOString(), way: 'coordinator' },
    })),
    'ending',
  )
}

/** The next full hour at least half an hour ahead, and the slot after it. */
export function drillSlots(now: number): { starts_at: string, ends_at: string }[] {
  const first = Math.ceil((now + HOUR / 2) / HOUR) * HOUR
  return [spanOf(first, first + 2 * HOUR), spanOf(first + 2 * HOUR, first + 4 * HOUR)]
}
