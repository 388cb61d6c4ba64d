/** Who takes each place: a person's number, or NOBODY. `cost` is proved to be the least: the prices add up to it. */
export interface Dispatch { taken: Int32Array, cost: number, proof: number }

export const NOBODY = -1

/** Places and people under prices: what a place pays, what a person is worth. No pair is cheaper than both. */
class Seating {
  readonly #cost: Float64Array
  readonly #empty: number
  readonly pays: Float64Array
  readonly worth: Float64Array
  readonly taken: Int32Array
  readonly #placeOf: Int32Array
  /** of the search that runs: the way to each person, and the place it comes by */
  readonly #reach: Float64Array
  readonly #by: Int32Array

  constructor(cost: Float64Array, places: number, people: number, empty: number) {
    this.#cost = cost
    this.#empty = empty
    this.pays = new Float64Array(places)
    this.worth = new Float64Array(people)
    this.taken = new Int32Array(places).fill(NOBODY)
    this.#placeOf = new Int32Array(people).fill(NOBODY)
    this.#reach = new Float64Array(people)
    this.#by = new Int32Array(people)
  }

  /** Looks from a place, `least` away, at the first `left` people of the list; answers where the nearest stands. */
  #nearest(place: number, least: number, open: Int32Array, left: number): number {
    const [row, from] = [place * this.worth.length, least - this.pays[place]!]
    const [reach, by, worth, cost] = [this.#reach, this.#by, this.worth, this.#cost]
    let [next, nearest] = [NOBODY, Infinity]
    for (let k = 0; k < left; k++) {
      const person = open[k]!
      const far = from + cost[row + person]! - worth[person]!
      if (far < reach[person]!) {
        reach[person] = far
        by[person] = place
      }
      if (reach[person]! < nearest || (reach[person] === nearest && this.#placeOf[person] === NOBODY)) {
        nearest = reach[person]!
        next = k
      }
    }
    return next
  }

  /** Fills one more place on the cheapest way: others move on, until a free person comes in or a place stays empty. */
  seat(first: number): void {
    this.#reach.fill(Infinity)
    const open = Int32Array.from(this.worth.keys())
    const [visited, settled] = [[{ place: first, reach: 0 }], [] as number[]]
    let [leaver, lowest, last, left] = [NOBODY, Infinity, NOBODY, open.length]
    for (;;) {
      const { place, reach } = visited.at(-1)!
      const toEmpty = reach + this.#empty - this.pays[place]!
      if (toEmpty < lowest) [leaver, lowest] = [place, toEmpty]
      const next = this.#nearest(place, reach, open, left)
      const person = next === NOBODY ? NOBODY : open[next]!
      if (person === NOBODY || lowest <= this.#reach[person]!) break
      if (this.#placeOf[person] === NOBODY) {
        ;[last, leaver, lowest] = [person, NOBODY, this.#reach[person]!]
        break
      }
      open[next] = open[--left]!
      settled.push(person)
      visited.push({ place: this.#placeOf[person]!, reach: this.#reach[person]! })
    }
    for (const { place, reach } of visited) this.pays[place]! += lowest - reach
    for (const person of settled) this.worth[person]! += this.#reach[person]! - lowest
    this.#move(first, leaver, last)
  }

  /** Seats people along the way that was found, from its end back to the first place. */
  #move(first: number, leaver: number, last: number): void {
    if (leaver === first) return
    let person = leaver === NOBODY ? last : this.taken[leaver]!
    if (leaver !== NOBODY) this.taken[leaver] = NOBODY
    for (let place = NOBODY; place !== first;) {
      place = this.#by[person]!
      const before = this.taken[place]!
      this.#placeOf[person] = place
      this.taken[place] = person
      person = before
    }
  }
}

/**
 * Fills places of one period with people, each at most once, at the least cost in all: shortest augmenting paths
 * (Jonker and Volgenant 1987, in the form of Crouse 2016, doi:10.1109/TAES.2016.140952). A place may stay empty.
 * @param cost by place × person, at least 0; Infinity = this person cannot
 * @param people how many there are
 * @param empty what an empty place costs
 */
export function dispatch(cost: Float64Array, people: number, empty: number): Dispatch {
  const places = people === 0 ? 0 : cost.length / people
  const seating = new Seating(cost, places, people, empty)
  for (let place = 0; place < places; place++) seating.seat(place)
  const { taken, pays, worth } = seating
  const costs = Array.from(taken, (person, place) => person === NOBODY ? empty : cost[place * people + person]!)
  const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0)
  return { taken, cost: sum(costs), proof: sum(pays) + sum(worth) }
}
