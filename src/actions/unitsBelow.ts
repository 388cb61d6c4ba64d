import type { OrgLevel } from '#domain/rows.ts'
import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import { act } from './answer.ts'

/** A unit somebody may be appointed to; `code` is the official division code, null below the community. */
export interface UnitBelow { id: string, code: string | null, level: OrgLevel, name: string, parent_id: string | null }

/** Lists the units one step below; null = the roots. For the pickers of the setup screens. */
export function unitsBelow(connection: Connection, parent: string | null): Promise<{ status: 'applied', units: UnitBelow[] } | Setback> {
  return act(connection, 'units_below', { p_parent: parent })
}
