import type { Fatigue, FatigueTurn } from '#domain/fatigue.ts'
import type { AssignmentState, CalloutKind } from '#domain/rows.ts'
import type { Span } from '#domain/span.ts'
import { readFileSync } from 'node:fs'
import { spanOf } from '#domain/span.ts'
import { atShanghai, HOUR, iso } from '#domain/time.ts'

type Line = [from: string, hours: number, state: AssignmentState, on?: string | null, off?: string | null, kind?: CalloutKind]
interface Vector { name: string, turns: Line[], shift: [string, number], fatigue: Fatigue }
export interface FatigueCase { name: string, turns: FatigueTurn[], shift: Span, fatigue: Fatigue }

const DAY0 = '2026-12-09'
/** '08:00' on the day of the vectors, or '-24' hours from the shift's start. */
function moment(text: string, shift: string): number {
  return /^[+-]\d+$/.test(text) ? atShanghai(DAY0, shift) + Number(text) * HOUR : atShanghai(DAY0, text)
}

/** The vectors as spans; times are of one day in Asia/Shanghai. */
export function fatigueCases(): FatigueCase[] {
  const vectors = JSON.parse(readFileSync(new URL('fatigue.json', import.meta.url), 'utf8')) as Vector[]
  return vectors.map(({ name, turns, shift: [from, hours], fatigue }) => ({
    name,
    fatigue,
    shift: spanOf(moment(from, from), moment(from, from) + hours * HOUR),
    turns: turns.map(([at, long, state, on, off, kind]) => ({ ...spanOf(moment(at, from), moment(at, from) + long * HOUR), state, on_post_at: on ? iso(moment(on, from)) : null, off_post_at: off ? iso(moment(off, from)) : null, callout_kind: kind ?? null })),
  }))
}
