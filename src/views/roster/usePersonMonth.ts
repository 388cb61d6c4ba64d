import type { PersonMonth } from '#domain/personMonth.ts'
import type { Span } from '#domain/span.ts'
import type { Roster, RosterOf } from './useRoster.ts'
import { computed, reactive, ref } from 'vue'
import { personMonth } from '#domain/personMonth.ts'
import { calendarOf, NO_HOLIDAYS } from '#domain/restDays.ts'
import { spanOf } from '#domain/span.ts'
import { atShanghai, DAY, dayKey, ms } from '#domain/time.ts'
import { absencesKnown } from '#queries/absenceRows.ts'
import { useDb, useLiveQuery } from '#queries/live.ts'
import { personTurns } from '#queries/personTurns.ts'
import { useHolidays } from './useRestDays.ts'

/** How far beyond the month the turns beside a shift are looked for. */
const AROUND = 31 * DAY

/** The month of one candidate; read only while somebody looks at it. */
export interface Glance {
  /** whose month is open; null = nobody's */
  person: string | null
  readonly month: PersonMonth<Span & { where: string }> | null
}

/** Somebody's month around the chosen shift, which is the month that the shift begins in. */
export function usePersonMonth(of: Readonly<RosterOf>, roster: Roster): Glance {
  const db = useDb()
  const person = ref<string | null>(null)
  const holidays = useHolidays()
  const month = computed<Span>(() => {
    const first = atShanghai(`${dayKey(roster.shift?.starts_at ?? of.starts).slice(0, 8)}01`)
    return spanOf(first, atShanghai(`${dayKey(first + 32 * DAY).slice(0, 8)}01`))
  })
  const rows = useLiveQuery(async () => {
    if (!of.community || person.value === null) return null
    const { starts_at, ends_at } = month.value
    const [from, to] = [ms(starts_at) - AROUND, ms(ends_at) + AROUND]
    const turns = await personTurns(db, of.community, person.value, from, to)
    return { id: person.value, turns, absences: (await absencesKnown(db)).get(person.value) ?? [] }
  }, () => `${of.community} ${person.value} ${month.value.starts_at}`)
  const found = computed(() => {
    const { shift } = roster
    if (!shift || !rows.value || rows.value.id !== person.value) return null
    const turns = rows.value.turns.map(({ starts_at, ends_at, org_unit_id, post_name }) =>
      ({ starts_at, ends_at, where: `${roster.names.placeName(org_unit_id)} ${post_name}` }))
    const calendar = calendarOf(holidays.value ?? NO_HOLIDAYS)
    return personMonth(turns, month.value, shift, calendar, rows.value.absences)
  })
  return reactive({ person, month: found })
}
