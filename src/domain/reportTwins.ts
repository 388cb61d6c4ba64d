import type { ReportLead } from './organisationRows.ts'
import { plainName } from './nameMatch.ts'

/** What of a report tells it from another one. */
export type Comparable = Pick<
  ReportLead, 'id' | 'state' | 'unit_kind' | 'unit' | 'name' | 'building_id' | 'phone_masked' | 'responder_id'
>
/** Somebody on the list of the community. */
export interface ListedPerson { id: string, name: string, home_building_id: string | null, phone_masked: string | null }
/** A unit of the community. */
export interface ListedUnit { id: string, name: string, state: 'active' | 'ended' }
/** Who or what a report looks like: another report, or somebody or a unit that is on the list already. */
export interface Twin { of: 'report' | 'person' | 'unit', id: string, name: string }

const key = (name: string | null): string => plainName(name ?? '')

/** The same name, and the same home or the same visible part of the number; a name alone is many people's. */
function isSamePerson(
  a: { name: string | null, home: string | null, number: string | null },
  b: { name: string | null, home: string | null, number: string | null },
): boolean {
  const same = (one: string | null, other: string | null): boolean => one !== null && one === other
  return key(a.name) !== '' && key(a.name) === key(b.name) && (same(a.home, b.home) || same(a.number, b.number))
}

/**
 * What a report may be a second one of; null where nothing looks like it. It only says so: a coordinator looks, and
 * nothing is joined by itself.
 */
export function twinOf(
  report: Comparable, reports: readonly Comparable[], people: readonly ListedPerson[], units: readonly ListedUnit[],
): Twin | null {
  const others = reports.filter(r => r.id !== report.id && r.state !== 'ended')
  if (report.unit_kind !== null) {
    const isSame = (name: string | null): boolean => key(name) !== '' && key(name) === key(report.unit)
    const unit = units.find(u => u.state === 'active' && isSame(u.name))
    if (unit) return { of: 'unit', id: unit.id, name: unit.name }
    const other = others.find(r => r.unit_kind !== null && isSame(r.unit))
    return other ? { of: 'report', id: other.id, name: other.unit ?? '' } : null
  }
  const facts = (r: Comparable) => ({ name: r.name, home: r.building_id, number: r.phone_masked })
  const self = facts(report)
  const person = people.find(p => p.id !== report.responder_id
    && isSamePerson(self, { name: p.name, home: p.home_building_id, number: p.phone_masked }))
  if (person) return { of: 'person', id: person.id, name: person.name }
  const other = others.find(r => r.unit_kind === null && isSamePerson(self, facts(r)))
  return other ? { of: 'report', id: other.id, name: other.name ?? '' } : null
}
