import type { KillFinding } from './checks.ts'
import type { Told } from './story.ts'
import { clock } from '../clock.ts'
import { findings } from './checks.ts'
import { planKills } from './plan.ts'
import { openStage } from './stage.ts'
import { tell } from './story.ts'

/** Everything one run has to tell. */
export interface Killed { seed: number, seconds: number, told: Told[], found: KillFinding }

/** Kills a browser `kills` times at moments the seed chooses, and compares what people were told with what became of it. */
export async function killAndCompare(
  kills: number,
  seed: number,
  say: (line: string) => void = () => {},
): Promise<Killed> {
  const from = clock.now()
  const told: Told[] = []
  const found: KillFinding = { lost: [], doubled: [], unasked: [], gaps: [], unsent: [], divergent: [] }
  const stage = await openStage()
  try {
    for (const story of planKills(kills, seed)) {
      const one = await tell(stage, story)
      told.push(one)
      const wrong = Object.entries(await findings(stage, one)) as [keyof KillFinding, string[]][]
      for (const [name, list] of wrong) found[name].push(...list)
      say(
        `${one.page} ${one.died.join(' ')}: ${one.ledger.kept} kept${
          wrong.map(([name, list]) => list.length > 0 ? `, ${name} ${list.length}` : '').join('')
        }`,
      )
    }
  }
  finally {
    await stage.close()
  }
  return { seed, seconds: (clock.now() - from) / 1000, told, found }
}

/** The counts, a line each. */
export function killLines({ seed, seconds, told, found }: Killed): string[] {
  const sum = (pick: (t: Told) => number): number => told.reduce((n, t) => n + pick(t), 0)
  const moments = Map.groupBy(told.flatMap(t => t.died), moment => moment)
  const line = (name: string, text: string): string => `${name.padEnd(14)}${text}`
  return [
    line(
      'seed',
      `${seed}; ${told.length} phones (${told.filter(t => t.page === 'app').length} through the screens), ${
        seconds.toFixed(0)
      } s`,
    ),
    line(
      'kills',
      `${sum(t => t.died.length)}: ${[...moments].map(([moment, all]) => `${moment} ${all.length}`).join(', ')}`,
    ),
    line('taps', `${sum(t => t.ledger.begun)} begun, ${sum(t => t.ledger.kept)} acknowledged`),
    ...Object.entries(found).map(([name, list]) =>
      line(name, `${list.length}${list.length > 0 ? `  ${list.slice(0, 3).join(' | ')}` : ''}`),
    ),
  ]
}

/** Did everything hold? */
export function isSound({ found }: Killed): boolean {
  return Object.values(found).every(list => list.length === 0)
}
