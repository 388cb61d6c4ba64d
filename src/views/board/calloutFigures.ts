import type { BoardData } from '#queries/boardRows.ts'
import { ms } from '#domain/time.ts'

export interface CalloutFigures {
  filled: number, capacity: number
  asked: number, accepted: number, declined: number, expired: number, live: number
  /** shifts that have not started, and people a stand-down would tell: those asked and those who hold such a place */
  ahead: number, told: number
}

/** The figures of one call-out, from what this phone holds. */
export function calloutFigures(
  id: string,
  data: Pick<BoardData, 'shifts' | 'offers' | 'assignments'>,
  now: number,
): CalloutFigures {
  const shifts = data.shifts.filter(s => s.callout_id === id && s.state === 'open')
  const offers = data.offers.filter(o => o.callout_id === id)
  const ahead = new Set(shifts.filter(s => ms(s.starts_at) > now).map(s => s.id))
  const count = (state: string): number => offers.filter(o => o.state === state).length
  const asked = offers.filter(o => o.state === 'sent')
  const bound = data.assignments.filter(a => a.state === 'assigned' || a.state === 'accepted')
  const told = new Set([...asked, ...bound.filter(a => ahead.has(a.shift_id))].map(row => row.responder_id))
  return {
    filled: shifts.reduce((n, s) => n + s.filled, 0),
    capacity: shifts.reduce((n, s) => n + s.capacity, 0),
    asked: offers.length,
    accepted: count('accepted'),
    declined: count('declined'),
    expired: count('expired'),
    live: count('sent'),
    ahead: ahead.size,
    told: told.size,
  }
}
