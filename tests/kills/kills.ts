import type { KillFindings } from './checks.ts'
import type { StoryEnd } from './story.ts'
import { clock } from '../clock.ts'
import { findings } from './checks.ts'
import { planKills } from './plan.ts'
import { openStage } from './stage.ts'
import { tell } from './story.ts'

/** What one run of kills found. */
export interface KillRun { seed: number, seconds: number, ends: StoryEnd[], found: KillFindings }

/** Kills a browser `kills` times at moments the seed chooses, and compares what people were told with what happened. */
export async function killAndCompare(
  kills: number,
  seed: number,
  say: (line: string) => void = () => {},
): Promise<KillRun> {
  const from = clock.now()
  const ends: StoryEnd[] = []
  const found: KillFindings = { lost: [], doubled: [], unasked: [], gaps: [], unsent: [], divergent: [] }
  const stage = await openStage()
  try {
    for (const story of planKills(kills, seed)) {
      const one = await tell(stage, story)
      ends.push(one)
      const wrong = Object.entries(await findings(stage, one)) as [keyof KillFindings, string[]][]
      for (const [name, list] of wrong) found[name].push(...list)
      const faults = wrong.map(([name, list]) => list.length > 0 ? `, ${name} ${list.length}` : '').join('')
      say(`${one.page} ${one.died.join(' ')}: ${one.ledger.kept} kept${faults}`)
    }
  }
  finally {
    await stage.close()
  }
  return { seed, seconds: (clock.now() - from) / 1000, ends, found }
}

/** The counts of a run, a line each. */
export function killLines({ seed, seconds, ends, found }: KillRun): string[] {
  const sum = (pick: (t: StoryEnd) => number): number => ends.reduce((n, t) => n + pick(t), 0)
  const moments = Map.groupBy(ends.flatMap(t => t.died), moment => moment)
  const line = (name: string, text: string): string => `${name.padEnd(14)}${text}`
  const screens = ends.filter(t => t.page === 'app').length
  const died = [...moments].map(([moment, all]) => `${moment} ${all.length}`).join(', ')
  return [
    line('seed', `${seed}; ${ends.length} phones (${screens} through the screens), ${seconds.toFixed(0)} s`),
    line('kills', `${sum(t => t.died.length)}: ${died}`),
    line('taps', `${sum(t => t.ledger.begun)} begun, ${sum(t => t.ledger.kept)} acknowledged`),
    ...Object.entries(found).map(([name, list]) =>
      line(name, `${list.length}${list.length > 0 ? `  ${list.slice(0, 3).join(' | ')}` : ''}`),
    ),
  ]
}

/** True when nothing was found. */
export function isSound({ found }: KillRun): boolean {
  return Object.values(found).every(list => list.length === 0)
}
