/** What one person was told, kept outside of browser and server: a tap counts once this process heard it was kept. */
export class TapLedger {
  begun = 0
  /** ids of mutations, where the page knows them */
  readonly ids: string[] = []
  kept = 0
  /** taps that nobody was told about and that were on the phone when it was opened again */
  survived = 0
  readonly lost: string[] = []
  /** the switches of the app as they must be, from what was acknowledged */
  readonly #switches = [false, false, false]
  #open: number | null = null

  /** A tap begins. what: the number of a switch in the app, empty where ids are known. */
  tap(what: string): void {
    this.begun++
    this.#open = what === '' ? null : Number(what)
  }

  /** The phone said the tap is kept. */
  keep(what: string): void {
    this.kept++
    if (this.#open === null) return void this.ids.push(what)
    this.#switches[Number(what)] = !this.#switches[Number(what)]
    this.#open = null
  }

  /** Compares the switches of a reopened app: an acknowledged tap must be there, one cut short may be. */
  reopened(shown: boolean[]): void {
    for (const [i, on] of shown.entries()) {
      if (on === this.#switches[i]) continue
      if (i === this.#open) this.survived++
      else this.lost.push(`switch ${i} after ${this.kept} taps`)
      this.#switches[i] = on
    }
    this.#open = null
  }
}
