import type { Fatigue, FatigueTurn } from '#domain/fatigue.ts'
import type { Span } from '#domain/span.ts'
import type { AssignmentState, CalloutKind } from '#domain/words.ts'
import { readFileSync } from 'node:fs'
import { spanOf } from '#domain/span.ts'
import { atShanghai, HOUR, iso } from '#domain/time.ts'

type Line = [
  from: string, hours: number, state: AssignmentState, on?: string | null, off?: string | null, kind?: CalloutKind,
]
/** day: the date of the shift's times, 2026-12-09 when none is given. */
interface Vector { name: string, day?: string, turns: Line[], shift: [string, number], fatigue: Fatigue }
export interface FatigueCase { name: string, turns: FatigueTurn[], shift: Span, fatigue: Fatigue }

const DAY0 = '2026-12-09'
/** '08:00' on the day of the vectors, or '-24' hours from the shift's start. */
function moment(text: string, shift: string, day: string): number {
  return /^[+-]\d+$/.test(text) ? atShanghai(day, shift) + Number(text) * HOUR : atShanghai(day, text)
}

/** The vectors as spans. Their times are those of one day in Asia/Shanghai. */
export function fatigueCases(): FatigueCase[] {
  const vectors = JSON.parse(readFileSync(new URL('fatigue.json', import.meta.url), 'utf8')) as Vector[]
  return vectors.map(({ name, turns, shift: [from, hours], fatigue, day = DAY0 }) => {
    const at = (text: string): number => moment(text, from, day)
    return {
      name,
      fatigue,
      shift: spanOf(at(from), at(from) + hours * HOUR),
      turns: turns.map(([begin, long, state, on, off, kind]) => ({
        ...spanOf(at(begin), at(begin) + long * HOUR),
        state,
        on_post_at: on ? iso(at(on)) : null,
        off_post_at: off ? iso(at(off)) : null,
        callout_kind: kind ?? null,
      })),
    }
  })
}
