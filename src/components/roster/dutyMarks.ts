import type { Span } from '#domain/span.ts'
import { overlaps } from '#domain/span.ts'
import { HOUR, ms } from '#domain/time.ts'

export interface Duty { id: string, responder_id: string, span: Span }
/** What stands out about one duty of a person. `rest` = whole hours since the one before, where they are too few. */
export interface DutyMark { clash: boolean, rest: number | null }

/** Marks each duty that overlaps another of the same person, or follows one after too short a rest (ms). */
export function dutyMarks(duties: readonly Duty[], leastRest: number): Map<string, DutyMark> {
  const byPerson = new Map<string, Duty[]>()
  for (const duty of duties) byPerson.set(duty.responder_id, [...byPerson.get(duty.responder_id) ?? [], duty])
  const marks = new Map<string, DutyMark>()
  for (const own of byPerson.values()) {
    const sorted = own.sort((a, b) => ms(a.span.starts_at) - ms(b.span.starts_at))
    for (const duty of sorted) {
      marks.set(duty.id, {
        clash: sorted.some(o => o.id !== duty.id && overlaps(o.span, duty.span)),
        rest: restBefore(duty, sorted, leastRest),
      })
    }
  }
  return marks
}

/** Touching duties are one long stay, not a short rest. */
function restBefore(duty: Duty, own: readonly Duty[], leastRest: number): number | null {
  const gaps = own.map(o => ms(duty.span.starts_at) - ms(o.span.ends_at)).filter(gap => gap > 0 && gap < leastRest)
  return gaps.length > 0 ? Math.floor(Math.min(...gaps) / HOUR) : null
}
