import type { Report } from '#domain/report.ts'
import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import { act } from './answer.ts'

/** The after-action report of a call-out, and the last one of the other kind to compare it with. For its coordinators and officers above. */
export function calloutReport(connection: Connection, calloutId: string): Promise<{ status: 'applied', report: Report, compare: Report | null } | Setback> {
  return act(connection, 'callout_report', { p_callout: calloutId })
}
