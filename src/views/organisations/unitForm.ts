import type { MutationArgs } from '#domain/mutations.ts'
import type { PartnerUnit } from '#domain/organisationRows.ts'
import type { PartnerUnitKind } from '#domain/words.ts'
import { plainLine } from '#domain/dutyLine.ts'

/** What stands in the form of a partner unit. `contact_id` '' with a name: nobody was chosen from the list. */
export interface UnitForm {
  name: string, kind: '' | PartnerUnitKind, place_id: string, address: string, line: string, contact_id: string
  contact_name: string
}
/** A field that something is wrong with; taken: another unit of the node has the name. */
export type UnitFault = 'name' | 'taken' | 'kind' | 'line' | 'contact'

/** The form of a unit as it is known, or of a new one. `line` = its number as people write it. */
export function unitForm(unit: PartnerUnit | null, line: string): UnitForm {
  return {
    name: unit?.name ?? '',
    kind: unit?.kind ?? '',
    place_id: unit?.place_id ?? '',
    address: unit?.address ?? '',
    line,
    contact_id: unit?.contact_id ?? '',
    contact_name: unit?.contact_name ?? '',
  }
}

/** A unit of another id with the same name; one that ended keeps its name, too. */
export function nameTwin<U extends Pick<PartnerUnit, 'id' | 'name'>>(
  units: readonly U[], id: string, name: string,
): U | null {
  return units.find(u => u.id !== id && u.name === name.trim()) ?? null
}

/**
 * Reads the form: what goes out, and which fields cannot be taken.
 * @param form what stands in it
 * @param id of the unit, known or new
 * @param keeper the node that keeps it
 * @param units those of that node, also ended ones
 */
export function readUnitForm(
  form: UnitForm, id: string, keeper: string, units: readonly PartnerUnit[],
): { args: MutationArgs['save_partner_unit'], faults: UnitFault[] } {
  const name = form.name.trim()
  const typed = form.line.trim()
  const line = typed === '' ? null : plainLine(typed)
  const wrong: [UnitFault, boolean][] = [
    ['name', name.length < 1 || name.length > 80],
    ['taken', nameTwin(units, id, name) !== null],
    ['kind', form.kind === ''],
    ['line', typed !== '' && line === null],
    ['contact', form.contact_id === '' && form.contact_name.trim() !== ''],
  ]
  const args = {
    partner_unit_id: id,
    keeper_id: keeper,
    name,
    kind: form.kind || 'unknown' as const,
    place_id: form.place_id || null,
    address: form.address.trim() || null,
    line,
    contact_id: form.contact_id || null,
  }
  return { args, faults: wrong.flatMap(([field, is]) => is ? [field] : []) }
}
