import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import * as v from 'valibot'
import { MOMENT } from '#gateway/answers.ts'
import { act } from './answer.ts'

/** Fetches a phone number in full. The look is logged with the reason, and ends at `until` (ISO). The number is never stored here. */
export function revealContact(
  connection: Connection,
  responderId: string,
  reason: string,
): Promise<{ status: 'applied', phone: string, until: string } | Setback> {
  return act(connection, 'reveal_contact', { p_responder_id: responderId, p_reason: reason }, {
    phone: v.string(),
    until: MOMENT,
  })
}
