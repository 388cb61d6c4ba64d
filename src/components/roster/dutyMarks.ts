import type { Span } from '#domain/span.ts'
import { HOUR, ms } from '#domain/time.ts'

export interface Duty { id: string, responder_id: string, span: Span }
/** What stands out about one duty of a person. `rest` = whole hours since the one before, where they are too few. */
export interface DutyMark { clash: boolean, rest: number | null }
interface Stay { id: string, from: number, to: number }

/**
 * Marks each duty that overlaps another of the same person, or follows one after too short a rest (ms). A month has
 * thousands of duties, so each is compared only with those that begin before it ends.
 */
export function dutyMarks(duties: readonly Duty[], leastRest: number): Map<string, DutyMark> {
  const byPerson = new Map<string, Stay[]>()
  for (const { id, responder_id, span } of duties) {
    const stay = { id, from: ms(span.starts_at), to: ms(span.ends_at) }
    const own = byPerson.get(responder_id)
    if (own) own.push(stay)
    else byPerson.set(responder_id, [stay])
  }
  const marks = new Map<string, DutyMark>()
  for (const own of byPerson.values()) markOne(own.sort((a, b) => a.from - b.from), leastRest, marks)
  return marks
}

/** The marks of one person's duties, sorted by their start. Touching duties are one long stay, not a short rest. */
function markOne(own: readonly Stay[], leastRest: number, marks: Map<string, DutyMark>): void {
  for (const [i, stay] of own.entries()) {
    const mark: DutyMark = { clash: false, rest: null }
    let gap = Infinity
    for (const before of own.slice(0, i)) {
      const free = stay.from - before.to
      if (free > 0) gap = Math.min(gap, free)
      // two that overlap are marked both
      if (free >= 0 || stay.to <= before.from) continue
      mark.clash = true
      marks.get(before.id)!.clash = true
    }
    if (gap < leastRest) mark.rest = Math.floor(gap / HOUR)
    marks.set(stay.id, mark)
  }
}
