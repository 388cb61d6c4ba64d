import type { Applied } from '#gateway/answers.ts'
import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import * as v from 'valibot'
import { MOMENT } from '#gateway/answers.ts'
import { act } from './answer.ts'

const FACTS = {
  purpose: v.picklist(['responder', 'role', 'reset', 'setup']),
  email: v.string(),
  record_id: v.nullable(v.string()),
  person: v.nullable(v.string()),
  place: v.nullable(v.string()),
  sign_in_name: v.nullable(v.string()),
  expires_at: MOMENT,
}

/**
 * What a link is for; `email` is the hidden address behind the login it makes or resets, `record_id` the record of a
 * person that a community invites (purpose responder; null for the others). `expires_at` is ISO.
 */
export type InvitationFacts = Applied<typeof FACTS>

/** Reads a one-time link without using it up. */
export function readInvitation(connection: Connection, token: string): Promise<InvitationFacts | Setback> {
  return act(connection, 'invitation', { p_token: token }, FACTS)
}
