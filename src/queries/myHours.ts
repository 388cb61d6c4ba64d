import type { AppDb } from '#db/db.ts'
import type { Fatigue } from '#domain/fatigue.ts'
import type { CalloutKind } from '#domain/rows.ts'
import type { Span } from '#domain/span.ts'
import { fatigueOf } from '#domain/fatigue.ts'
import { hoursServed } from '#domain/hours.ts'

/** Hours stood in the last 24 (one decimal), and what taking `candidate` would do (R17); claims not yet sent count, a drill passes no limit. */
export async function myHours(
  db: AppDb,
  candidate: Span & { callout_kind?: CalloutKind | null },
  now: number,
): Promise<{ served: number } & Pick<Fatigue, 'hard' | 'soft'>> {
  const turns = await db.rows('my_assignment').toArray()
  const { hard, soft } = candidate.callout_kind === 'drill' ? { hard: null, soft: [] } : fatigueOf(turns, candidate)
  return { served: Math.round(hoursServed(turns.filter(t => t.callout_kind !== 'drill'), now) * 10) / 10, hard, soft }
}
