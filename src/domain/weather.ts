import type { Span } from './span.ts'
import { even } from './pattern.ts'
import { clampSpan, minutes, overlaps, spanOf } from './span.ts'
import { DAY, HOUR, ms, startOfDay } from './time.ts'

/** A forecast that shortens or stops duty out of doors (R18): ≤ −10 °C, ≥ 35 °C, ≥ 37 °C, ≥ 40 °C. */
export type Weather = 'cold' | 'hot' | 'hotter' | 'hottest'
export const WEATHERS: readonly Weather[] = ['cold', 'hot', 'hotter', 'hottest']

/** The longest shift out of doors in such weather, minutes: the shortest pattern, 8×3. */
const LONGEST = 180
/** What is left of a shift is a shift from here on, minutes. */
const SHORTEST = 60
/** Hours of the day that are hot, and the three hottest. */
const [WARM, NOON] = [[8, 20], [12, 15]] as const

/**
 * What stays of a shift out of doors, in order. Cold cuts it to at most three hours; heat does so where the shift
 * touches 8:00–20:00. From 37 °C nobody stands outside from 12:00 to 15:00, from 40 °C nobody from 8:00 to 20:00.
 * Source of the limits of heat: 防暑降温措施管理办法 (安监总安健〔2012〕89号), which binds employers.
 */
export function underWeather(span: Span, weather: Weather): Span[] {
  switch (weather) {
    case 'cold': return shortened(span)
    case 'hot': return hoursOf(span, WARM).some(warm => overlaps(warm, span)) ? shortened(span) : [span]
    case 'hotter': return without(span, NOON).flatMap(part => underWeather(part, 'hot'))
    case 'hottest': return without(span, WARM)
  }
}

function shortened(span: Span): Span[] {
  return even(span, Math.max(1, Math.ceil(minutes(span) / LONGEST)))
}

/** These hours of each day that a span touches. */
function hoursOf(span: Span, [from, to]: readonly [number, number]): Span[] {
  const out: Span[] = []
  for (let day = startOfDay(span.starts_at); day < ms(span.ends_at); day += DAY) {
    out.push(spanOf(day + from * HOUR, day + to * HOUR))
  }
  return out
}

/** A span without these hours; a rest that is too short for a shift goes too. */
function without(span: Span, hours: readonly [number, number]): Span[] {
  const out: Span[] = []
  let from = ms(span.starts_at)
  for (const gap of hoursOf(span, hours)) {
    if (ms(gap.starts_at) > from) out.push(spanOf(from, ms(gap.starts_at)))
    from = Math.max(from, ms(gap.ends_at))
  }
  if (from < ms(span.ends_at)) out.push(spanOf(from, ms(span.ends_at)))
  return out.flatMap(part => clampSpan(part, span) ?? []).filter(part => minutes(part) >= SHORTEST)
}
