import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import * as v from 'valibot'
import { MOMENT } from '#gateway/wire.ts'
import { act } from './answer.ts'

const DUTY_IN_WORDS = v.object({ starts_at: MOMENT, ends_at: MOMENT, place_name: v.string() })
/** When and where duty stands that is in the way of a joining; times ISO. */
export type DutyInWords = v.InferOutput<typeof DUTY_IN_WORDS>
const CLASH = v.object({ theirs: DUTY_IN_WORDS, mine: DUTY_IN_WORDS })

/** The two duties of a refusal `overlap`; null when its detail does not say them. */
export function clashOf(detail: unknown): v.InferOutput<typeof CLASH> | null {
  return v.is(CLASH, detail) ? detail : null
}

/**
 * Joins another community's record of one's own number to one's own, and uses up that community's link.
 * Refused invitation_invalid: `token` is not the live one for this record; gone: no such record; overlap: the duties
 * are in the detail (`clashOf`); too_many_tries.
 * @param connection the server
 * @param recordId the other community's record
 * @param token of the community's invitation, as its link holds it after the #
 */
export function joinRecord(
  connection: Connection, recordId: string, token: string,
): Promise<{ status: 'applied', community_id: string } | Setback> {
  return act(connection, 'join_record', { p_record_id: recordId, p_token: token }, { community_id: v.string() })
}

/** Leaves the record where it is; it is not offered again, and its community hears nothing of it. Refused gone. */
export function declineRecord(connection: Connection, recordId: string): Promise<{ status: 'applied' } | Setback> {
  return act(connection, 'decline_record', { p_record_id: recordId }, {})
}
