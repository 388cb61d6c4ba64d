import type { PlainSheet } from './plainSheet.ts'
import { writePlain } from './plainSheet.ts'

/** A table of a ledger: words alone, as wide as `widths` (characters) says. */
export interface LedgerTable {
  title: string, heads: readonly string[], widths: readonly number[], rows: readonly (readonly string[])[]
}
/** A ledger (台账), as it is printed and as it is written to a file. `lines`: of which days, on what ground. */
export interface Ledger { title: string, lines: readonly string[], tables: readonly LedgerTable[], foot: string }

/** A ledger as an .xlsx: a sheet for each table under the title, its header in sight, and after them `more`. */
export async function writeLedger(ledger: Ledger, more: readonly PlainSheet[] = []): Promise<Uint8Array> {
  const sheets = ledger.tables.map(({ title, heads, widths, rows }): PlainSheet => ({
    name: title,
    head: [[[ledger.title, ...ledger.tables.length > 1 ? [title] : []].join(' · ')], [ledger.lines.join(' · ')], heads],
    rows: [...rows, [ledger.foot]],
    widths,
  }))
  return writePlain([...sheets, ...more])
}

/** A person of a list that leaves the app; `phone` masked, or in full where a coordinator gave a reason. */
export interface PersonOut { name: string, phone: string }

/** The people of a roster or a ledger, each once, with their numbers. */
export function peopleSheet(name: string, heads: readonly [name: string, phone: string], people: readonly PersonOut[]):
PlainSheet {
  return { name, head: [heads], rows: people.map(p => [p.name, p.phone]), widths: [16, 20] }
}
