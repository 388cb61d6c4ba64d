import type { TimeWords } from '#domain/timeText.ts'
import type { MatrixGroup, MatrixRow } from './matrix.ts'
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

/** Words of rows, days and cells of the week matrix, in the current language. */
export function useCellNames(): {
  part: (row: MatrixRow) => string
  span: (row: MatrixRow) => string
  day: (index: number) => string
  /** the beginning of a cell's name: day, part, span, place, post */
  where: (group: MatrixGroup, row: MatrixRow, day: number) => string
} {
  const { t, list } = useI18n()
  const words = useTimeWords()
  const part = (row: MatrixRow): string => t(`roster.part.${dayPart(row.starts)}`)
  const span = (row: MatrixRow): string => rowSpan(row, words.value)
  const day = (index: number): string => list('roster.day')[index] ?? ''
  const where = (group: MatrixGroup, row: MatrixRow, index: number): string =>
    `${day(index)} ${part(row)} ${span(row)} ${group.place} ${group.post_name}${t('roster.comma')}`
  return { part, span, day, where }
}
