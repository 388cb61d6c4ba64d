import type { Fatigue } from '#domain/fatigue.ts'
import type { Absence } from '#domain/personTimes.ts'
import type { MyAssignment } from '#domain/rows.ts'
import { absenceText } from '#domain/absence.ts'
import { minutesText, spanText } from '#domain/timeText.ts'
import { useI18n, useTimeWords } from '#i18n/useI18n.ts'

type Clash = Pick<MyAssignment, 'place_name' | 'starts_at' | 'ends_at'>
type Against = Pick<Fatigue, 'hard' | 'soft'> & { clash: Clash | null, away: Absence | null, lacks: string | null }

export interface AgainstWords {
  /** rules of rest, in words; '' = none */
  limits: (of: Pick<Fatigue, 'hard' | 'soft'>) => string
  /** why the person cannot take a shift, in words; null = nothing speaks against it */
  stopOf: (against: Against | undefined) => string | null
  /** that it asks for a skill they have not, in words: they cannot wait for it either */
  unfitFor: (against: Against | undefined) => string | null
  /** that it lies inside an own absence, in words; that stops nobody */
  awayOf: (against: Against | undefined) => string | null
  /** how long they stood in the last 24 h */
  served: (minutes: number) => string
}

/**
 * What is to be known before a yes: a skill it asks for, an own shift at the same time, rules of rest, an own absence,
 * and the time already stood.
 */
export function useAgainst(): AgainstWords {
  const { t } = useI18n()
  const words = useTimeWords()
  const limits: AgainstWords['limits'] = ({ hard, soft }) =>
    [hard, ...soft].filter(l => l !== null).map(l => t(`duty.limit.${l}`)).join(t('shell.listComma'))
  const unfitFor = (against: Against | undefined): string | null =>
    against?.lacks ? t('duty.callout.lacks', { skill: against.lacks }) : null
  function stopOf(against: Against | undefined): string | null {
    if (!against) return null
    const { clash, hard } = against
    const unfit = unfitFor(against)
    if (unfit) return unfit
    if (clash) return t('duty.callout.clash', { place: clash.place_name, span: spanText(clash, words.value) })
    const why = limits(against)
    return why === '' ? null : t(hard ? 'duty.callout.over' : 'duty.callout.tired', { why })
  }
  const served = (minutes: number): string =>
    minutes > 0 ? t('duty.hours24', { amount: minutesText(minutes, words.value) }) : t('duty.hours24None')
  const awayOf = (against: Against | undefined): string | null =>
    against?.away ? t('duty.away', { when: absenceText(against.away, words.value) }) : null
  return { limits, stopOf, unfitFor, awayOf, served }
}
