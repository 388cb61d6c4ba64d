import type { MyReport } from '#domain/organisationRows.ts'
import type { ReportFields } from '#domain/reportForm.ts'
import type { Connection } from '#gateway/supabase.ts'
import type { AppliedAnswer } from '#gateway/wire.ts'
import type { Setback } from './answer.ts'
import type { OneTimeLink } from './people.ts'
import * as v from 'valibot'
import { HOUR_CODES } from '#domain/weekParts.ts'
import { CONSENT_PURPOSES, DECLINE_REASONS, TRADES } from '#domain/words.ts'
import { MOMENT } from '#gateway/wire.ts'
import { act } from './answer.ts'
import { ONE_TIME_LINK } from './people.ts'

const TEXT = v.nullable(v.string())
const PLACE = {
  found: v.boolean(),
  community_id: TEXT,
  community_name: TEXT,
  street_name: TEXT,
  duty_line: TEXT,
  wall: TEXT,
  here: TEXT,
  demo: v.boolean(),
  buildings: v.array(v.object({ id: v.string(), name: v.string(), grid: TEXT })),
}
/**
 * What a code opens: the community with its line and its buildings; `wall` = the name of the 党群服务中心 whose code it
 * is, `here` = the building whose door it is. `found` false: no door and no wall has it.
 */
export type ReportPlace = AppliedAnswer<typeof PLACE>

/** Reads the place behind the code of a door or a wall. Nobody has to be signed in. */
export function reportPlace(connection: Connection, code: string): Promise<ReportPlace | Setback> {
  return act(connection, 'report_place', { p_code: code }, PLACE)
}

/** A place that this phone kept; null when it is none, or of a form that this app does not know. */
export function keptPlace(value: unknown): ReportPlace | null {
  const shape = v.object({ status: v.literal('applied'), ...PLACE })
  return v.is(shape, value) ? value : null
}

/** A report as a phone sends it: it makes the id and the token, so that one sent twice is one. */
export interface OutgoingReport { id: string, token: string, code: string, fields: ReportFields }

/**
 * 报到, without a sign-in; `number` of the receipt. Refused gone: the code opens nothing any more; invalid:
 * `detail.field`; too_many_tries: `detail.retry_after_s`.
 */
export function sendReport(
  connection: Connection, { id, token, code, fields }: OutgoingReport,
): Promise<{ status: 'applied', number: string } | Setback> {
  const args = { p_id: id, p_token: token, p_code: code, p_fields: fields as object }
  return act(connection, 'send_report', args, { number: v.string() })
}

const RECEIPT: v.GenericSchema<unknown, MyReport> = v.object({
  id: v.string(),
  community_id: v.string(),
  community_name: v.string(),
  street_name: TEXT,
  duty_line: TEXT,
  number: v.string(),
  state: v.picklist(['requested', 'confirmed', 'ended']),
  declined: v.nullable(v.picklist(DECLINE_REASONS)),
  at: MOMENT,
  settled_at: v.nullable(MOMENT),
  building_id: TEXT,
  building_name: TEXT,
  address: TEXT,
  grid_name: TEXT,
  name: TEXT,
  unit: TEXT,
  people: v.nullable(v.number()),
  trade: v.nullable(v.picklist(TRADES)),
  skills: v.array(v.string()),
  fits: v.nullable(v.array(v.picklist(HOUR_CODES))),
  consents: v.array(v.picklist(CONSENT_PURPOSES)),
  moves_from: TEXT,
  moves_from_name: TEXT,
})

/**
 * The receipt behind a private link. `may_join`: it is confirmed, and its holder may make a login with it.
 * Refused gone: no report has this token, or it is over; too_many_tries.
 */
export function reportReceipt(
  connection: Connection, token: string,
): Promise<{ status: 'applied', receipt: MyReport, may_join: boolean } | Setback> {
  return act(connection, 'report_receipt', { p_token: token }, { receipt: RECEIPT, may_join: v.boolean() })
}

/**
 * Makes the link by which the holder of a confirmed receipt sets a password, valid for a day. Refused gone;
 * forbidden: the record has a login, or was on the list before; too_many_tries.
 */
export function joinByReceipt(connection: Connection, token: string): Promise<OneTimeLink | Setback> {
  return act(connection, 'join_by_receipt', { p_token: token }, ONE_TIME_LINK)
}

/**
 * Fetches the number of somebody who reports in, for this screen alone. The look is logged with the reason, and ends at
 * `until` (ISO). Refused forbidden: not a coordinator of that community, or no such report; invalid (field reason);
 * no_contact; too_many_tries: 20 an hour.
 */
export function revealReport(
  connection: Connection, reportId: string, reason: string,
): Promise<{ status: 'applied', phone: string, until: string } | Setback> {
  const args = { p_report_id: reportId, p_reason: reason }
  return act(connection, 'reveal_report', args, { phone: v.string(), until: MOMENT })
}
