import type { UnitArrival } from './organisationRows.ts'

/** The days of one person: on which they come, came and did not, each newest first but for those to come. */
export interface PersonDays { coming: string[], came: string[], missed: string[] }

const NOBODYS: PersonDays = { coming: [], came: [], missed: [] }

/** The days of a unit's people by person: a day with two shifts is one, and they came when they came to one of them. */
export function daysByPerson(arrivals: readonly UnitArrival[]): Map<string, PersonDays> {
  const said = new Map<string, Map<string, UnitArrival['came']>>()
  for (const { responder_id, day, came } of arrivals) {
    const days = said.get(responder_id) ?? new Map<string, UnitArrival['came']>()
    const before = days.get(day)
    if (before === undefined || before === 'no' || came === 'yes') days.set(day, came)
    said.set(responder_id, days)
  }
  return new Map([...said].map(([id, days]) => {
    const of = (came: UnitArrival['came']): string[] => [...days].filter(d => d[1] === came).map(d => d[0]).sort()
    return [id, { coming: of('coming'), came: of('yes').reverse(), missed: of('no').reverse() }]
  }))
}

/** The days of somebody, none where there are none. */
export function daysOf(all: ReadonlyMap<string, PersonDays>, id: string): PersonDays {
  return all.get(id) ?? NOBODYS
}
