import type { Assignment, MyAssignment, MyOffer } from '#domain/rows.ts'
import type { Fact } from '../ui/kit.ts'
import { dialLink } from '#domain/dutyLine.ts'
import { spokenNumber } from '#domain/spokenNumber.ts'
import { useI18n } from '#i18n/useI18n.ts'

type Place = Pick<MyAssignment | MyOffer, 'kit' | 'contact' | 'duty_line'> & { skill?: string | null | undefined }

export interface CardFacts {
  /** The names of those on the shift with me; who is on post already is marked. */
  mateNames: (mates: readonly Pick<Assignment, 'name' | 'state'>[]) => string[]
  /**
   * What it asks for, where it asks for something; who with, what to bring, who to call: the last facts of every shift,
   * in this order.
   * `reveal` = the number may be shown and dialled.
   */
  facts: (place: Place, mates: readonly string[], reveal: boolean) => Fact[]
}

/** The facts of a shift in the language now chosen. */
export function useCardFacts(): CardFacts {
  const { t } = useI18n()
  const mateNames: CardFacts['mateNames'] = mates =>
    mates.map(m => m.state === 'on_post' ? t('duty.mate.here', { name: m.name }) : m.name)

  const facts: CardFacts['facts'] = (place, mates, reveal) => {
    const who = place.contact ?? t('shell.dutyLine')
    const number = reveal ? place.duty_line : null
    const together = mates.join(t('shell.listComma')) || t('shell.fact.alone')
    return [
      ...place.skill
        ? [{ key: 'skill', icon: 'check', label: t('shell.fact.skill'), value: place.skill } as const]
        : [],
      { key: 'with', icon: 'people', label: t('shell.fact.with'), value: together },
      { key: 'kit', icon: 'kit', label: t('shell.fact.kit'), value: place.kit ?? t('shell.fact.ownKit') },
      {
        key: 'contact',
        icon: 'phone',
        label: t('shell.fact.contact'),
        value: who,
        // without a duty line there is no number to come
        small: reveal ? number && spokenNumber(number, t('shell.extension')) : place.duty_line && t('duty.phoneLater'),
        call: number
          ? { href: dialLink(number), text: t('shell.call'), name: t('shell.callWho', { who }) }
          : null,
      },
    ]
  }
  return { mateNames, facts }
}
