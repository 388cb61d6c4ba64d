import type { Search } from './search.ts'
import { masterOf } from './master.ts'
import { addColumns } from './relax.ts'
import { restOf } from './remake.ts'
import { limitOf, NOTHING, offerChosen } from './search.ts'

/** Rounds of new rosters before the next person is fixed. */
const ROUNDS = 8

/**
 * Makes a whole roster from the linear program: the person with the largest share of one roster gets it, the program
 * is solved again with new rosters beside it, and so on. Ends early where the whole cannot become better.
 */
export async function dive(search: Search): Promise<void> {
  const { columns, problem } = search
  const people = [...problem.people.keys()]
  const span = { from: 0, to: problem.days }
  const { taken, cost } = restOf(search, { people, span })
  const master = masterOf({ ...search, people, taken, span })
  const open = new Set(people)
  const chosen = new Map<number, number>()
  const isHopeless = (value: number): boolean => cost + value > limitOf(search) + NOTHING
  function take(index: number): void {
    const { person } = columns.all[index]!
    master.fix(person, index)
    open.delete(person)
    chosen.set(person, index)
  }
  try {
    for (const index of columns.all.keys()) master.add(index)
    while (open.size > 0) {
      if (!await search.goesOn()) return
      let mix = master.solve()
      for (let round = 0; round < ROUNDS; round++) {
        if (addColumns(search, { master, mix, people: [...open], prices: mix.prices, span }).added === 0) break
        mix = master.solve()
      }
      if (isHopeless(mix.value)) return
      const shares = [...mix.share].filter(([index, share]) => share > NOTHING && open.has(columns.all[index]!.person))
      const [first, ...others] = shares.sort((a, b) => b[1] - a[1])
      take(first![0])
      for (const [index, share] of others) {
        if (share > 1 - NOTHING && open.has(columns.all[index]!.person)) take(index)
      }
    }
    offerChosen(search, chosen)
  }
  finally {
    master.dispose()
  }
}
