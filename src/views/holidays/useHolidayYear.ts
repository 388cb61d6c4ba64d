import type { HolidayDay, HolidaySpan } from '#domain/holidayDays.ts'
import type { NoticeDoubt } from '#io/holidayNotice.ts'
import { computed, onMounted, reactive, ref, shallowRef } from 'vue'
import { holidays, saveHolidays } from '#actions/holidays.ts'
import { daysAfter, holidaySpans } from '#domain/holidayDays.ts'
import { useI18n, useSetbackText } from '#i18n/useI18n.ts'
import { readHolidayNotice, yearOfNotice } from '#io/holidayNotice.ts'
import { useDeps } from '../shell/deps.ts'

/** One year's calendar while an admin works on it. */
export interface HolidayYear {
  readonly year: number
  choose: (year: number) => Promise<void>
  /** null until the server has answered */
  readonly spans: HolidaySpan[] | null
  readonly doubts: NoticeDoubt[]
  /** why the last request did not succeed, in words */
  readonly error: string | null
  /** something differs from what the server has */
  readonly changed: boolean
  /** puts what a notice says in place of the list, of the year its title names; answers how many days it found */
  read: (notice: string) => Promise<number>
  add: (span: Omit<HolidaySpan, 'days'>) => void
  remove: (span: HolidaySpan) => void
  /** answers whether the server has it now */
  save: () => Promise<boolean>
}

/** A list of days as a text that is equal for equal lists, in whatever order. */
const listed = (days: readonly HolidayDay[]): string =>
  days.map(({ day, kind, name }) => `${day} ${kind} ${name}`).sort().join()

/** The calendar of one of these years, the first at first, from the server and back. */
export function useHolidayYear(years: readonly number[]): HolidayYear {
  const { server } = useDeps()
  const { t } = useI18n()
  const text = useSetbackText()
  const year = ref(years[0]!)
  const days = shallowRef<HolidayDay[] | null>(null)
  const kept = shallowRef<HolidayDay[]>([])
  const doubts = shallowRef<NoticeDoubt[]>([])
  const error = ref<string | null>(null)

  async function choose(asked: number): Promise<void> {
    year.value = asked
    days.value = null
    doubts.value = []
    error.value = server ? null : t('shell.needsNetwork')
    if (!server) return
    const answer = await holidays(server, asked)
    if (asked !== year.value) return // another year was chosen meanwhile
    if (answer.status === 'applied') kept.value = days.value = answer.days
    else error.value = text(answer)
  }
  onMounted(() => choose(year.value))

  async function read(notice: string): Promise<number> {
    const named = yearOfNotice(notice)
    if (named !== null && named !== year.value && years.includes(named)) await choose(named)
    const found = readHolidayNotice(notice, year.value)
    if (found.days.length === 0) return 0
    doubts.value = found.doubts
    days.value = found.days
    return found.days.length
  }
  function add({ kind, name, first, last }: Omit<HolidaySpan, 'days'>): void {
    const added = [first, ...daysAfter(first, last)].map(day => ({ day, kind, name }))
    days.value = [...new Map([...days.value ?? [], ...added].map(d => [d.day, d])).values()]
  }
  function remove({ first, last }: HolidaySpan): void {
    days.value = (days.value ?? []).filter(({ day }) => day < first || day > last)
  }
  async function save(): Promise<boolean> {
    if (!server || !days.value) return false
    const sent = days.value
    const answer = await saveHolidays(server, year.value, sent)
    error.value = answer.status === 'applied' ? null : text(answer)
    if (answer.status === 'applied') kept.value = sent
    return answer.status === 'applied'
  }
  return reactive({
    year,
    choose,
    spans: computed(() => days.value && holidaySpans(days.value)),
    doubts,
    error,
    changed: computed(() => days.value !== null && listed(days.value) !== listed(kept.value)),
    read,
    add,
    remove,
    save,
  })
}
