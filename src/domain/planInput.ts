import type { FatigueTurn } from './fatigue.ts'
import type { OrgTree } from './orgTree.ts'
import type { CalloutPolicy } from './policy.ts'
import type { OfferLead, PostKind, ResponderLead } from './rows.ts'
import type { Span } from './span.ts'
import type { Instant } from './time.ts'
import type { Tier, TierRecord } from './waves.ts'

type Looked = 'id' | 'home_building_id' | 'login' | 'report_in' | 'state' | 'night' | 'kind' | 'partner_unit_name'

/** What the plan of a call-out looks at of a person. */
export type PlanPerson = Pick<ResponderLead, Looked>
/** A turn somebody has or had, for rest and load. */
export interface PlanTurn extends FatigueTurn { responder_id: string }
/** Everything the preview of a call-out depends on; the same input gives the same plan. */
export interface PlanInput {
  /** buildings and gates, in the order of the form */
  unitIds: readonly string[]
  slots: readonly Span[]
  /** people per place and slot */
  capacity: number
  post_kind: PostKind
  /** of a drill: hours count for nothing */
  drill?: boolean
  people: readonly PlanPerson[]
  turns: readonly PlanTurn[]
  /** live requests that keep a person from being asked: for a real call-out only those of real ones */
  offers: readonly Pick<OfferLead, 'responder_id' | 'state' | 'expires_at'>[]
  policy: CalloutPolicy
  /** what each tier answered to real calls in 90 days */
  records: Readonly<Partial<Record<Tier, TierRecord>>>
  tree: OrgTree
  now: Instant
}
