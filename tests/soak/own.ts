import type { MutationArgs } from '../../src/domain/mutations.ts'
import type { MyWaitlist, Shift } from '../../src/domain/rows.ts'
import type { Hand, Moves } from './hand.ts'
import { fatigueOf } from '../../src/domain/fatigue.ts'
import { DAY, HOUR, iso } from '../../src/domain/time.ts'
import { HOUR_CODES } from '../../src/domain/weekParts.ts'
import { clock } from '../clock.ts'
import { clear, newId } from './hand.ts'

export const OWN = [
  'accept_shift', 'decline_shift', 'withdraw', 'join_waitlist', 'leave_waitlist', 'take_held_place', 'check_in',
  'check_out', 'give_handover', 'take_handover', 'ask_support', 'set_consent', 'save_wishes', 'add_absence',
  'end_absence', 'save_availability', 'say_today', 'dismiss_verdict', 'read_notice',
] as const
type Own = typeof OWN[number]
/** Share of claims that come with an id that exists already. */
const DEFECTS = 0.12

/** The last place given in each community, by its id. */
const given = new Map<string, string>()

/** The id of a new place. Some phones have a defect and take one of the neighbours: a dead letter to settle. */
async function placeId(hand: Hand): Promise<string> {
  const { community, next } = hand.account.ground
  const known = hand.any((await hand.mine()).filter(a => a.state !== 'assigned' && !('_pending' in a)))
  if (known) given.set(community, known.id)
  return hand.chance.happens(DEFECTS) ? given.get(next) ?? newId() : newId()
}

function accept(
  assignment_id: string,
  shift_id: string,
  offer_id: string | null,
  flag: boolean,
): MutationArgs['accept_shift'] {
  return { assignment_id, shift_id, offer_id, eta_min: 5, on_full: flag ? 'waitlist' : 'refuse', waitlist_id: newId() }
}

/** A claim on an open place: a request by name, a shift that runs or starts soon, or any other. */
async function claim(hand: Hand): Promise<MutationArgs['accept_shift'] | null> {
  const { chance, tab } = hand
  const id = await placeId(hand)
  if (chance.happens(0.15)) {
    const busy = await hand.busy()
    const offer = hand.any(
      (await tab.db.rows('my_offer').toArray()).filter(o =>
        o.state === 'sent' && o.expires_at > clock.stamp() && clear(o, busy),
      ),
    )
    if (offer) return accept(id, offer.shift_id, offer.id, chance.happens(0.5))
  }
  const open = await hand.open()
  const soonest = open.filter(s => s.starts_at < clock.stamp(2 * HOUR))
  // presence and handovers need people in what runs now and next
  const shift = hand.any(chance.happens(0.6) ? soonest : []) ?? hand.any(open)
  return shift && accept(id, shift.id, null, chance.happens(0.3))
}

/** The last arrival each coordinator reported for somebody, by their login; it may be taken back. */
const vouched = new Map<string, string>()

/** An arrival that a coordinator reports for somebody else, or takes back. */
async function vouch(hand: Hand, soon: string): Promise<MutationArgs['check_in'] | null> {
  const [at, last] = [clock.stamp(), vouched.get(hand.account.login)]
  if (last && hand.chance.happens(0.5)) {
    vouched.delete(hand.account.login)
    return { assignment_id: last, at, way: 'undone' }
  }
  const place = hand.any((await hand.places()).filter(a =>
    a.state === 'accepted' && a.starts_at < soon && a.responder_id !== hand.account.responder,
  ))
  if (place) vouched.set(hand.account.login, place.id)
  return place && { assignment_id: place.id, at, way: 'coordinator' }
}

async function standing(hand: Hand): Promise<string | null> {
  return hand.any((await hand.mine()).filter(a => a.state === 'on_post'))?.id ?? null
}

/** The newest full shifts: few, so that a place given back finds somebody waiting. */
async function wantedBy(hand: Hand): Promise<Shift[]> {
  const full = (await hand.shifts()).filter(s => s.filled + s.held >= s.capacity)
  const newest = full.sort((a, b) => a.id < b.id ? 1 : -1)
  // and those of rosters, for which coordinators pick
  return [...newest.slice(0, 8), ...newest.filter(s => s.roster_id !== null).slice(0, 8)]
}

/** Takes over from a person who stood at my post until my shift began. */
async function relieve(hand: Hand): Promise<MutationArgs['take_handover'] | null> {
  const shifts = new Map((await hand.shifts()).map(s => [s.id, s]))
  const others = (await hand.places()).filter(a => a.state === 'on_post' && a.responder_id !== hand.account.responder)
  const pairs = (await hand.mine()).flatMap((to) => {
    const next = shifts.get(to.shift_id)
    return others.filter((from) => {
      const shift = shifts.get(from.shift_id)
      return shift && next && shift.post_id === next.post_id && shift.ends_at === next.starts_at
    }).map(from => ({ assignment_id: to.id, from_assignment_id: from.id, at: clock.stamp(), note: null }))
  })
  return hand.any(pairs)
}

/** What everybody taps, from what their own phone shows. */
export const ownMoves: Moves<Own> = {
  accept_shift: claim,
  decline_shift: async (hand) => {
    const offer = hand.any(
      (await hand.tab.db.rows('my_offer').toArray()).filter(o => o.state === 'sent' && o.expires_at > clock.stamp()),
    )
    return offer && { offer_id: offer.id, assignment_id: null, reason: 'work' }
  },
  withdraw: async (hand) => {
    const full = new Set((await wantedBy(hand)).map(s => s.id))
    const mine = (await hand.mine()).filter(a => a.state !== 'on_post')
    const place = hand.any(mine.filter(a => full.has(a.shift_id))) ?? hand.any(mine)
    return place && { assignment_id: place.id, reason: 'work' }
  },
  join_waitlist: async (hand) => {
    const [busy, waits] = [await hand.busy(), await hand.tab.db.rows('my_waitlist').toArray()]
    const free = (await wantedBy(hand)).filter(s => clear(s, busy) && !waits.some(w => w.shift_id === s.id))
    const shift = hand.any(hand.chance.happens(0.6) ? free.filter(s => s.roster_id !== null) : []) ?? hand.any(free)
    return shift && { waitlist_id: newId(), shift_id: shift.id }
  },
  leave_waitlist: async (hand) => {
    const wait = hand.any((await hand.tab.db.rows('my_waitlist').toArray()).filter(w => w.state === 'waiting'))
    return wait && { waitlist_id: wait.id }
  },
  take_held_place: async (hand) => {
    const [mine, busy] = [await hand.mine(), await hand.busy()]
    // who has not rested is refused, as their phone tells them
    const isRested = (w: MyWaitlist): boolean => {
      const { hard, soft } = fatigueOf(mine, w)
      return hard === null && soft.length === 0
    }
    const held = (await hand.tab.db.rows('my_waitlist').toArray()).filter(w => w.state === 'held')
    const wait = hand.any(held.filter(w => clear(w, busy) && isRested(w)))
    return wait && { waitlist_id: wait.id, assignment_id: newId(), eta_min: null }
  },
  check_in: async (hand) => {
    const soon = clock.stamp(60_000)
    if (hand.account.leads && hand.chance.happens(0.4)) return vouch(hand, soon)
    const place = hand.any((await hand.mine()).filter(a => a.state === 'accepted' && a.starts_at < soon))
    return place && { assignment_id: place.id, at: clock.stamp(), way: 'manual' }
  },
  check_out: async (hand) => {
    const assignment_id = await standing(hand)
    return assignment_id === null
      ? null
      : { assignment_id, at: clock.stamp(), relief_assignment_id: null, must_leave: '家里有事' }
  },
  give_handover: async (hand) => {
    const assignment_id = await standing(hand)
    const note = { done: '送药 3 户', todo: '502 回访', supplies: '盐 4 袋', risks: '' }
    return assignment_id === null ? null : { assignment_id, at: clock.stamp(), to_assignment_id: null, note }
  },
  take_handover: relieve,
  ask_support: async (hand) => {
    const mine = (await hand.mine()).filter(a => a.state === 'on_post' || a.state === 'accepted')
    // from an hour before the shift on
    const near = hand.any(mine.filter(a => a.starts_at < clock.stamp(HOUR)))
    return near && { assignment_id: near.id }
  },
  set_consent: async hand => ({ purpose: 'public_display', given: hand.chance.happens(0.5) }),
  save_wishes: async hand => ({
    turns: hand.any(['fewer', 'as_usual', 'more'] as const)!, nights: hand.chance.happens(0.5) ? 'yes' : 'no',
  }),
  add_absence: async (hand) => {
    // a night in the coming month: few shifts of the world lie there, so that most people can still be assigned
    const from = clock.now() + (2 + 20 * hand.chance.next()) * DAY
    const span = { starts_at: iso(from), ends_at: iso(from + 8 * HOUR) }
    return { absence_id: newId(), responder_id: hand.account.responder, ...span, reason: '探亲' }
  },
  end_absence: async (hand) => {
    const all = (await hand.tab.db.rows('absence').toArray()).filter(a => !('_pending' in a))
    const mine = hand.any(all.filter(a => a.responder_id === hand.account.responder))
    return mine && { absence_id: mine.id }
  },
  save_availability: async (hand) => {
    // one part of the week at most does not suit, so that most people can still be assigned and asked
    const off = hand.any(HOUR_CODES)
    const fits = hand.chance.happens(0.5) ? HOUR_CODES.filter(code => code !== off) : null
    return { responder_id: hand.account.responder, fits }
  },
  say_today: async (hand) => {
    const answer = hand.chance.happens(0.1) ? 'cannot' : hand.chance.happens(0.5) ? 'can' : 'nothing'
    return { absence_id: newId(), answer }
  },
  dismiss_verdict: async (hand) => {
    const verdict = hand.any(await hand.tab.db.rows('verdict').toArray())
    return verdict && { mutation_id: verdict.id }
  },
  read_notice: async (hand) => {
    const notice = hand.any((await hand.tab.db.rows('my_notice').toArray()).filter(n => n.state === 'new'))
    return notice && { notice_id: notice.id }
  },
}
