import type { MutationArgs } from '#domain/mutations.ts'
import type { LeaveReason } from '#domain/words.ts'
import type { YesKind } from './answerWords.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { useDb } from '#queries/live.ts'
import { isContested, settledYes } from '#queries/ownAnswer.ts'
import { useNotice } from '#stores/notice.ts'
import { useSyncStore } from '#stores/sync.ts'
import { useIntent } from '../shell/useIntent.ts'
import { outcomeWords, yesWords } from './answerWords.ts'

/** Minutes until one can be there; 0 = here already. */
export type Eta = NonNullable<MutationArgs['accept_shift']['eta_min']>
export type Reason = LeaveReason
/** What a yes takes: a shift, with the offer it answers or the place a coordinator keeps for me. */
export interface Claim { shift_id: string, offer_id?: string, assignment_id?: string }

/** What a yes or a no does afterwards. `toast`: it says so with 撤销; `screen`: the screen shows it by itself. */
export type Shows = 'toast' | 'screen'

export interface Answers {
  accept: (claim: Claim, eta: Eta | null, shows: Shows) => Promise<boolean>
  decline: (claim: Claim, reason: Reason | null) => Promise<boolean>
  takeBack: (assignment_id: string) => Promise<boolean>
}

/** How long a toast waits for the server's answer to take its place, ms. */
const PATIENCE = 6000

/**
 * The answers of one person to a request: 接单, 无法到岗, and taking a yes back. Each answers whether this phone kept it.
 * A place that is gone by then is refused: the waitlist is a choice of its own.
 */
export function useAnswers(): Answers {
  const { send, id } = useIntent()
  const { t } = useI18n()
  const db = useDb()
  const notice = useNotice()
  const sync = useSyncStore()

  async function kindOf({ shift_id, offer_id, assignment_id }: Claim): Promise<YesKind> {
    if (assignment_id !== undefined) return 'confirm'
    return offer_id !== undefined || await isContested(db, shift_id) ? 'contest' : 'join'
  }
  /** Puts the server's answer in the place of `said`, as long as those words still stand. */
  async function follow(kind: YesKind, assignment_id: string, said: string): Promise<void> {
    const outcome = await settledYes(db, assignment_id, PATIENCE)
    const key = outcomeWords(kind, outcome)
    if (key && notice.text === said) notice.say(t(key), outcome?.state === 'granted' ? notice.undo : null)
  }
  /** An intent of its own behind the yes; nobody asks why. */
  function takeBack(assignment_id: string): Promise<boolean> {
    return send('withdraw', { assignment_id, reason: 'other' }, null)
  }
  async function accept(claim: Claim, eta_min: Eta | null, shows: Shows): Promise<boolean> {
    const { shift_id, offer_id = null, assignment_id = id() } = claim
    const yes = { assignment_id, shift_id, offer_id, eta_min, on_full: 'refuse', waitlist_id: id() } as const
    if (shows === 'screen') return send('accept_shift', yes, null)
    const kind = await kindOf(claim)
    const said = t(yesWords(kind, !['synced', 'sending'].includes(sync.status.state)))
    const kept = await send('accept_shift', yes, said, () => takeBack(assignment_id))
    if (kept) void follow(kind, assignment_id, said)
    return kept
  }
  /** A declined offer can still be accepted from the toast; a place kept by a coordinator is given up for good. */
  function decline(claim: Claim, reason: Reason | null): Promise<boolean> {
    const { offer_id = null, assignment_id = null } = claim
    const again = offer_id === null ? undefined : () => accept(claim, null, 'toast')
    return send('decline_shift', { offer_id, assignment_id, reason }, t('duty.said.decline'), again)
  }
  return { accept, decline, takeBack }
}
