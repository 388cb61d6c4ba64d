import type { MyOffer } from '#domain/rows.ts'
import { MINUTE, ms } from '#domain/time.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { useNotice } from '#stores/notice.ts'
import { useClaim } from '../shell/useClaim.ts'
import { useIntent } from '../shell/useIntent.ts'

export type Eta = 0 | 5 | 15 | 30
export type Reason = 'work' | 'ill' | 'away' | 'other'
type Asked = Pick<MyOffer, 'id' | 'shift_id'>

/** A shift that runs or starts within 30 min asks how soon one can be there (R8). */
export function asksEta(shift: { starts_at: string }, now: number): boolean {
  return ms(shift.starts_at) <= now + 30 * MINUTE
}

/** Answers to requests. Each tap is durable at once; taking it back is an intent of its own. */
export function useAnswer() {
  const { send, id } = useIntent()
  const notice = useNotice()
  const { t } = useI18n()
  const claim = useClaim()

  /** Answers the id of the assignment the claim is for, or null when it could not be recorded. */
  async function accept(shiftId: string, offer: Asked | null, eta: Eta | null, quiet = false): Promise<string | null> {
    const assignment_id = id()
    const sent = await claim(shiftId, () => send('accept_shift', { assignment_id, shift_id: shiftId, offer_id: offer?.id ?? null, eta_min: eta, on_full: 'refuse', waitlist_id: id() }))
    if (!sent) return null
    // the call-out screen says all of it itself
    if (!quiet) notice.say(t('duty.said.accept'), () => void send('withdraw', { assignment_id, reason: 'other' }))
    return assignment_id
  }
  async function confirm(card: { id: string, shift_id: string }, eta: Eta | null): Promise<void> {
    const sent = await claim(card.shift_id, () => send('accept_shift', { assignment_id: card.id, shift_id: card.shift_id, offer_id: null, eta_min: eta, on_full: 'refuse', waitlist_id: id() }))
    if (sent) notice.say(t('duty.said.accept'), () => void send('withdraw', { assignment_id: card.id, reason: 'other' }))
  }
  async function decline(what: { offer: Asked | null, assignment: string | null }, reason: Reason | null): Promise<boolean> {
    const { offer } = what
    const sent = await send('decline_shift', { offer_id: offer?.id ?? null, assignment_id: what.assignment, reason })
    if (!sent) return false
    notice.say(t('duty.said.decline'), offer ? () => void accept(offer.shift_id, offer, null) : null)
    return true
  }
  async function withdraw(assignmentId: string, reason: Reason): Promise<boolean> {
    const sent = await send('withdraw', { assignment_id: assignmentId, reason })
    if (sent) notice.say(t('duty.said.withdraw'))
    return sent !== null
  }
  return { accept, confirm, decline, withdraw, send }
}
