import type { MatrixShift } from './matrix.ts'
import { hhmm } from '#domain/time.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { signsOf } from './cellSigns.ts'

/** What a short cell of a month says to who does not see it: all names, and each sign in words. */
export function useCellWords(): { all: (shift: MatrixShift | null, where: string) => string } {
  const { t } = useI18n()
  function all(shift: MatrixShift | null, where: string): string {
    if (!shift) return `${where}${t('roster.cell.noShift')}`
    const people = shift.people.length > 0 ? shift.people.map(p => p.name) : [t('roster.cell.nobody')]
    const draft = shift.state === 'draft' ? [t('roster.cell.draft')] : []
    const signs = signsOf(shift).map(({ key, n }) => {
      if (key === 'drill') return t('shell.mode.drill')
      if (key === 'pending') return t('shell.pending')
      if (key === 'edited') return t('roster.cell.edited', { name: shift.edited_by!, at: hhmm(shift.edited_at!) })
      return n === null ? t(`roster.cell.${key}`) : t(`roster.cell.${key}`, { n })
    })
    return `${where}${[...people, ...draft, ...signs].join(t('roster.and'))}`
  }
  return { all }
}
