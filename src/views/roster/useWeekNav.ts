import type { ComputedRef } from 'vue'
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { DAY, dayKey, shanghai, startOfWeek } from '#domain/time.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { useNow } from '#queries/useNow.ts'

export interface WeekNav {
  /** ms of the Monday 00:00 shown */
  starts: ComputedRef<number>
  /** '11月23–29日' */
  label: ComputedRef<string>
  today: ComputedRef<string>
  go: (weeks: number) => void
}

/** The week shown, kept in the address (?week=2026-11-23) so that it can be shared and survives a reload. */
export function useWeekNav(): WeekNav {
  const route = useRoute()
  const router = useRouter()
  const now = useNow()
  const { t } = useI18n()
  const today = computed(() => dayKey(now.value))
  const starts = computed(() => {
    const asked = Date.parse(`${String(route.query.week ?? '')}T00:00:00+08:00`)
    return startOfWeek(Number.isNaN(asked) ? today.value : asked)
  })
  const label = computed(() => {
    const from = shanghai(starts.value)
    const to = shanghai(starts.value + 6 * DAY)
    return t(from.month === to.month ? 'roster.week' : 'roster.week2', { fm: from.month, fd: from.day, tm: to.month, td: to.day })
  })
  return { starts, label, today, go: weeks => void router.replace({ query: { ...route.query, week: weeks === 0 ? undefined : dayKey(starts.value + weeks * 7 * DAY) } }) }
}
