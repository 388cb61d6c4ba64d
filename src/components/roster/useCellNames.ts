import type { TimeWords } from '#domain/timeText.ts'
import type { MatrixRow } from './matrix.ts'
import { computed } from 'vue'
import { atShanghai, shanghai } from '#domain/time.ts'
import { useI18n, useTimeWords } from '#i18n/useI18n.ts'

/** The part of the day in which a span starts; it names the row. */
export function dayPart(starts: string): 'morning' | 'noon' | 'afternoon' | 'evening' | 'night' {
  const hour = Number(starts.slice(0, 2))
  if (hour >= 5 && hour < 11) return 'morning'
  if (hour >= 11 && hour < 14) return 'noon'
  if (hour >= 14 && hour < 17) return 'afternoon'
  return hour >= 17 && hour < 20 ? 'evening' : 'night'
}

/** `08–14` for whole hours, `08:30–14:00` otherwise; an end on the next day says so. */
export function rowSpan(row: Pick<MatrixRow, 'starts' | 'ends' | 'next_day'>, words: TimeWords): string {
  const whole = row.starts.endsWith(':00') && row.ends.endsWith(':00')
  const cut = (text: string): string => whole ? text.slice(0, 2) : text
  const end = cut(row.ends)
  return `${cut(row.starts)}–${row.next_day ? words.nextDay(end) : end}`
}

/** Words of rows and days of a matrix. Days are `YYYY-MM-DD`. */
export interface CellNames {
  part: (row: MatrixRow) => string
  span: (row: MatrixRow) => string
  /** '周一', or '23日 周一' */
  day: (date: string) => string
  /** '一', with its date told elsewhere */
  short: (date: string) => string
}

/** The words in the current language. `dated`: the weekday alone does not tell which day it is. */
export function useCellNames(dated: () => boolean = () => false): CellNames {
  const { t, list } = useI18n()
  const words = useTimeWords()
  const part = (row: MatrixRow): string => t(`roster.part.${dayPart(row.starts)}`)
  const span = (row: MatrixRow): string => rowSpan(row, words.value)
  const [days, shortDays] = [computed(() => list('roster.day')), computed(() => list('roster.dayShort'))]
  const weekday = (date: string): number => shanghai(atShanghai(date)).weekday - 1
  const short = (date: string): string => shortDays.value[weekday(date)] ?? ''
  function day(date: string): string {
    const name = days.value[weekday(date)] ?? ''
    return dated() ? t('roster.dated', { d: Number(date.slice(8)), day: name }) : name
  }
  return { part, span, day, short }
}
