import type { Foldable } from '#queries/foldMessages.ts'
import { whenText } from '#domain/timeText.ts'
import { useI18n, useTimeWords } from '#i18n/useI18n.ts'
import { leadEventText } from '../board/leadEventWords.ts'

/** One message in one line: of an event what happened, then where and when; each of several may name somebody else. */
export function useMessageLine(): (m: Foldable, now: number) => string {
  const { t } = useI18n()
  const words = useTimeWords()
  return (m, now) => {
    const { post_name, starts_at, ends_at } = (m.kind === 'notice' ? m.notice : m.place) ?? {}
    const place_name = m.kind === 'notice' ? m.where : m.place?.place_name
    return [
      m.kind === 'lead_event' ? leadEventText(m.event, t) : '',
      place_name && post_name ? t('shell.place', { place: place_name, post: post_name }) : place_name,
      starts_at && ends_at ? whenText({ starts_at, ends_at }, now, words.value) : '',
    ].filter(Boolean).join(' · ')
  }
}
