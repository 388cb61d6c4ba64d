import type { MutationName } from '../../src/domain/mutations.ts'

/** One tap as the person saw it. kept: the phone acknowledged it. at: ms since 1970. */
export interface Tap { id: string, name: MutationName, login: string, tab: string, kept: boolean, at: number }

/** What people were told, kept outside of phones and server, so that lost and doubled taps can be counted. */
export class Ledger {
  readonly #taps = new Map<string, Tap>()

  /** A tap begins. A page that is killed before `keep` leaves it open for ever. */
  begin(tap: Omit<Tap, 'kept'>): void {
    this.#taps.set(tap.id, { ...tap, kept: false })
  }

  /** The phone acknowledged the tap. */
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

  /** Taps whose page was killed before it could acknowledge them. */
  get open(): Tap[] {
    return [...this.#taps.values()].filter(t => !t.kept)
  }
}
