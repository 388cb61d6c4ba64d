import type { Span } from '#domain/span.ts'
import type { ResponderKind } from '#domain/words.ts'
import type { OpenDraft } from '#queries/autoRows.ts'
import type { Quota } from './quotas.ts'
import type { Served } from './served.ts'
import type { Wished } from './wished.ts'

/** A turn that stays as it is. */
export interface SettledTurn extends Span { responder_id: string, post_id: string }
/**
 * Somebody who may be put on a shift. `away` = when they are not there; `isOff`: outside the hours in which they can
 * serve; `night`: they agreed to be called at night.
 */
export interface Server {
  id: string, name: string, kind: ResponderKind, skills: readonly string[], night: boolean
  away: readonly Span[], isOff: (span: Span) => boolean
  unit: string | null, wish: Wished, served: Served
}

/** A rule that a coordinator may lift by name (R17), or that the person may. */
export type Liftable = 'rest' | 'nights' | 'days' | 'night_hours' | 'consent' | 'absence' | 'hours'
export const LIFTABLE: readonly Liftable[] = ['rest', 'nights', 'days', 'night_hours', 'consent', 'absence', 'hours']

/** What a problem is made from. */
export interface AutoInput {
  /** consecutive duty days, YYYY-MM-DD */
  days: readonly string[]
  shifts: readonly OpenDraft[]
  /** all that are known up to a week after the last day */
  turns: readonly SettledTurn[]
  servers: readonly Server[]
  /** free days among the days, and public holidays, which are not among the free days */
  restDays: readonly string[]
  holidays: readonly string[]
  /** turns that partner units still owe in these days, beside those that are settled */
  quotas: readonly Quota[]
  /** the rule that is left aside, to see what it keeps empty */
  lift: Liftable | null
}
