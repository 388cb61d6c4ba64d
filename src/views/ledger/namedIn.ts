import type { Assignment, ResponderLead } from '#domain/rows.ts'
import { byName } from '#domain/orgTree.ts'

/** The people of some turns, each once, by name; `phone_masked` null where this phone has no record of them. */
export function namedIn(
  turns: readonly Pick<Assignment, 'responder_id' | 'name'>[], people: readonly ResponderLead[],
): Pick<ResponderLead, 'id' | 'name' | 'phone_masked'>[] {
  const known = new Map(people.map(p => [p.id, p]))
  const named = new Map(turns.map(({ responder_id: id, name }) =>
    [id, { id, name, phone_masked: known.get(id)?.phone_masked ?? null }]))
  return [...named.values()].sort((a, b) => byName(a.name, b.name) || (a.id < b.id ? -1 : 1))
}
