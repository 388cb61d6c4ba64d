import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import { act } from './answer.ts'

/** 意见反馈, from any page; works signed out too. */
export function feedback(connection: Connection, text: string, page: string): Promise<{ status: 'applied' } | Setback> {
  return act(connection, 'feedback', { p_text: text, p_page: page, p_door_code: null }, {})
}
