import type { Free, Outcome } from './remake.ts'
import type { Search, Span } from './search.ts'
import { unfilledOf } from './judge.ts'
import { masterOf } from './master.ts'
import { shuffled } from './random.ts'
import { excess, remake, restOf } from './remake.ts'
import { isProven, offerChosen } from './search.ts'

/** How many rosters are tried at once. */
const MANY = 6000
/** How long one trial of all of them may last, s; where steps are counted, in nodes of its tree. */
const PATIENCE = { seconds: 4, nodes: 200 }
/** How often such a trial follows, and how many people it has at first. */
const [OFTEN, FEW] = [0.1, 5]
/** How many people look together for new rosters of all days, and for how many days everybody looks, at first. */
const [SOME, DAYS] = [6, 7]
/** How often everybody looks for some days, and not some people for all. */
const EVERYBODY = 0.7
/** After so many tries in vain a roster may cost more, up to this share of the best; after so many the best is back. */
const [PATIENT, WORSE, RETURN] = [20, 0.01, 100]

/** How a trial ended: with a better whole, with the proof that there is none, out of time, or with too many rosters. */
export type Trial = 'better' | 'none' | 'late' | 'many'

/**
 * Tries every roster of some people that a better whole may have beside those of the others: a mixed integer program
 * finds the best of them.
 */
function tryAll(search: Search, people: readonly number[]): Trial {
  const { problem, price, columns, proof, now } = search
  if (!proof) return 'many'
  const span = { from: 0, to: problem.days }
  const { taken, cost, gap } = restOf(search, { people, span })
  const prices = new Float64Array(problem.need.length)
  const all: number[] = []
  for (const person of people) {
    const { wishes } = problem.people[person]!
    for (let i = 0; i < prices.length; i++) prices[i] = wishes[i]! - proof.prices[i]!
    const found = price.within(person, prices, proof.least[person]! + gap, MANY - all.length)
    if (!found) return 'many'
    if (found.length === 0) return 'none'
    for (const roster of found) all.push(columns.add(person, roster))
  }
  const master = masterOf({ ...search, people, taken, span })
  try {
    for (const index of all) master.add(index)
    const { chosen, ended } = master.whole(search.patience(PATIENCE), now.cost - cost)
    if (chosen) offerChosen(search, chosen)
    if (search.now.cost < now.cost) return 'better'
    return ended ? 'none' : 'late'
  }
  finally {
    master.dispose()
  }
}

/** Everybody, in an order of chance that favours those whose roster costs most above their cheapest. */
function wasteful(search: Search): number[] {
  const { columns, now, random } = search
  const keys = now.roster.map((roster, person) => {
    const waste = Math.max(0, excess(search, columns.add(person, roster)))
    return { person, key: random() ** (1 / (0.5 + waste)) } // weighted order: Efraimidis and Spirakis 2006
  })
  return keys.sort((a, b) => b.key - a.key).map(one => one.person)
}

/** Everybody, first those who could take an empty place at the least cost above their cheapest, by what is known. */
function nearGap(search: Search): number[] | null {
  const { problem, columns, now, random } = search
  const gaps = unfilledOf(problem, now.roster)
  const gap = gaps[Math.floor(random() * gaps.length)]
  if (!gap) return null
  const near = problem.people.map((_, person) => {
    const takes = columns.of(person).filter(i => columns.all[i]!.roster[gap.day] === gap.duty)
    return { person, key: takes.reduce((least, i) => Math.min(least, excess(search, i)), 1e9) * (0.5 + random()) }
  })
  return near.sort((a, b) => a.key - b.key).map(one => one.person)
}

/** Some people, best first. */
function choice(search: Search, some: number): number[] {
  const way = search.random()
  const near = way < 0.4 ? nearGap(search) : null
  const all = near ?? (way < 0.7 ? wasteful(search) : shuffled(search.problem.people.keys(), search.random))
  return all.slice(0, some)
}

/** How much is free at a time: more where the linear program proves that it is too little, less where time runs out. */
class Size {
  readonly #least: number
  readonly #most: number
  #now: number

  constructor(first: number, most: number) {
    this.#least = Math.min(2, most)
    this.#most = most
    this.#now = Math.min(first, most)
  }

  /** about the size of now */
  about(random: number): number {
    return Math.min(this.#most, Math.max(this.#least, Math.round(this.#now * (0.7 + 0.6 * random))))
  }

  learn(outcome: Outcome): void {
    const step = { hopeless: 0.3, none: 0.2, found: 0, late: -0.5 }[outcome]
    this.#now = Math.max(this.#least, Math.min(this.#most, this.#now + step))
  }
}

/** Looks again and again among some of the turns, until the time is over or nothing can be better. */
export async function improve(search: Search): Promise<void> {
  const { random, problem } = search
  const everybody = [...problem.people.keys()]
  const [some, days] = [new Size(SOME, everybody.length), new Size(DAYS, problem.days)]
  let [few, inVain] = [Math.min(FEW, everybody.length), 0]
  function spanOf(length: number): Span {
    const from = Math.floor(random() * (problem.days - length + 1))
    return { from, to: from + length }
  }
  while (!isProven(search) && await search.goesOn()) {
    const before = search.best.cost
    // where nothing near is better, the way to something better may lead over something worse
    search.slack = inVain > PATIENT ? random() * WORSE * before : 0
    const byDays = random() < EVERYBODY
    const free: Free = byDays
      ? { people: everybody, span: spanOf(days.about(random())) }
      : { people: choice(search, some.about(random())), span: { from: 0, to: problem.days } }
    const outcome = remake(search, free)
    ;(byDays ? days : some).learn(outcome)
    search.slack = 0
    inVain = search.best.cost < before ? 0 : inVain + 1
    if (inVain > RETURN) [search.now, inVain] = [search.best, 0]
    if (random() > OFTEN) continue
    const how = tryAll(search, wasteful(search).slice(0, few))
    if (how === 'none' && few === everybody.length && search.now === search.best) search.bound = search.best.cost
    few = Math.max(2, Math.min(everybody.length, few + ({ none: 1, better: 0, late: -1, many: -1 })[how]))
  }
}
