import type { AppDb } from '#db/db.ts'
import type { Span } from '#domain/span.ts'
import { continuousHours, hoursServed, peakHours } from '#domain/hours.ts'

/** Hours stood in the last 24 (one decimal), and whether taking `candidate` passes a hard limit of 12 h (R17). */
export async function myHours(db: AppDb, candidate: Span, now: number): Promise<{ served: number, over: boolean }> {
  const turns = await db.rows('my_assignment').toArray()
  const over = peakHours(turns, candidate, now) > 12 || continuousHours(turns, candidate, now) > 12
  return { served: Math.round(hoursServed(turns, now) * 10) / 10, over }
}
