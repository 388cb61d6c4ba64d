import type { Few, Report, Spread } from '#domain/report.ts'
import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import * as v from 'valibot'
import { MOMENT } from '#gateway/wire.ts'
import { act } from './answer.ts'
import { LEVEL } from './appointments.ts'

const NUMBER = v.nullable(v.number())
const TEXT = v.nullable(v.string())
const SPREAD: v.GenericSchema<unknown, Spread> = v.object({ n: v.number(), p50: NUMBER, p90: NUMBER })
const FEW: v.GenericSchema<unknown, Few> = NUMBER
const REPORT: v.GenericSchema<unknown, Report> = v.object({
  id: v.string(),
  title: v.string(),
  kind: v.picklist(['real', 'drill']),
  community_name: v.string(),
  ground: TEXT,
  document_no: TEXT,
  opened_at: MOMENT,
  stood_down_at: v.nullable(MOMENT),
  places: v.number(),
  first_accept: NUMBER,
  fill: SPREAD,
  on_post: SPREAD,
  empty_minutes: v.number(),
  gaps: v.object({ n: v.number(), minutes: v.number() }),
  over_limit_hours: v.number(),
  people: v.object({ asked: FEW, accepted: FEW, declined: FEW, silent: FEW, thanked: FEW, not_arrived: FEW }),
  rungs: v.array(v.object({ level: LEVEL, opened: v.number(), forced: v.number(), skipped: v.number() })),
})

/**
 * The after-action report of a call-out, and `compare`: the last one of the other kind, drill or real; null when there
 * is none. For its coordinators and the officers above. Refused forbidden, gone.
 */
export function calloutReport(
  connection: Connection, calloutId: string,
): Promise<{ status: 'applied', report: Report, compare: Report | null } | Setback> {
  return act(connection, 'callout_report', { p_callout: calloutId }, { report: REPORT, compare: v.nullable(REPORT) })
}
