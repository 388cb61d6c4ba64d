import type { OfferLead } from '#domain/rows.ts'
import type { Span } from '#domain/span.ts'
import type { OfferState } from '#domain/words.ts'
import type { BoardData } from '#queries/boardRows.ts'
import { spanOf } from '#domain/span.ts'
import { ms } from '#domain/time.ts'

/** People of a call-out by what they answered, each once, so that the parts add up to `asked`. */
export interface Answers {
  asked: number, accepted: number, declined: number, expired: number, live: number
  /** told that they need not come, or asked no more */
  released: number
}
export interface CalloutFigures extends Answers {
  filled: number, capacity: number
  /** from the first start to the last end; null without a shift */
  span: Span | null
  /** shifts that have not started */
  ahead: number
}

/** What a person's offers come to: a yes to one of them is a yes; who may still answer is not silent. */
const WEIGHT = ['accepted', 'sent', 'declined', 'expired', 'withdrawn'] as const satisfies readonly OfferState[]

/** Counts people, not offers: somebody asked for three slots is one person. SQL: private.report_people. */
export function answersOf(offers: readonly Pick<OfferLead, 'responder_id' | 'state'>[]): Answers {
  const best = new Map<string, OfferState>()
  for (const { responder_id, state } of offers) {
    const known = best.get(responder_id)
    if (!known || WEIGHT.indexOf(state) < WEIGHT.indexOf(known)) best.set(responder_id, state)
  }
  const count = (state: OfferState): number => [...best.values()].filter(s => s === state).length
  return {
    asked: best.size,
    accepted: count('accepted'),
    declined: count('declined'),
    expired: count('expired'),
    live: count('sent'),
    released: count('withdrawn'),
  }
}

function wholeSpan(shifts: readonly Span[]): Span | null {
  if (!shifts.length) return null
  return spanOf(Math.min(...shifts.map(s => ms(s.starts_at))), Math.max(...shifts.map(s => ms(s.ends_at))))
}

/** The figures of one call-out, from what this phone holds. */
export function calloutFigures(
  id: string,
  data: Pick<BoardData, 'shifts' | 'offers'>,
  now: number,
): CalloutFigures {
  const shifts = data.shifts.filter(s => s.callout_id === id && s.state === 'open')
  const offers = data.offers.filter(o => o.callout_id === id)
  return {
    filled: shifts.reduce((n, s) => n + s.filled, 0),
    capacity: shifts.reduce((n, s) => n + s.capacity, 0),
    ...answersOf(offers),
    span: wholeSpan(shifts),
    ahead: shifts.filter(s => ms(s.starts_at) > now).length,
  }
}
