import type { Instant } from './time.ts'
import { iso, MINUTE, ms } from './time.ts'

/** Half-open [starts_at, ends_at); the shape every row with a span already has. */
export interface Span { starts_at: string, ends_at: string }

/** A span from two instants. */
export function spanOf(start: Instant, end: Instant): Span {
  return { starts_at: iso(start), ends_at: iso(end) }
}

/** True when the spans share at least one moment; touching ends do not count. */
export function overlaps(a: Span, b: Span): boolean {
  return ms(a.starts_at) < ms(b.ends_at) && ms(b.starts_at) < ms(a.ends_at)
}

/** Minutes that either end of a shift may move without its people confirming again (R19). */
const STILL = 15

/** Does a move from one span to another ask the people to confirm again? The server decides by the same rule. */
export function asksAgain(was: Span, now: Span): boolean {
  const moved = [ms(now.starts_at) - ms(was.starts_at), ms(now.ends_at) - ms(was.ends_at)]
  return moved.some(by => Math.abs(by) > STILL * MINUTE)
}

/** True while `at` lies inside the span. */
export function covers(span: Span, at: Instant): boolean {
  return ms(span.starts_at) <= ms(at) && ms(at) < ms(span.ends_at)
}

/** Those of some spans that still run or are to come. `private.not_over` is the same rule. */
export function notOver<T extends Span>(spans: readonly T[], now: Instant): T[] {
  return spans.filter(span => ms(span.ends_at) > ms(now))
}

/** The part of `span` inside `window`, or null. */
export function clampSpan(span: Span, window: Span): Span | null {
  const start = Math.max(ms(span.starts_at), ms(window.starts_at))
  const end = Math.min(ms(span.ends_at), ms(window.ends_at))
  return start < end ? spanOf(start, end) : null
}

/** Length in minutes, not rounded. */
export function minutes(span: Span): number {
  return (ms(span.ends_at) - ms(span.starts_at)) / MINUTE
}

/** The same moments as the fewest spans, in order; touching and overlapping spans become one. */
export function merge(spans: readonly Span[]): Span[] {
  const sorted = spans.filter(s => minutes(s) > 0).sort((a, b) => ms(a.starts_at) - ms(b.starts_at))
  const out: { start: number, end: number }[] = []
  for (const span of sorted) {
    const last = out.at(-1)
    if (last && ms(span.starts_at) <= last.end) {
      last.end = Math.max(last.end, ms(span.ends_at))
    }
    else {
      out.push({ start: ms(span.starts_at), end: ms(span.ends_at) })
    }
  }
  return out.map(s => spanOf(s.start, s.end))
}
