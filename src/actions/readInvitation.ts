import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import { act } from './answer.ts'

/**
 * What a link is for; `email` is the hidden address behind the login it makes or resets, `record_id` the record of a
 * person that a community invites (purpose responder; null for the others). `expires_at` is ISO.
 */
export interface InvitationFacts {
  status: 'applied'
  purpose: 'responder' | 'role' | 'reset' | 'setup'
  email: string
  record_id: string | null
  person: string | null
  place: string | null
  sign_in_name: string | null
  expires_at: string
}

/** Reads a one-time link without using it up. */
export function readInvitation(connection: Connection, token: string): Promise<InvitationFacts | Setback> {
  return act(connection, 'invitation', { p_token: token })
}
