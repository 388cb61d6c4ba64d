import type { Key } from '#i18n/keys.ts'
import type { YesOutcome } from '#queries/ownAnswer.ts'
import { knownCode } from '#i18n/known.ts'

/** What a yes is given to: a place kept for me, one that others are asked for too, or a free place of a roster. */
export type YesKind = 'confirm' | 'contest' | 'join'

/**
 * The words of a yes that this phone has kept: what happens to it next, and never more. `offline` = nothing is sent
 * before there is a network. Nobody contests a place that a coordinator keeps for the person.
 */
export function yesWords(kind: YesKind, offline: boolean): Key {
  return `duty.said.${kind}.${offline ? 'offline' : 'online'}`
}

/** The words that take their place once the server has answered; null while it has not. */
export function outcomeWords(kind: YesKind, outcome: YesOutcome | null): Key | null {
  switch (outcome?.state) {
    case undefined:
    case 'pending': return null
    case 'granted': return kind === 'confirm' ? 'duty.said.confirmed' : 'duty.granted.title'
    case 'answered': return `codes.verdict.${knownCode(outcome.code)}.text`
  }
}
