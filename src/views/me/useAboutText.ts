import type { IntentAbout } from '#queries/intentAbout.ts'
import { whenText } from '#domain/timeText.ts'
import { useI18n, useTimeWords } from '#i18n/useI18n.ts'

/** Says what a line of the queue is about, '梧桐苑 6栋 · 单元门岗 · 今晚 20:00–23:00'; '' where this phone cannot know. */
export function useAboutText(): (about: IntentAbout | undefined, now: number) => string {
  const { t } = useI18n()
  const words = useTimeWords()
  return (about, now) => {
    if (!about?.place) return about?.title ?? ''
    const { place_name: place, post_name: post } = about.place
    return `${t('shell.place', { place, post })} · ${whenText(about.place, now, words.value)}`
  }
}
