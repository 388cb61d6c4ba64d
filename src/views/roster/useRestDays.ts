import type { ComputedRef } from 'vue'
import { computed, shallowRef } from 'vue'

const isRest = shallowRef<((day: string) => boolean) | null>(null)

/** Which of the days are free by the statutory calendar, 调休 counted; weekends until the calendar is here. */
export function useRestDays(days: () => readonly string[]): ComputedRef<string[]> {
  if (!isRest.value) void import('chinese-days').then((lib) => { isRest.value = day => lib.isHoliday(day) }, () => undefined)
  return computed(() => days().filter(day => isRest.value ? isRest.value(day) : [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())))
}
