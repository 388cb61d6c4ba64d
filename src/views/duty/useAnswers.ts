import type { MutationArgs } from '#domain/mutations.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { useIntent } from '../shell/useIntent.ts'

/** Minutes until one can be there; 0 = here already. */
export type Eta = NonNullable<MutationArgs['accept_shift']['eta_min']>
export type Reason = MutationArgs['withdraw']['reason']
/** What a yes takes: a shift, with the offer it answers or the place a coordinator keeps for me. */
export interface Claim { shift_id: string, offer_id?: string, assignment_id?: string }

/** What a yes or a no does afterwards. `toast`: it says so with 撤销; `screen`: the screen shows it by itself. */
export type Shows = 'toast' | 'screen'

export interface Answers {
  accept: (claim: Claim, eta: Eta | null, shows: Shows) => Promise<boolean>
  decline: (claim: Claim, reason: Reason | null) => Promise<boolean>
  takeBack: (assignment_id: string) => Promise<boolean>
}

/**
 * The answers of one person to a request: 接单, 无法到岗, and taking a yes back. Each answers whether this phone kept it.
 * A place that is gone by then is refused: the waitlist is a choice of its own.
 */
export function useAnswers(): Answers {
  const { send, id } = useIntent()
  const { t } = useI18n()

  /** An intent of its own behind the yes; nobody asks why. */
  function takeBack(assignment_id: string): Promise<boolean> {
    return send('withdraw', { assignment_id, reason: 'other' }, null)
  }
  function accept(claim: Claim, eta_min: Eta | null, shows: Shows): Promise<boolean> {
    const { shift_id, offer_id = null, assignment_id = id() } = claim
    const yes = { assignment_id, shift_id, offer_id, eta_min, on_full: 'refuse', waitlist_id: id() } as const
    if (shows === 'screen') return send('accept_shift', yes, null)
    return send('accept_shift', yes, t('duty.said.accept'), () => takeBack(assignment_id))
  }
  /** A declined offer can still be accepted from the toast; a place kept by a coordinator is given up for good. */
  function decline(claim: Claim, reason: Reason | null): Promise<boolean> {
    const { offer_id = null, assignment_id = null } = claim
    const again = offer_id === null ? undefined : () => accept(claim, null, 'toast')
    return send('decline_shift', { offer_id, assignment_id, reason }, t('duty.said.decline'), again)
  }
  return { accept, decline, takeBack }
}
