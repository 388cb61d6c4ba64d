import type { Ref } from 'vue'
import type { Days } from '#queries/rosterRows.ts'
import { computed, onScopeDispose, reactive, ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { atShanghai, DAY, dayKey, daysBetween, shanghai, startOfWeek } from '#domain/time.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { useNow } from '#queries/live.ts'
import { useSessionStore } from '#stores/session.ts'

export type PeriodView = 'week' | 'month'
/** Which week or month is shown, and how much of it fits. */
export interface Period {
  readonly view: PeriodView
  /** ms of its first day 00:00 in Asia/Shanghai: a Monday, or the first of a month */
  readonly starts: number
  /** 7, or 28 to 31 */
  readonly days: number
  /** the day (`YYYY-MM-DD`) it begins with where one day is shown: that of the address, else today */
  readonly day: string
  /** '11月23–29日', '2026年12月' */
  readonly label: string
  /** `YYYY-MM-DD` */
  readonly today: string
  /** it does not fit (under 60rem, or in 大字版); one day is shown */
  readonly oneDay: boolean
  /** forwards or back by weeks or months; 0 = the one that holds today */
  go: (by: number) => void
  /** the other view, of a week or month around the same days */
  show: (view: PeriodView) => void
}

/** ms of the first of the month `by` months after the one that holds a day. */
function firstOfMonth(day: string, by = 0): number {
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + by
  return atShanghai(`${String(Math.floor(month / 12)).padStart(4, '0')}-${String(month % 12 + 1).padStart(2, '0')}-01`)
}

/** First day and length of the week or month that holds a day (`YYYY-MM-DD`). */
export function periodOf(view: PeriodView, day: string): Days {
  if (view === 'week') return { starts: startOfWeek(atShanghai(day)), days: 7 }
  const starts = firstOfMonth(day)
  return { starts, days: daysBetween(starts, firstOfMonth(day, 1)) }
}

/**
 * A day of the other view of a week or month that begins at `starts` (ms). A week belongs to the month of its Thursday,
 * as weeks are counted: a month leads to its first week, and that week back to the month, also at the turn of months.
 */
export function dayBeside(starts: number): string {
  return dayKey(starts + 3 * DAY)
}

/**
 * The week or month shown. It stands in the address (?view=month&week=2026-11-23, any of its days), so that it can be
 * shared and survives a reload.
 * @param months whether months are offered; where they are not, a week is shown
 */
export function usePeriod(months: Readonly<Ref<boolean>> = ref(false)): Period {
  const route = useRoute()
  const router = useRouter()
  const now = useNow()
  const { preferences } = useSessionStore()
  const narrow = useMedia('(max-width: 60rem)')
  const today = computed(() => dayKey(now.value))
  const view = computed<PeriodView>(() => months.value && route.query.view === 'month' ? 'month' : 'week')
  const day = computed(() => {
    const wanted = Date.parse(`${String(route.query.week ?? '')}T00:00:00+08:00`)
    return Number.isNaN(wanted) ? today.value : dayKey(wanted)
  })
  const period = computed(() => periodOf(view.value, day.value))
  const holdsToday = ({ starts, days }: Days): boolean => {
    const at = daysBetween(starts, atShanghai(today.value))
    return at >= 0 && at < days
  }
  const move = (week: string | undefined, next = view.value): void => {
    const query = { ...route.query, week, view: next === 'month' ? next : undefined }
    void router.replace({ query })
  }
  const label = useLabel(view, period)
  return reactive({
    view,
    starts: computed(() => period.value.starts),
    days: computed(() => period.value.days),
    day,
    label,
    today,
    oneDay: computed(() => narrow.value || preferences.elder),
    go(by: number) {
      const { starts } = period.value
      const next = dayKey(view.value === 'month' ? firstOfMonth(dayKey(starts), by) : starts + by * 7 * DAY)
      move(by === 0 || holdsToday(periodOf(view.value, next)) ? undefined : next)
    },
    show(next: PeriodView) {
      move(route.query.week === undefined ? undefined : dayBeside(period.value.starts), next)
    },
  })
}

function useLabel(view: Readonly<Ref<PeriodView>>, period: Readonly<Ref<{ starts: number }>>) {
  const { t } = useI18n()
  return computed(() => {
    const from = shanghai(period.value.starts)
    if (view.value === 'month') return t('roster.month', { y: from.year, m: from.month })
    const to = shanghai(period.value.starts + 6 * DAY)
    const dates = { fm: from.month, fd: from.day, tm: to.month, td: to.day }
    return t(from.month === to.month ? 'roster.week' : 'roster.week2', dates)
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
