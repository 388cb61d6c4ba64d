import type { PlainSheet } from './plainSheet.ts'

/** A person of a list that leaves the app; `phone` masked, or in full where a coordinator gave a reason. */
export interface PersonOut { name: string, phone: string }

/** The people of a roster or a ledger, each once, with their numbers. */
export function peopleSheet(name: string, heads: readonly [name: string, phone: string], people: readonly PersonOut[]):
PlainSheet {
  return { name, head: [heads], rows: people.map(p => [p.name, p.phone]), widths: [16, 20] }
}
