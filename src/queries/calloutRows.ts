import type { AppDb, StoredRow } from '#db/db.ts'
import type { PlanTurn } from '#domain/askables.ts'
import type { Hours } from '#domain/availability.ts'
import type { Tier, TierRecord } from '#domain/waves.ts'
import { DAY, ms } from '#domain/time.ts'
import { recordsOf } from '#domain/waves.ts'
import { availabilityKnown } from './hourRows.ts'
import { modesIn } from './modeRows.ts'
import { assignmentsBetween, shiftsBetween, usualDayHours } from './rosterRows.ts'

/** What the preview of a call-out is planned from. */
export interface CalloutData {
  units: StoredRow<'org_unit'>[]
  people: StoredRow<'responder_lead'>[]
  turns: PlanTurn[]
  absences: StoredRow<'absence'>[]
  /** when people can serve, by person */
  availability: Map<string, Hours>
  /** of a drill: never keeps anybody from a real call */
  offers: (StoredRow<'offer_lead'> & { drill: boolean })[]
  modes: StoredRow<'mode'>[]
  /** what each tier answered to the real call-outs of 90 days */
  records: Record<Tier, TierRecord>
  templates: StoredRow<'callout_template'>[]
  /** how long duty by day usually is; undefined: there was none */
  hours: number | undefined
}

/** Reads the people of a community, their turns of the last month and the next days, and requests without an answer. */
export async function calloutRows(db: AppDb, community_id: string, now: number): Promise<CalloutData> {
  const [units, people, assignments, offers, modes, callouts, templates, absences, availability] = await Promise.all([
    db.rows('org_unit').toArray(),
    db.rows('responder_lead').toArray(),
    assignmentsBetween(db, community_id, now - 31 * DAY, now + 4 * DAY),
    db.rows('offer_lead').toArray(),
    db.rows('mode').toArray(),
    db.rows('callout').toArray(),
    db.rows('callout_template').toArray(),
    db.rows('absence').toArray(),
    availabilityKnown(db),
  ])
  const shifts = await shiftsBetween(db, community_id, now - 31 * DAY, now + 4 * DAY)
  const calloutOf = new Map(shifts.map(s => [s.id, s.callout_id]))
  const drills = new Set(callouts.filter(c => c.kind === 'drill').map(c => c.id))
  const recent = callouts.filter(c => c.community_id === community_id && ms(c.opened_at) > now - 90 * DAY)
  const real = new Set(recent.filter(c => c.kind === 'real').map(c => c.id))
  return {
    units: units.filter(u => u.community_id === community_id),
    people: people.filter(p => p.community_ids.includes(community_id)),
    turns: assignments.map(a => ({ ...a, callout_kind: drills.has(calloutOf.get(a.shift_id) ?? '') ? 'drill' : null })),
    absences,
    availability,
    offers: offers.map(o => ({ ...o, drill: drills.has(o.callout_id) })),
    modes: modesIn(modes, units, community_id),
    templates: templates.filter(t => t.community_id === community_id),
    hours: await usualDayHours(db, community_id, now),
    records: recordsOf(offers.filter(o => real.has(o.callout_id)), now),
  }
}
