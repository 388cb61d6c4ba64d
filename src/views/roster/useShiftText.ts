import type { ComputedRef } from 'vue'
import type { Roster } from './useRoster.ts'
import { computed } from 'vue'
import { whenText } from '#domain/timeText.ts'
import { useTimeWords } from '#i18n/useI18n.ts'
import { useNow } from '#queries/live.ts'

/** The chosen shift in words: '11月24日 周二 08:00–14:00 · 6栋 单元门岗'; '' = none is chosen. */
export function useShiftText(week: Roster): ComputedRef<string> {
  const now = useNow()
  const words = useTimeWords()
  return computed(() => {
    const { where, shift } = week
    return where && shift ? `${whenText(shift, now.value, words.value)} · ${where.place} ${where.post_name}` : ''
  })
}
