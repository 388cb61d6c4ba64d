import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import { act } from './answer.ts'

/** When and where duty stands that is in the way of a joining; times ISO. */
export interface DutyInWords { starts_at: string, ends_at: string, place_name: string }

/**
 * Joins another community's record of one's own number to one's own, and uses up that community's link.
 * Refused invitation_invalid: `token` is not the live one for this record; overlap: detail.theirs and detail.mine are
 * DutyInWords.
 * @param token of the community's invitation, as its link holds it after the #
 */
export function joinRecord(
  connection: Connection, recordId: string, token: string,
): Promise<{ status: 'applied', community_id: string } | Setback> {
  return act(connection, 'join_record', { p_record_id: recordId, p_token: token })
}

/** Leaves the record where it is; it is not offered again, and its community hears nothing of it. */
export function declineRecord(connection: Connection, recordId: string): Promise<{ status: 'applied' } | Setback> {
  return act(connection, 'decline_record', { p_record_id: recordId })
}
