import type { ComputedRef, Ref } from 'vue'
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { atShanghai, DAY, dayKey } from '#domain/time.ts'
import { useNow } from '#queries/live.ts'

/** Days from `first` to `last`, YYYY-MM-DD; `latest`: the last day that may be chosen, where there is a limit. */
export interface DaySpan {
  first: Ref<string>, last: Ref<string>, latest: ComputedRef<string | undefined>
  /** the same days, for the address of another page */
  query: ComputedRef<{ from: string, to: string }>
}

const FORM = /^\d{4}-\d{2}-\d{2}$/
const isDay = (text: unknown): text is string =>
  typeof text === 'string' && FORM.test(text) && !Number.isNaN(Date.parse(text))

/** The first day of the year: a record is of this year, if nothing else was chosen. */
export const newYear = (today: string): string => `${today.slice(0, 4)}-01-01`

/**
 * The days that a page tells of, up to today if nothing else was chosen. They stand in the address (?from=&to=), so
 * that the printed page has the same.
 * @param usual the first day where none was chosen, of the day today
 * @param most how many days there are at most
 */
export function useDaySpan(usual: (today: string) => string, most?: number): DaySpan {
  const route = useRoute()
  const router = useRouter()
  const now = useNow()
  const today = computed(() => dayKey(now.value))
  const from = computed(() => isDay(route.query.from) ? route.query.from : usual(today.value))
  const latest = computed(() => most === undefined ? undefined : dayKey(atShanghai(from.value) + (most - 1) * DAY))
  const to = computed(() => {
    const day = isDay(route.query.to) ? route.query.to : today.value
    if (day < from.value) return from.value
    return latest.value !== undefined && day > latest.value ? latest.value : day
  })
  const query = computed(() => ({ from: from.value, to: to.value }))
  const choose = (more: Partial<typeof query.value>): void => {
    void router.replace({ query: { ...route.query, ...query.value, ...more } })
  }
  const first = computed({ get: () => from.value, set: day => choose({ from: day }) })
  const last = computed({ get: () => to.value, set: day => choose({ to: day }) })
  return { first, last, latest, query }
}
