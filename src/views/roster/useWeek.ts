import { computed, onScopeDispose, reactive, ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { DAY, dayKey, shanghai, startOfWeek } from '#domain/time.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { useNow } from '#queries/live.ts'
import { useSessionStore } from '#stores/session.ts'

/** Which week is shown, and how much of it fits. */
export interface Week {
  /** ms of the Monday 00:00 in Asia/Shanghai */
  readonly starts: number
  /** '11月23–29日' */
  readonly label: string
  /** `YYYY-MM-DD` */
  readonly today: string
  /** the week does not fit (under 60rem, or in 大字版); one day is shown */
  readonly oneDay: boolean
  /** forwards or back by weeks; 0 = this week */
  go: (weeks: number) => void
}

/** The week shown, kept in the address (?week=2026-11-23) so that it can be shared and survives a reload. */
export function useWeek(): Week {
  const route = useRoute()
  const router = useRouter()
  const now = useNow()
  const { t } = useI18n()
  const { preferences } = useSessionStore()
  const narrow = useMedia('(max-width: 60rem)')
  const today = computed(() => dayKey(now.value))
  const starts = computed(() => {
    const wanted = Date.parse(`${String(route.query.week ?? '')}T00:00:00+08:00`)
    return startOfWeek(Number.isNaN(wanted) ? today.value : wanted)
  })
  const label = computed(() => {
    const from = shanghai(starts.value)
    const to = shanghai(starts.value + 6 * DAY)
    const dates = { fm: from.month, fd: from.day, tm: to.month, td: to.day }
    return t(from.month === to.month ? 'roster.week' : 'roster.week2', dates)
  })
  return reactive({
    starts,
    label,
    today,
    oneDay: computed(() => narrow.value || preferences.elder),
    go(weeks: number) {
      const week = weeks === 0 ? undefined : dayKey(starts.value + weeks * 7 * DAY)
      void router.replace({ query: { ...route.query, week } })
    },
  })
}

/** Whether a media query holds now. */
function useMedia(query: string) {
  const media = window.matchMedia(query)
  const holds = ref(media.matches)
  const follow = (): void => { holds.value = media.matches }
  media.addEventListener('change', follow)
  onScopeDispose(() => media.removeEventListener('change', follow))
  return holds
}
