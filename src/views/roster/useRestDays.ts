import type { Ref } from 'vue'
import type { HolidayTable } from '#domain/restDays.ts'
import { computed, shallowRef } from 'vue'
import { isRestDay, NO_HOLIDAYS, unknownYears } from '#domain/restDays.ts'

/** loaded once for all screens; null until then */
const table = shallowRef<HolidayTable | null>(null)

/** Only the dates of the package: its functions ask for the phone's own day, which west of Greenwich is another. */
function load(): void {
  import('chinese-days/dist/chinese-days.json').then((file) => { table.value = file.default }, () => {
    // then nothing is known of any year, and the screen says so
    table.value = NO_HOLIDAYS
  })
}

/** The table of public holidays; null until it is loaded. */
export function useHolidays(): Readonly<Ref<HolidayTable | null>> {
  if (!table.value) load()
  return table
}

/** Of the days shown: those that are free, and the years whose holidays are not known, so that only weekends are. */
export interface RestDays { restDays: Readonly<Ref<string[]>>, unknownYears: Readonly<Ref<number[]>> }

/** The free days among `days` (YYYY-MM-DD); weekends alone until the table is loaded. */
export function useRestDays(days: Readonly<Ref<string[]>>): RestDays {
  if (!table.value) load()
  return {
    restDays: computed(() => days.value.filter(day => isRestDay(day, table.value ?? NO_HOLIDAYS))),
    unknownYears: computed(() => table.value ? unknownYears(days.value, table.value) : []),
  }
}
