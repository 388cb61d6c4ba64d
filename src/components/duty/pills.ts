import type { CoverRequest, MyAssignment } from '#domain/rows.ts'
import type { Below } from '#i18n/keys.ts'
import type { IconName, StateColour } from '../ui/kit.ts'
import { assertNever } from '#domain/codes.ts'

/** A pill of a card; `key` is under `duty.pill`. */
export interface Pill { st: StateColour, icon: IconName, key: Below<'duty.pill'> }
type Card = Pick<MyAssignment, 'state'> & { _pending?: string }

const CONFIRMED: Pill = { st: 'on', icon: 'st-done', key: 'confirmed' }
const LOCAL: Pill = { st: 'wait', icon: 'st-local', key: 'local' }

/** That cover is asked for a place, or a swap, or that it waits for a coordinator. */
export function coverPill({ state, with_assignment_id }: Pick<CoverRequest, 'state' | 'with_assignment_id'>): Pill {
  const isClaimed = state === 'claimed'
  const key = with_assignment_id === null
    ? isClaimed ? 'coverClaimed' as const : 'coverAsked' as const
    : isClaimed ? 'swapClaimed' as const : 'swapAsked' as const
  return { st: 'hand', icon: 'st-hand', key }
}

/** The states a card shows: what it is, and whether the server has said so. `running` = 平时 and within its span. */
export function pillsOf(card: Card, running: boolean): Pill[] {
  switch (card.state) {
    case 'assigned':
      return [{ st: 'wait', icon: 'st-wait', key: 'assigned' }]
    case 'accepted':
      return running && !card._pending
        ? [{ st: 'on', icon: 'st-on', key: 'serving' }]
        : [
            { st: card._pending ? 'wait' : 'acc', icon: 'check', key: 'accepted' },
            card._pending ? LOCAL : CONFIRMED,
          ]
    case 'on_post':
      return [
        card._pending ? { st: 'wait', icon: 'st-local', key: 'arriving' } : { st: 'on', icon: 'st-on', key: 'onPost' },
      ]
    case 'relieved':
    case 'done':
      return [
        card._pending
          ? { st: 'wait', icon: 'st-local', key: 'leaving' }
          : { st: 'idle', icon: 'st-done', key: 'done' },
      ]
    case 'withdrawn':
      return [
        card._pending
          ? { st: 'wait', icon: 'st-local', key: 'withdrawing' }
          : { st: 'idle', icon: 'st-full', key: 'withdrawn' },
      ]
    case 'released':
      return [{ st: 'idle', icon: 'st-full', key: 'released' }]
    case 'not_arrived':
      return [{ st: 'vac', icon: 'st-vac', key: 'notArrived' }]
    default:
      return assertNever(card.state)
  }
}
