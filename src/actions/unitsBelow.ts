import type { OrgLevel } from '#domain/rows.ts'
import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import * as v from 'valibot'
import { act } from './answer.ts'

/** A level of the organisation. */
export const LEVEL: v.GenericSchema<unknown, OrgLevel>
  = v.picklist(['city', 'district', 'street', 'community', 'grid', 'estate', 'building'])
export const UNIT_BELOW = v.object({
  id: v.string(), code: v.nullable(v.string()), level: LEVEL, name: v.string(), parent_id: v.nullable(v.string()),
})
/** A unit somebody may be appointed to; `code` is the official division code, null below the community. */
export type UnitBelow = v.InferOutput<typeof UNIT_BELOW>

/** Lists the units one step below; null = the roots. For the pickers of the setup screens. */
export function unitsBelow(
  connection: Connection,
  parent: string | null,
): Promise<{ status: 'applied', units: UnitBelow[] } | Setback> {
  return act(connection, 'units_below', { p_parent: parent }, { units: v.array(UNIT_BELOW) })
}
