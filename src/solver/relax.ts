import type { Master, Mix } from './master.ts'
import type { Search, Span } from './search.ts'
import { ownCost } from './columns.ts'
import { masterOf } from './master.ts'
import { OFF } from './problem.ts'
import { NOTHING } from './search.ts'

/** How much of the best prices so far is mixed into new ones (smoothing: Wentges 1997). */
const SMOOTHING = 0.7
/** The bound is good enough when it lies this close to the value of the linear program. */
const CLOSE = 1e-4

interface Asked {
  master: Master
  mix: Mix
  people: readonly number[]
  prices: Float64Array
  span: Span
}

/**
 * Adds the cheapest roster of each person under the prices asked for, where it is worth more than the person's rent in
 * the mix. Answers how many are new to it, and what the cheapest of each person costs.
 */
export function addColumns(search: Search, asked: Asked): { added: number, least: number[] } {
  const { master, mix, people, prices, span } = asked
  const { problem, price, columns } = search
  const cost = new Float64Array(prices.length)
  let added = 0
  const least = people.map((person) => {
    const { wishes } = problem.people[person]!
    for (let i = 0; i < cost.length; i++) cost[i] = wishes[i]! - prices[i]!
    const found = price.best(person, cost, { ...span, roster: search.now.roster[person]! })
    if (!found) return Infinity
    let worth = ownCost(problem, person, found.roster) - mix.rent.get(person)!
    for (const [day, duty] of found.roster.entries()) {
      if (duty !== OFF) worth -= mix.prices[day * problem.duties.length + duty]!
    }
    if (worth < -NOTHING && master.add(columns.add(person, found.roster))) added++
    return found.value
  })
  return { added, least }
}

/** Raises the bound to what these prices prove (Lagrange); answers whether they prove more than those before. */
function prove(search: Search, prices: Float64Array, least: readonly number[]): boolean {
  const { need, offset } = search.problem
  const places = prices.reduce((sum, price, i) => sum + price * need[i]!, 0)
  const bound = offset + places + least.reduce((sum, value) => sum + value, 0)
  if (bound <= search.bound) return false
  search.bound = bound
  search.proof = { prices, least }
  return true
}

/** Solves the linear program of everybody: adds columns until none is worth it, and so finds the bound. */
export async function relax(search: Search): Promise<void> {
  const { problem, columns } = search
  const people = [...problem.people.keys()]
  const span = { from: 0, to: problem.days }
  const master = masterOf({ ...search, people, taken: new Int32Array(problem.need.length), span })
  try {
    for (const index of columns.all.keys()) master.add(index)
    while (await search.goesOn()) {
      const mix = master.solve()
      let added = 0
      for (let smooth = search.proof ? SMOOTHING : 0; added === 0; smooth = smooth > 0.3 ? smooth / 2 : 0) {
        const stable = search.proof?.prices ?? mix.prices
        const prices = mix.prices.map((price, i) => smooth * stable[i]! + (1 - smooth) * price)
        const found = addColumns(search, { master, mix, people, prices, span })
        added = found.added
        prove(search, prices, found.least)
        if (smooth === 0) break
      }
      if (added === 0 || mix.value + problem.offset - search.bound < CLOSE) return
    }
  }
  finally {
    master.dispose()
  }
}
