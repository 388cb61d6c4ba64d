import type pg from 'pg'
import type { Outcome } from './callout/play.ts'
import type { Figure } from './measure.ts'
import { startPostgres17 } from '../postgres/postgres17.ts'
import { answersOf } from './callout/answers.ts'
import { firstPhone } from './callout/firstPhone.ts'
import { play } from './callout/play.ts'
import { ASKS_NOBODY, everyoneAtOnce, remember, tierByTier } from './callout/strategies.ts'
import { publishing, tenThousandOffers } from './callout/times.ts'
import { makeTown } from './callout/town.ts'

const RATES = [0.17, 0.30, 0.47]
const SEEDS = [1, 2]
const WAYS = ['waves', 'everyone at once', 'tier by tier'] as const
type Way = typeof WAYS[number]

async function average(pool: pg.Pool, rate: number, way: Way): Promise<Outcome> {
  const runs: Outcome[] = []
  for (const seed of SEEDS) {
    const town = await makeTown(pool)
    await remember(pool, town, rate)
    const strategy = { 'waves': null, 'everyone at once': everyoneAtOnce(town), 'tier by tier': tierByTier(town) }[way]
    const answers = answersOf(town.people.length, rate, seed)
    runs.push(await play(pool, town, answers, way === 'waves' ? null : ASKS_NOBODY, strategy))
  }
  const mean = (pick: (o: Outcome) => number): number => runs.reduce((sum, o) => sum + pick(o), 0) / runs.length
  return {
    places: runs[0]!.places,
    filled: [0, 1, 2].map(i => mean(o => o.filled[i]!)) as Outcome['filled'],
    asked: mean(o => o.asked),
    unneeded: mean(o => o.unneeded),
  }
}

const perPlace = (o: Outcome): number => o.asked / Math.max(1, o.filled[2])
function words(o: Outcome): string {
  const filled = o.filled.map(f => `${(100 * f / o.places).toFixed(1)} %`).join(' / ')
  return `filled ${filled} at 6 / 15 / 30 min; asked ${o.asked.toFixed(0)}, for nothing ${o.unneeded.toFixed(0)}`
}

/** Asks the same people, who give the same answers, in three ways. */
async function compare(pool: pg.Pool, rate: number): Promise<Figure[]> {
  const by = new Map<Way, Outcome>()
  for (const way of WAYS) by.set(way, await average(pool, rate, way))
  const [waves, all, tiers] = WAYS.map(w => by.get(w)!) as [Outcome, Outcome, Outcome]
  const name = `people asked per filled place, ${rate.toFixed(2)} say yes`
  return [
    { name: `${name}: waves`, value: perPlace(waves), unit: '', note: words(waves) },
    { name: `${name}: everyone at once`, value: perPlace(all), unit: '', note: words(all) },
    { name: `${name}: tier by tier, 5 / 10 / 15 min`, value: perPlace(tiers), unit: '', note: words(tiers) },
    { name: `${name}: waves / everyone at once`, value: perPlace(waves) / perPlace(all), unit: '×', max: 1 },
    { name: `${name}: waves / tier by tier`, value: perPlace(waves) / perPlace(tiers), unit: '×', max: 1 },
    {
      name: `places filled at 30 min, ${rate.toFixed(2)} say yes: waves / the better of both`,
      value: waves.filled[2] / Math.max(all.filled[2], tiers.filled[2]),
      unit: '×',
      min: 1,
    },
  ]
}

/** Plays 61 buildings × 3 places and 1,000 people on real SQL in simulated time; then measures opening and a tick. */
export async function benchCallout(): Promise<Figure[]> {
  const server = await startPostgres17(8)
  try {
    const figures: Figure[] = []
    for (const rate of RATES) figures.push(...await compare(server.pool, rate))
    const town = await makeTown(server.pool)
    figures.push(await publishing(server, town))
    figures.push(await tenThousandOffers(server, town))
    figures.push(await firstPhone())
    return figures
  }
  finally { await server.close() }
}
