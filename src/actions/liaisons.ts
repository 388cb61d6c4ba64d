import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import type { OneTimeLink } from './people.ts'
import * as v from 'valibot'
import { importChunks } from '#domain/importRows.ts'
import { act } from './answer.ts'
import { ONE_TIME_LINK } from './people.ts'

/**
 * Makes a one-time link by which somebody becomes a liaison (联络人) of a partner unit.
 * Refused forbidden: the caller does not keep the unit, or it has ended; invalid (field name); too_many_tries: it has
 * ten already.
 * @param connection the server
 * @param unitId the partner unit
 * @param name of the person, 1 to 40 characters
 */
export function appointLiaison(
  connection: Connection, unitId: string, name: string,
): Promise<OneTimeLink | Setback> {
  return act(connection, 'appoint_liaison', { p_partner_unit_id: unitId, p_name: name }, ONE_TIME_LINK)
}

/**
 * Ends the role of a liaison, or takes back the invitation to it; what the unit has stays with the unit.
 * Refused forbidden; gone: it has ended already.
 * @param connection the server
 * @param unitId the partner unit
 * @param id of the role or the invitation, as the unit's row shows it
 */
export function endLiaison(
  connection: Connection, unitId: string, id: string,
): Promise<{ status: 'applied' } | Setback> {
  return act(connection, 'end_liaison', { p_partner_unit_id: unitId, p_id: id }, {})
}

/** One person of a unit's list: `id` a new uuid, the same at every try; `row` as the file counts its lines. */
export interface ListedPerson {
  id: string, row: number, name: string, phone: string, building: string | null, skills: string[]
}

const LISTED = v.object({
  row: v.number(), status: v.picklist(['listed', 'error']), field: v.nullable(v.string()),
})
/** What became of one row; `field` = the first that cannot be taken. */
export type ListedResult = v.InferOutput<typeof LISTED>
/** partial: broke off; the results so far are kept, and the same rows may be sent again. */
export type ListOutcome =
  | { status: 'applied', results: ListedResult[] }
  | { status: 'partial', results: ListedResult[], because: Setback }

/**
 * Reports in the people of a liaison's own unit, in chunks of 500. Safe to repeat: the server knows each id.
 * Breaks off forbidden: no liaison of it; gone: the unit has ended; invalid (`detail.field`); too_many_tries.
 * @param connection the server
 * @param unitId the partner unit
 * @param rows as src/io read them
 * @param progress called after each chunk with rows done and rows in all
 */
export async function listPeople(
  connection: Connection, unitId: string, rows: readonly ListedPerson[],
  progress?: (done: number, all: number) => void,
): Promise<ListOutcome> {
  const results: ListedResult[] = []
  for (const chunk of importChunks(rows)) {
    const args = { p_partner_unit_id: unitId, p_rows: chunk }
    const answer = await act(connection, 'list_people', args, { results: v.array(LISTED) })
    if (answer.status !== 'applied') return { status: 'partial', results, because: answer }
    results.push(...answer.results)
    progress?.(results.length, rows.length)
  }
  return { status: 'applied', results }
}
