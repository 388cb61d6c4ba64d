import type { MutationName } from '../../src/domain/mutations.ts'

/** One tap as the person saw it. `kept` = the phone said it is safe; `at` = when, ms since 1970. */
export interface Tap { id: string, name: MutationName, login: string, tab: string, kept: boolean, at: number }

/** What people were told, written down outside of phones and server: the measure of lost and doubled. */
export class Ledger {
  readonly #taps = new Map<string, Tap>()

  /** A tap began; whether the phone kept it is open until `keep`. A killed tab leaves it open for ever. */
  begin(tap: Omit<Tap, 'kept'>): void {
    this.#taps.set(tap.id, { ...tap, kept: false })
  }

  /** The phone said the tap is safe. */
  keep(id: string): void {
    this.#taps.get(id)!.kept = true
  }

  has(id: string): boolean {
    return this.#taps.has(id)
  }

  /** Taps that were acknowledged, in the order they began. */
  get kept(): Tap[] {
    return [...this.#taps.values()].filter(t => t.kept)
  }

  /** Taps whose tab was killed before it could say. */
  get open(): Tap[] {
    return [...this.#taps.values()].filter(t => !t.kept)
  }
}
