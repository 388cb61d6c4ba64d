import type { ComputedRef } from 'vue'
import type { Matrix } from '#components/roster/matrix.ts'
import type { Days, RosterData } from '#queries/rosterRows.ts'
import type { Roster, RosterOf } from './useRoster.ts'
import { computed } from 'vue'
import { buildMatrix } from '#components/roster/buildMatrix.ts'
import { atShanghai, DAY, daysBetween, ms } from '#domain/time.ts'
import { useDb, useLiveQuery } from '#queries/live.ts'
import { rosterRows } from '#queries/rosterRows.ts'

type Found = RosterData['rosters'][number] | undefined

/**
 * The draft that a plan for some days goes into: the shortest that holds them all, so that a week of a month that is
 * being drafted stays part of it; undefined = none does, and they get one of their own. A roster may be as long as 93
 * days (`app.roster`).
 */
export function draftFor(rosters: RosterData['rosters'], first: string, last: string): Found {
  const length = (r: NonNullable<Found>): number => daysBetween(atShanghai(r.starts_on), atShanghai(r.ends_on))
  return rosters
    .filter(r => r.state === 'draft' && r.starts_on <= first && r.ends_on >= last)
    .sort((a, b) => length(a) - length(b) || (a.id < b.id ? -1 : 1))[0]
}
/**
 * All days of the drafts that have a shift on the days shown: a draft is published as a whole, so what publishing
 * changes may lie outside. Undefined until they are read.
 */
export function useDrafted(of: Readonly<RosterOf>, week: Roster): ComputedRef<Matrix | undefined> {
  const db = useDb()
  const drafts = computed(() => {
    // a day before and after is read as well, for clashes: a draft that only begins there is not of these days
    const [from, end] = [of.starts, of.starts + of.days * DAY]
    const here = (week.data?.shifts ?? []).filter(s => ms(s.starts_at) >= from && ms(s.starts_at) < end)
    const ids = new Set(here.filter(s => s.state === 'draft').map(s => s.roster_id))
    return (week.data?.rosters ?? []).filter(r => ids.has(r.id))
  })
  const reach = computed<Days>((was) => {
    const end = of.starts + of.days * DAY
    const from = Math.min(of.starts, ...drafts.value.map(r => atShanghai(r.starts_on)))
    const last = Math.max(end, ...drafts.value.map(r => atShanghai(r.ends_on) + DAY))
    // the night that begins on the last day of a roster may have a shift after midnight
    const ids = new Set(drafts.value.map(r => r.id))
    const late = (week.data?.shifts ?? []).some(s => ids.has(s.roster_id ?? '') && ms(s.starts_at) >= end)
    const days = daysBetween(from, late || last > end ? last + DAY : last)
    return was && was.starts === from && was.days === days ? was : { starts: from, days }
  })
  const inside = computed(() => reach.value.starts === of.starts && reach.value.days === of.days)
  const rows = useLiveQuery(
    async () => inside.value || !of.community ? undefined : rosterRows(db, of.community, reach.value),
    () => [of.community, reach.value, inside.value],
  )
  return computed(() => {
    if (inside.value) return week.whole
    return rows.value && buildMatrix({ ...rows.value, ...reach.value, ...week.names })
  })
}
