import type { MyAssignment } from '#domain/rows.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { useNow } from '#queries/live.ts'
import { saveFile } from '../import/saveFile.ts'

/** Own shifts for the calendar of the phone: one file, which the phone opens. */
export function useCalendar(): { addToCalendar: (cards: readonly MyAssignment[]) => Promise<void> } {
  const { t } = useI18n()
  const now = useNow()
  async function addToCalendar(cards: readonly MyAssignment[]): Promise<void> {
    const turns = cards.map((card) => {
      const summary = t(card.callout_kind === 'drill' ? 'duty.calendar.drill' : 'duty.calendar.summary', {
        post: card.post_name, place: card.place_name,
      })
      const parts = [card.task, card.kit && t('duty.calendar.kit', { kit: card.kit })].filter(Boolean)
      const { id, starts_at, ends_at, state } = card
      const place = `${card.community_name} ${card.place_name}`
      const shown = state === 'assigned' ? 'tentative' as const : 'confirmed' as const
      const description = parts.join('\n')
      return { id, starts_at, ends_at, summary, place, description, state: shown, changed_at: now.value }
    })
    const { calendarOf } = await import('#io/calendar.ts')
    saveFile(`${t('duty.calendar.file')}.ics`, calendarOf(turns), 'text/calendar;charset=utf-8')
  }
  return { addToCalendar }
}
