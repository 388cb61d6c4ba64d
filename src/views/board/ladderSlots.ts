import type { OrgTree } from '#domain/orgTree.ts'
import type { Ladder, OfferLead } from '#domain/rows.ts'
import type { BoardData } from '#queries/boardRows.ts'
import { byName, placeLabel, sharedUnit } from '#domain/orgTree.ts'
import { ms } from '#domain/time.ts'
import { answersOf } from './calloutFigures.ts'

type Held = Pick<BoardData, 'shifts' | 'offers' | 'callouts'>
/** What people answered who were asked for a slot; keys of `board.callout`. */
const ANSWERS = ['accepted', 'live', 'declined', 'expired', 'released'] as const
export type Answer = typeof ANSWERS[number]
/** The slot of one ladder, from what this phone holds. */
export interface LadderSlot {
  /** empty places */
  missing: number
  /** it is full: nobody is asked any more, though the clock has not closed its ladder yet */
  full: boolean
  /** the building or estate that its shifts share, else what its call-out is called */
  place: string
  offers: OfferLead[]
  /** who was asked, by answer and name; answers that nobody gave are left out */
  asked: { answer: Answer, names: string[] }[]
}

/** Reads the slot of a ladder. */
export function ladderSlot(ladder: Ladder, held: Held, tree: OrgTree): LadderSlot {
  const isOfSlot = (callout: string | null, from: string, to: string): boolean =>
    callout === ladder.callout_id && ms(from) === ms(ladder.slot_starts_at) && ms(to) === ms(ladder.slot_ends_at)
  const shifts = held.shifts.filter(s => s.state === 'open' && isOfSlot(s.callout_id, s.starts_at, s.ends_at))
  const offers = held.offers.filter(o => isOfSlot(o.callout_id, o.slot_starts_at, o.slot_ends_at))
  const missing = shifts.reduce((n, s) => n + s.capacity - s.filled, 0)
  const unit = sharedUnit(tree, shifts.map(s => s.org_unit_id))
  const title = held.callouts.find(c => c.id === ladder.callout_id)?.title ?? ''
  return {
    missing,
    full: shifts.length > 0 && missing <= 0,
    place: unit ? placeLabel(tree, unit) : title,
    offers,
    asked: askedOf(offers),
  }
}

/** A person is named once, by the answer that counts, as in the figures of the call-out. */
function askedOf(offers: readonly OfferLead[]): LadderSlot['asked'] {
  const people = [...new Map(offers.map(o => [o.responder_id, o.name]))].map(([id, name]) => {
    const answers = answersOf(offers.filter(o => o.responder_id === id))
    return { name, answer: ANSWERS.find(a => answers[a] > 0) }
  })
  return ANSWERS
    .map(answer => ({ answer, names: people.filter(p => p.answer === answer).map(p => p.name).sort(byName) }))
    .filter(({ names }) => names.length > 0)
}
