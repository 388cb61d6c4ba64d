import type { MutationArgs } from '../../src/domain/mutations.ts'
import type { CoverRequest, Shift } from '../../src/domain/rows.ts'
import type { Hand, Moves } from './hand.ts'
import { changesHands } from '../../src/domain/cover.ts'
import { fatigueOf } from '../../src/domain/fatigue.ts'
import { clock } from '../clock.ts'
import { clear, newId } from './hand.ts'

/** What people tap about cover, and what coordinators do. */
export const COVERING = [
  'ask_cover', 'take_cover', 'untake_cover', 'withdraw_cover', 'offer_swap', 'take_swap', 'decline_swap',
] as const
export const APPROVING = ['approve_cover', 'refuse_cover'] as const
type Covering = typeof COVERING[number] | typeof APPROVING[number]

/** Requests that the server has confirmed, of shifts that begin later, each with its shift. */
async function covers(hand: Hand): Promise<{ cover: CoverRequest, shift: Shift }[]> {
  const shifts = new Map((await hand.shifts()).map(s => [s.id, s]))
  const known = (await hand.tab.db.rows('cover_request').toArray()).filter(c => !('_pending' in c))
  return known.flatMap((cover) => {
    const shift = shifts.get(cover.shift_id)
    return shift && shift.starts_at > clock.stamp(60_000) ? [{ cover, shift }] : []
  })
}

/** Colleagues who would swap for a place of mine. */
async function wishes(hand: Hand): Promise<{ cover: CoverRequest, shift: Shift }[]> {
  const mine = new Set((await hand.mine()).map(a => a.id))
  return (await covers(hand)).filter(({ cover }) => cover.state === 'open' && mine.has(cover.with_assignment_id ?? ''))
}

/** A yes that waits for a coordinator: of somebody who is free, or rather of somebody who is busy by now. */
async function claimed(hand: Hand, wanted: 'free' | 'rather busy'): Promise<MutationArgs['approve_cover'] | null> {
  const [all, places] = [await covers(hand), await hand.places()]
  const waiting = all.filter(({ cover }) => cover.state === 'claimed')
  const isFree = ({ cover, shift }: typeof waiting[number]): boolean =>
    clear(shift, places.filter(p => p.responder_id === cover.taker_id && p.id !== cover.with_assignment_id))
  const one = wanted === 'free'
    ? hand.any(waiting.filter(isFree))
    : hand.any(waiting.filter(yes => !isFree(yes))) ?? hand.any(waiting)
  return one?.cover.taker_assignment_id
    ? { cover_id: one.cover.id, assignment_id: one.cover.taker_assignment_id }
    : null
}

/** What is tapped about cover, from what the phone shows. */
export const coverMoves: Moves<Covering> = {
  ask_cover: async (hand) => {
    const asked = new Set((await hand.tab.db.rows('cover_request').toArray()).map(c => c.assignment_id))
    const mine = (await hand.mine()).filter(a => a.state !== 'on_post' && !('_pending' in a) && !asked.has(a.id))
    const ahead = mine.filter(a => a.starts_at > clock.stamp(60_000))
    // rather close to the start, so that coordinators have something to approve
    const near = hand.newest(hand.chance.happens(0.8) ? ahead.filter(a => !changesHands(a, clock.stamp())) : [])
    const place = near ?? hand.any(ahead)
    return place && { cover_id: newId(), assignment_id: place.id, reason: 'work' }
  },
  take_cover: async (hand) => {
    const [mine, busy, me] = [await hand.mine(), await hand.busy(), hand.account.responder]
    const open = (await covers(hand)).filter(({ cover }) =>
      cover.state === 'open' && cover.responder_id !== me && cover.with_assignment_id === null,
    )
    const free = open.filter(({ shift }) => {
      const { hard, soft } = fatigueOf(mine, shift)
      return clear(shift, busy) && hard === null && soft.length === 0
    })
    const one = hand.any(free.filter(({ shift }) => !changesHands(shift, clock.stamp()))) ?? hand.any(free)
    return one && { cover_id: one.cover.id, assignment_id: newId() }
  },
  untake_cover: async (hand) => {
    const held = new Set((await hand.mine()).filter(a => a.state !== 'on_post').map(a => a.id))
    const mine = (await covers(hand)).filter(({ cover }) =>
      cover.taker_id === hand.account.responder && (cover.with_assignment_id === null || cover.state === 'claimed'),
    )
    const places = await hand.places()
    // rather a place that changed hands, so that claims are left for coordinators, and whose giver is still free
    const one = hand.any(mine.filter(({ cover, shift }) =>
      cover.state !== 'claimed' && held.has(cover.taker_assignment_id!) && changesHands(shift, clock.stamp(60_000))
      && clear(shift, places.filter(p => p.responder_id === cover.responder_id)),
    )) ?? hand.any(mine.filter(({ cover }) => cover.state === 'claimed'))
    return one && { cover_id: one.cover.id }
  },
  withdraw_cover: async (hand) => {
    const mine = (await covers(hand)).filter(({ cover }) => cover.responder_id === hand.account.responder)
    const open = mine.filter(({ cover }) => cover.state === 'open')
    // rather of a shift to come, so that those close to their start are left for coordinators
    const one = hand.any(open.filter(({ shift }) => changesHands(shift, clock.stamp())))
      ?? hand.any(open)
      ?? hand.any(mine.filter(({ cover }) => cover.state === 'claimed'))
    return one && { cover_id: one.cover.id }
  },
  offer_swap: async (hand) => {
    const asked = new Set((await hand.tab.db.rows('cover_request').toArray()).map(c => c.assignment_id))
    const [all, soon] = [await hand.mine(), clock.stamp(60_000)]
    // of the newest: the oldest call-out is the next to end
    const mine = hand.newest(all.filter(a =>
      a.state !== 'on_post' && !('_pending' in a) && !asked.has(a.id) && a.starts_at > soon
      && a.community_id === hand.account.ground.community,
    ))
    if (!mine) return null
    const others = all.filter(a => a.id !== mine.id)
    const places = await hand.places()
    const ahead = places.filter(p =>
      p.responder_id !== hand.account.responder && p.state !== 'on_post' && p.starts_at > soon
      && p.shift_id !== mine.shift_id && clear(p, others),
    )
    // somebody who is free at my time, or they could never say yes
    const theirs = hand.newest(ahead.filter(p =>
      clear(mine, places.filter(q => q.responder_id === p.responder_id && q.id !== p.id)),
    ))
    return theirs && { cover_id: newId(), assignment_id: mine.id, with_assignment_id: theirs.id }
  },
  take_swap: async (hand) => {
    const busy = await hand.mine()
    const one = hand.any((await wishes(hand)).filter(({ cover, shift }) => {
      const others = busy.filter(a => a.id !== cover.with_assignment_id)
      const { hard, soft } = fatigueOf(others, shift)
      return clear(shift, others) && hard === null && soft.length === 0
    }))
    return one && { cover_id: one.cover.id, assignment_id: newId(), back_assignment_id: newId() }
  },
  decline_swap: async (hand) => {
    const one = hand.any(await wishes(hand))
    return one && { cover_id: one.cover.id }
  },
  approve_cover: async hand => claimed(hand, 'free'),
  refuse_cover: async (hand) => {
    const yes = await claimed(hand, 'rather busy')
    return yes && { ...yes, reason: '另有安排' }
  },
}
