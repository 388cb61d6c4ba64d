import type { ComputedRef, Ref } from 'vue'
import type { Standing } from './navItems.ts'
import { computed, shallowRef, watch } from 'vue'
import { LEAD_ROLES } from '#domain/roles.ts'
import { dutyRows, needsMe } from '#queries/dutyRows.ts'
import { useDb, useLiveQuery } from '#queries/live.ts'
import { messagesNeedingMe } from '#queries/messageRows.ts'
import { waitingReports } from '#queries/waitingReports.ts'
import { admits } from './navItems.ts'

type TodayRows = typeof import('#queries/todayRows.ts')

/**
 * What waits for the person, by place of the main navigation. What 今天 needs is read only for who leads, by a part that
 * others never fetch: once a minute and on each `page`, not after each change of a row, because it reads a third of all
 * tables, and a coordinator who plans a month changes rows with every key.
 */
export function useNavCounts(
  standing: Readonly<Ref<Standing>>, community: Readonly<Ref<string | null>>, now: Readonly<Ref<number>>,
  page: () => string,
): ComputedRef<Record<string, number>> {
  const db = useDb()
  const minute = computed(() => Math.floor(now.value / 60_000))
  const own = useLiveQuery(
    async () => ({ duty: needsMe(await dutyRows(db, now.value)), messages: await messagesNeedingMe(db, now.value) }),
    () => minute.value,
  )
  const leads = computed(() => admits(LEAD_ROLES, standing.value))
  const today = shallowRef<TodayRows | null>(null)
  watch(leads, (yes) => {
    // a part that cannot be fetched leaves the number away; the page itself says so
    if (yes && !today.value) import('#queries/todayRows.ts').then((rows) => { today.value = rows }, () => undefined)
  }, { immediate: true })
  const desk = shallowRef<Record<string, number>>({})
  watch([minute, today, community, leads, page], async ([, rows, here, yes]) => {
    desk.value = rows && here && yes
      ? { today: await rows.needsToday(db, here, now.value), people: await waitingReports(db, here) }
      : {}
  }, { immediate: true })
  return computed(() => ({ ...own.value, ...desk.value }))
}
