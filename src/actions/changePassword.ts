import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import { act } from './answer.ts'

/** 改密码: needs the old one; this phone goes on, every other session of the person ends. */
export function changePassword(
  connection: Connection,
  old: string,
  next: string,
): Promise<{ status: 'applied' } | Setback> {
  return act(connection, 'change_password', { p_old: old, p_new: next }, {})
}
