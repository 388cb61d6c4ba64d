import type { ResponderRow } from '#domain/importRows.ts'
import type { Phone } from './caller.ts'
import type { DemoTools, Random } from './tools.ts'

/** A person at the desk of a node, with the phone or computer that they tap on. */
export interface Desk { login: string, phone: Phone }
/** One of the people that the community imported. */
export interface Listed { id: string, row: ResponderRow }

/** The demonstration's community with its people and places, on which organisations, units and reports are made. */
export interface Ground {
  tools: DemoTools
  random: Random
  newId: () => string
  community: string
  street: string
  coordinator: Desk
  officer: Desk
  people: readonly Listed[]
  /** Ids by name: 梧桐苑 6栋, 梧桐苑, 第一网格. */
  places: ReadonlyMap<string, string>
}

/** The id of a place by its name; throws if the demonstration has none of that name. */
export function placeNamed({ places }: Pick<Ground, 'places'>, name: string): string {
  const id = places.get(name)
  if (id === undefined) throw new Error(`the demo has no place ${name}`)
  return id
}

/** The people of one kind, of one estate where it is named, in the order of the list. */
export function listedOf({ people }: Pick<Ground, 'people'>, kind: ResponderRow['kind'], estate?: string): Listed[] {
  return people.filter(({ row }) => row.kind === kind && (estate === undefined || row.estate === estate))
}

/** Ids by name of what a query of `id` and `name` finds. */
export async function idsByName(
  { db }: Pick<DemoTools, 'db'>,
  query: string,
  ...parameters: string[]
): Promise<Map<string, string>> {
  const rows = await db.query<{ id: string, name: string }>(query, parameters)
  return new Map(rows.map(({ id, name }) => [name, id]))
}
