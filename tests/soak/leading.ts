import type { Callout } from '../../src/domain/rows.ts'
import type { Hand, Moves } from './hand.ts'
import { isBinding } from '../../src/domain/assignment.ts'
import { HOUR, iso, MINUTE, ms } from '../../src/domain/time.ts'
import { clock } from '../clock.ts'
import { clear, newId } from './hand.ts'
import { draft, hasManyDrills, raise } from './plans.ts'
import { silent } from './proxying.ts'

export const LEADING = [
  'force_handover', 'remind', 'take_over', 'assign', 'unassign', 'draft_shifts', 'cancel_shift', 'move_shift',
  'publish_roster', 'open_callout', 'escalate', 'request_reinforcement', 'answer_reinforcement', 'resume_callout',
  'save_template', 'drop_template', 'save_recurrence', 'drop_recurrence',
  'stand_down', 'open_mode', 'renew_mode', 'close_mode', 'settle_dead_letter', 'pick_waiting',
] as const
type Leading = typeof LEADING[number]

/** Most call-outs of one community that are open at a time; the oldest end first. */
const CALLOUTS = 14

/**
 * Somebody of the community who is free in that span, as far as this phone knows; `quiet`: rather somebody who cannot
 * confirm by themselves.
 */
async function idle(
  hand: Hand, span: { starts_at: string, ends_at: string }, quiet = false,
): Promise<string | null> {
  const { db } = hand.tab
  const places = (await db.rows('assignment').toArray()).filter(a => isBinding(a.state))
  const people = (await db.rows('responder_lead').toArray()).filter(r =>
    r.community_ids.includes(hand.account.ground.community),
  ).map(r => r.id)
  const free = people.filter(r => clear(span, places.filter(p => p.responder_id === r)))
  const rather = quiet ? await silent(hand) : new Set<string>()
  const one = hand.any(free.filter(r => rather.has(r))) ?? hand.any(free)
  return one && clear(span, await hand.promised(one)) ? one : null
}

async function callouts(hand: Hand): Promise<Callout[]> {
  const all = (await hand.tab.db.rows('callout').toArray()).filter(c =>
    c.community_id === hand.account.ground.community && (c.state === 'open' || c.state === 'filled'),
  )
  return all.sort((a, b) => a.opened_at < b.opened_at ? -1 : 1)
}

/** Ladders that climb, of call-outs that need no decision. */
async function climbing(hand: Hand) {
  const open = new Set((await callouts(hand)).filter(c => c.attention === 'none').map(c => c.id))
  return (await hand.tab.db.rows('ladder').toArray()).filter(l =>
    open.has(l.callout_id) && l.state === 'climbing' && l.slot_ends_at > clock.stamp(MINUTE),
  )
}

/** True when the server has confirmed the row; it may still reject the others. */
const isCertain = (row: object): boolean => !('_pending' in row)

async function modes(hand: Hand) {
  return (await hand.tab.db.rows('mode').toArray()).filter(m =>
    m.state === 'open' && m.org_unit_id === hand.account.ground.community,
  )
}

/** Somebody on post; `running`: on a shift that was not called off. */
async function standing(hand: Hand, running = false) {
  const [until, run] = [clock.stamp(MINUTE), new Set((await hand.shifts(true)).map(s => s.id))]
  const on = (await hand.places()).filter(a => a.state === 'on_post' && a.ends_at > until)
  return hand.any(running ? on.filter(a => run.has(a.shift_id)) : on)
}

/** What a coordinator taps, from what their phone shows. */
export const leadMoves: Moves<Leading> = {
  force_handover: async (hand) => {
    const place = await standing(hand)
    return place && { assignment_id: place.id, reason: '接班人未到' }
  },
  remind: async (hand) => {
    const people = await silent(hand)
    const place = hand.any((await hand.places()).filter(a => a.state !== 'on_post' && !people.has(a.responder_id)))
    return place && { assignment_id: place.id }
  },
  take_over: async (hand) => {
    const place = await standing(hand, true)
    const responder_id = place && await idle(hand, { starts_at: clock.stamp(), ends_at: place.ends_at })
    return responder_id
      ? {
          ...{ assignment_id: place.id, new_assignment_id: newId(), responder_id, at: clock.stamp() },
          override_reason: '没有别人',
        }
      : null
  },
  assign: async (hand) => {
    const free = (await hand.shifts()).filter(s => s.filled + s.held < s.capacity)
    // half of them in rosters, so that those are full and people wait for them
    const rostered = hand.chance.happens(0.5)
    const shift = hand.newest(free.filter(s => (s.roster_id !== null) === rostered))
    const responder_id = shift && await idle(hand, shift, hand.chance.happens(0.85))
    return responder_id ? { assignment_id: newId(), shift_id: shift.id, responder_id } : null
  },
  unassign: async (hand) => {
    const places = (await hand.places()).filter(a => a.state !== 'on_post')
    const waited = new Set(
      (await hand.tab.db.rows('waitlist_lead').toArray()).filter(w => w.state === 'waiting').map(w => w.shift_id),
    )
    // rather a place that somebody waits for, so that the waitlist moves; often of a roster, where people are picked
    const rostered = new Set((await hand.shifts()).filter(s => s.roster_id !== null).map(s => s.id))
    const wanted = places.filter(a => waited.has(a.shift_id))
    const picked = hand.any(hand.chance.happens(0.5) ? wanted.filter(a => rostered.has(a.shift_id)) : [])
    const place = picked ?? hand.any(wanted) ?? hand.any(places)
    return place && { assignment_id: place.id, reason: null }
  },
  draft_shifts: async hand => draft(hand),
  cancel_shift: async (hand) => {
    const shift = hand.any((await hand.shifts()).filter(s => s.roster_id !== null))
    return shift && { shift_id: shift.id, reason: null }
  },
  move_shift: async (hand) => {
    const on = new Set((await hand.places()).filter(a => a.state === 'on_post').map(a => a.shift_id))
    const still = (await hand.shifts()).filter(s => s.roster_id !== null && !on.has(s.id))
    const shift = hand.any(still.filter(s => s.starts_at > clock.stamp(HOUR)))
    if (!shift) return null
    // it stays on the day of its roster: earlier, but later just after midnight in China; ten minutes ask nobody again
    const by = hand.chance.of([10, 20]) * (/T16:[01]/.test(shift.starts_at) ? MINUTE : -MINUTE)
    const [starts_at, ends_at] = [shift.starts_at, shift.ends_at].map(at => iso(ms(at) + by))
    return { shift_id: shift.id, starts_at: starts_at!, ends_at: ends_at!, reason: null }
  },
  publish_roster: async (hand) => {
    const roster = hand.any(
      (await hand.tab.db.rows('roster').toArray()).filter(r =>
        r.state === 'draft' && r.community_id === hand.account.ground.community,
      ),
    )
    return roster && { roster_id: roster.id, version: roster.version }
  },
  open_callout: async (hand) => {
    const open = await callouts(hand)
    return open.length < CALLOUTS ? raise(hand, open, (await modes(hand)).length > 0) : null
  },
  escalate: async (hand) => {
    const free = new Set(
      (await hand.shifts()).filter(s => s.filled + s.held < s.capacity).map(s => `${s.callout_id} ${s.starts_at}`),
    )
    const ladder = hand.any(
      (await climbing(hand)).filter(l =>
        isCertain(l) && l.position < l.rungs.length && free.has(`${l.callout_id} ${l.slot_starts_at}`),
      ),
    )
    return ladder && { ladder_id: ladder.id, as_of: ladder.position }
  },
  request_reinforcement: async (hand) => {
    // the mode of a real call-out may end before the answer, so only drills ask
    const drills = new Set((await callouts(hand)).filter(c => c.kind === 'drill').map(c => c.id))
    const help = await hand.tab.db.rows('reinforcement').toArray()
    const asked = new Set(help.filter(r => r.state === 'asked').map(r => r.ladder_id))
    const ahead = (await hand.tab.db.rows('ladder').toArray()).filter(l => l.slot_ends_at > clock.stamp(MINUTE))
    const ladder = hand.newest(ahead.filter(l => drills.has(l.callout_id) && !asked.has(l.id)))
    const words = { to_community_id: hand.account.ground.next, people: 2, note: '夜里缺人' }
    return ladder && { reinforcement_id: newId(), ladder_id: ladder.id, ...words }
  },
  answer_reinforcement: async (hand) => {
    const all = (await hand.tab.db.rows('reinforcement').toArray()).filter(r =>
      r.state === 'asked' && r.slot_ends_at > clock.stamp(MINUTE),
    )
    const asked = hand.newest(all.filter(r => r.to_community_id === hand.account.ground.community), 2)
    return asked && { reinforcement_id: asked.id, people: hand.chance.below(3) }
  },
  resume_callout: async (hand) => {
    const callout = hand.any((await callouts(hand)).filter(c => c.attention === 'undecided'))
    return callout && { callout_id: callout.id, mode_id: newId(), mode_hours: 4 }
  },
  save_template: async (hand) => {
    const editions = (await hand.tab.db.rows('callout_template').toArray()).filter(e =>
      e.community_id === hand.account.ground.community,
    )
    const words = {
      name: '大雪', ground: '暴雪橙色预警', kind: 'supplies', capacity: 3, pattern: '8x3', task: '扫雪铲冰', kit: '铁锹',
    } as const
    return editions.length < 15
      ? { template_id: newId(), community_id: hand.account.ground.community, key: newId(), ...words }
      : null
  },
  drop_template: async (hand) => {
    const edition = hand.any(
      (await hand.tab.db.rows('callout_template').toArray()).filter(e =>
        e.community_id === hand.account.ground.community,
      ),
    )
    return edition && { template_id: edition.id }
  },
  save_recurrence: async (hand) => {
    const { community } = hand.account.ground
    const kept = (await hand.tab.db.rows('recurrence').toArray()).filter(r => r.community_id === community)
    const posts = (await hand.tab.db.rows('post').toArray()).filter(p => p.community_id === community && !p.ended)
    const post = hand.any(posts)
    const what = { days: 'rest', pattern: '2x12', starts: '20:00', capacity: 2 } as const
    return post && kept.length < 15
      ? { recurrence_id: newId(), community_id: community, posts: [post.id], ...what }
      : null
  },
  drop_recurrence: async (hand) => {
    const kept = (await hand.tab.db.rows('recurrence').toArray()).filter(r =>
      r.community_id === hand.account.ground.community)
    const one = hand.any(kept)
    return one && { recurrence_id: one.id }
  },
  stand_down: async (hand) => {
    const open = await callouts(hand)
    const kind = hasManyDrills(open) ? 'drill' : 'real'
    const ends = open.length > 6 ? open.find(c => c.kind === kind) : undefined
    return ends ? { callout_id: ends.id, reason: null } : null
  },
  open_mode: async hand => (await modes(hand)).length > 0
    ? null
    : { mode_id: newId(), org_unit_id: hand.account.ground.community, ground: '寒潮', document_no: '1号', hours: 2 },
  renew_mode: async (hand) => {
    const mode = hand.any(await modes(hand))
    return mode && { mode_id: mode.id, hours: 4 }
  },
  close_mode: async (hand) => {
    // one with a call-out, which then waits for a decision
    const raised = new Set((await callouts(hand)).filter(c => c.attention === 'none').map(c => c.mode_id))
    const mode = hand.any((await modes(hand)).filter(m => raised.has(m.id)))
    return mode && { mode_id: mode.id }
  },
  settle_dead_letter: async (hand) => {
    const letter = hand.any(await hand.tab.db.rows('dead_letter').toArray())
    return letter && { mutation_id: letter.id }
  },
  pick_waiting: async (hand) => {
    const open = new Set((await hand.shifts()).filter(s => s.to_pick > 0).map(s => s.id))
    const waiting = (await hand.tab.db.rows('waitlist_lead').toArray()).filter(w => w.state === 'waiting')
    const line = hand.any(waiting.filter(w => open.has(w.shift_id)))
    return line && { waitlist_id: line.id }
  },
}
