/** A table of a ledger: words alone, as wide as `widths` (characters) says. */
export interface LedgerTable {
  title: string, heads: readonly string[], widths: readonly number[], rows: readonly (readonly string[])[]
}
/** A ledger (台账), as it is printed and as it is written to a file. `lines`: of which days, on what ground. */
export interface Ledger { title: string, lines: readonly string[], tables: readonly LedgerTable[], foot: string }
