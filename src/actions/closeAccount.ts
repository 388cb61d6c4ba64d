import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import type { Released } from './leaveCommunity.ts'
import { act } from './answer.ts'
import { RELEASED } from './leaveCommunity.ts'

/** 注销账号: future shifts are given back, then contact, names, consents and the login go. Cannot be undone. */
export function closeAccount(connection: Connection): Promise<Released | Setback> {
  return act(connection, 'close_account', {}, RELEASED)
}
