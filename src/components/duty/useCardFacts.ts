import type { MyAssignment, MyOffer } from '#domain/rows.ts'
import type { Fact } from '../ui/fact.ts'
import { spokenNumber } from '#domain/spokenNumber.ts'
import { useI18n } from '#i18n/useI18n.ts'

type Place = Pick<MyAssignment | MyOffer, 'kit' | 'contact' | 'duty_line'>

/** Who with, what to bring, whom to call: the last three facts of every shift, in this order. `reveal` = the line may be dialled. */
export function useCardFacts(): (place: Place, mates: string, reveal: boolean) => Fact[] {
  const { t } = useI18n()
  return (place, mates, reveal) => {
    const who = place.contact ?? t('shell.dutyLine')
    const call = place.duty_line && reveal
      ? {
          href: `tel:${place.duty_line.replace(/[^\d+]/g, '')}`,
          text: t('shell.call'),
          name: t('shell.callWho', { who }),
        }
      : null
    return [
      { key: 'with', icon: 'people', label: t('shell.fact.with'), value: mates },
      { key: 'kit', icon: 'kit', label: t('shell.fact.kit'), value: place.kit ?? t('shell.fact.ownKit') },
      {
        key: 'contact',
        icon: 'phone',
        label: t('shell.fact.contact'),
        value: who,
        small: reveal ? place.duty_line && spokenNumber(place.duty_line) : t('duty.phoneLater'),
        call,
      },
    ]
  }
}
