import type { AppDb, StoredRow } from '#db/db.ts'
import type { PersonDays } from '#domain/unitDays.ts'
import { byName } from '#domain/orgTree.ts'
import { daysByPerson, daysOf } from '#domain/unitDays.ts'

/** One of a unit's people who let it know, with the days on which they serve. */
export interface UnitMember { person: StoredRow<'unit_person'>, days: PersonDays }
/** A unit as its liaison sees it; `desk` null: it is not on this phone yet, or it has ended. */
export interface OwnUnitRows { desk: StoredRow<'unit_desk'> | null, members: UnitMember[] }

/** Reads a unit for its liaison: its people by name, nobody is ranked. */
export async function ownUnit(db: AppDb, unit: string): Promise<OwnUnitRows> {
  const [desk, people, arrivals] = await Promise.all([
    db.rows('unit_desk').get(unit),
    db.rows('unit_person').toArray(),
    db.rows('unit_arrival').toArray(),
  ])
  const days = daysByPerson(arrivals.filter(a => a.partner_unit_id === unit))
  const own = people.filter(p => p.partner_unit_id === unit)
    .sort((a, b) => byName(a.name, b.name) || (a.id < b.id ? -1 : 1))
  return { desk: desk ?? null, members: own.map(person => ({ person, days: daysOf(days, person.id) })) }
}
