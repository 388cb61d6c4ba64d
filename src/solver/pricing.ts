import type { Network } from './network.ts'
import type { PersonRoster, Problem } from './problem.ts'
import type { DutyClass } from './ways.ts'
import { networkOf } from './network.ts'
import { OFF } from './problem.ts'
import { keyOf, waysOf } from './ways.ts'

/** The cheapest roster of a person, and what its turns cost. */
export interface Priced { roster: PersonRoster, value: number }

/** The days that are free to change, [from, to); on all others the roster stays. */
export interface Frame { from: number, to: number, roster: PersonRoster }

/** The rosters of people under prices by day × duty; Infinity forbids a turn. */
export interface Pricer {
  /** the cheapest roster: the shortest way through the network. Null = the person's rules leave no roster at all. */
  best: (person: number, prices: Float64Array, frame?: Frame) => Priced | null
  /** every roster that costs at most `limit`, or null where there are more than `most` */
  within: (person: number, prices: Float64Array, limit: number, most: number) => PersonRoster[] | null
}

/** A day that is settled in two ways: there is no roster. */
const CLASH = -2
/** `settled`: the turn of a day, OFF where the person is away; `barred`: the duties in an absence, by cell. */
interface Ready {
  network: Network
  classes: readonly DutyClass[]
  settled: ReadonlyMap<number, number>
  barred: ReadonlySet<number>
  /** what minutes and counted turns cost, by the ends of the network */
  load: Float64Array
}

function networksOf(problem: Problem): Ready[] {
  const known = new Map<string, Network>()
  return problem.people.map((person) => {
    const { away, pins, load } = person
    const ways = waysOf(problem, person)
    const key = keyOf(ways)
    const network = known.get(key) ?? networkOf(ways)
    known.set(key, network)
    const settled = new Map(away.filter(a => !a.duties).map(({ day }) => [day, OFF]))
    const barred = new Set(away.flatMap(a => (a.duties ?? []).map(duty => a.day * problem.duties.length + duty)))
    for (const { day, duty } of pins) settled.set(day, (settled.get(day) ?? duty) === duty ? duty : CLASH)
    const shares = Float64Array.from(network.endMinutes, m => load ? load.cost[Math.round(m / load.unit)]! : 0)
    for (const [i, { cost }] of ways.limits.entries()) {
      if (cost) {
        for (const [end, turns] of network.endTurns[i]!.entries()) shares[end]! += cost[turns]!
      }
    }
    return { network, classes: ways.classes, settled, barred, load: shares }
  })
}

/** What the days of a network cost: the cheapest duty of each class stands for it. By label, as in Network. */
interface Tariff { cheapest: Float64Array, stands: Int32Array }

function reduce(
  { days, duties }: Problem, { classes, settled, barred }: Ready, prices: Float64Array, to: Tariff, frame?: Frame,
): void {
  for (let day = 0, label = 0; day < days; day++) {
    const isFree = !frame || (day >= frame.from && day < frame.to)
    const only = isFree ? settled.get(day) : frame.roster[day]!
    to.stands[label] = OFF
    to.cheapest[label++] = only === undefined || only === OFF ? 0 : Infinity
    for (const { duties: alike } of classes) {
      let best = Infinity
      for (const duty of alike) {
        const cell = day * duties.length + duty
        const price = (only === undefined || only === duty) && !barred.has(cell) ? prices[cell]! : Infinity
        if (price < best) {
          best = price
          to.stands[label] = duty
        }
      }
      to.cheapest[label++] = best
    }
  }
}

/** The cheapest way to each node, and the arc it comes by. */
function shortest(network: Network, { cheapest }: Tariff, reach: Float64Array, by: Int32Array): void {
  const { from, to, label, nodes } = network
  reach.fill(Infinity, 0, nodes)
  reach[0] = 0
  for (let a = 0; a < from.length; a++) {
    const value = reach[from[a]!]! + cheapest[label[a]!]!
    if (value < reach[to[a]!]!) {
      reach[to[a]!] = value
      by[to[a]!] = a
    }
  }
}

/** What is left to pay from each node to an end. */
function toEnds({ network: { from, to, label, nodes, ends }, load }: Ready, { cheapest }: Tariff): Float64Array {
  const rest = new Float64Array(nodes).fill(Infinity)
  for (const [i, n] of ends.entries()) rest[n] = load[i]!
  for (let a = from.length - 1; a >= 0; a--) {
    const value = rest[to[a]!]! + cheapest[label[a]!]!
    if (value < rest[from[a]!]!) rest[from[a]!] = value
  }
  return rest
}

/** Builds the networks of everybody; the pricer keeps them. */
export function pricerOf(problem: Problem): Pricer {
  const { days, duties } = problem
  const ready = networksOf(problem)
  const most = Math.max(0, ...ready.map(r => r.network.nodes))
  const reach = new Float64Array(most)
  const by = new Int32Array(most)
  const labels = days * (duties.length + 1)
  const tariff = { cheapest: new Float64Array(labels), stands: new Int32Array(labels) }
  function best(person: number, prices: Float64Array, frame?: Frame): Priced | null {
    const { network, load } = ready[person]!
    if (network.nodes === 0) return null
    reduce(problem, ready[person]!, prices, tariff, frame)
    shortest(network, tariff, reach, by)
    let [end, value] = [-1, Infinity]
    for (const [i, n] of network.ends.entries()) {
      if (reach[n]! + load[i]! < value) [end, value] = [n, reach[n]! + load[i]!]
    }
    if (end < 0) return null
    const roster = new Int16Array(days).fill(OFF)
    for (let day = days - 1, n = end; day >= 0; day--) {
      const a = by[n]!
      roster[day] = tariff.stands[network.label[a]!]!
      n = network.from[a]!
    }
    return { roster, value }
  }
  function within(person: number, prices: Float64Array, limit: number, many: number): PersonRoster[] | null {
    const { network, classes, settled, barred } = ready[person]!
    reduce(problem, ready[person]!, prices, tariff)
    const { cheapest } = tariff
    const rest = toEnds(ready[person]!, tariff)
    const found: PersonRoster[] = []
    const roster = new Int16Array(days).fill(OFF)
    /** Follows every way from a node that stays within the limit; false = too many. */
    function follow(node: number, day: number, paid: number): boolean {
      if (day === days) return found.push(roster.slice()) <= many
      for (let a = network.out[node]!; a < network.out[node + 1]!; a++) {
        const label = network.label[a]!
        const later = rest[network.to[a]!]!
        if (paid + cheapest[label]! + later > limit) continue
        const kind = label % (classes.length + 1)
        for (const duty of kind === 0 ? [OFF] : classes[kind - 1]!.duties) {
          if ((settled.get(day) ?? duty) !== duty) continue
          if (duty !== OFF && barred.has(day * duties.length + duty)) continue
          const now = paid + (duty === OFF ? 0 : prices[day * duties.length + duty]!)
          if (now + later > limit) continue
          roster[day] = duty
          if (!follow(network.to[a]!, day + 1, now)) return false
        }
      }
      return true
    }
    if (network.nodes === 0) return []
    return follow(0, 0, 0) ? found : null
  }
  return { best, within }
}
