import type { Page } from 'playwright-core'
import type { Moment } from './client/roster.ts'
import type { Figure } from './measure.ts'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { withPages } from './page.ts'

interface BenchWindow { roster: {
  ours: (text: string, seed: number, seconds: number) => Promise<Moment[]>
  alone: (question: { engine: string, text: string, seconds: number }) => Promise<Moment[]>
} }

/**
 * Costs that nobody has beaten on the instances of Curtois and Qu, by number; those of 1–7 and 9–11 are proved
 * (schedulingbenchmarks.org).
 */
const BEST_KNOWN = [607, 828, 1001, 1716, 1143, 1950, 1056, 1300, 439, 4631, 3443, 4040]
/** What `--full` has measured already, so that a run that was ended goes on. */
const KEPT = fileURLToPath(new URL('../../node_modules/.cache/redwhistle/roster-bench.json', import.meta.url))

interface Instance { name: string, text: string, best: number | null }

/** The instances of a folder, in the order of their numbers. */
function instancesIn(folder: string): Instance[] {
  const names = readdirSync(folder).filter(name => /^Instance\d+\.txt$/.test(name))
  if (names.length === 0) throw new Error(`${folder} has no Instance<number>.txt`)
  const numbered = names.map(name => ({ name, number: Number(/\d+/.exec(name)![0]) }))
  return numbered.sort((a, b) => a.number - b.number).map(({ name, number }) => ({
    name: name.replace('.txt', ''),
    text: readFileSync(path.join(folder, name), 'utf8'),
    best: BEST_KNOWN[number - 1] ?? null,
  }))
}

/** Runs what is asked, or reads what an earlier run measured. */
type Measure = (key: string, run: () => Promise<Moment[]>) => Promise<Moment[]>

function measureOf(full: boolean): Measure {
  const kept = full && existsSync(KEPT) ? JSON.parse(readFileSync(KEPT, 'utf8')) as Record<string, Moment[]> : {}
  return async (key, run) => {
    const known = kept[key]
    if (known) return known
    const found = await run()
    kept[key] = found
    mkdirSync(path.dirname(KEPT), { recursive: true })
    if (full) writeFileSync(KEPT, JSON.stringify(kept))
    return found
  }
}

const upTo = (moments: readonly Moment[], seconds: number): Moment | undefined =>
  moments.findLast(m => m.at <= seconds)

/** How far a cost lies above the best known, in percent; above the bound where none is known. */
function figure(name: string, best: number | null, found: Moment | undefined): Figure {
  if (!found) return { name, value: Infinity, unit: '%', note: 'no roster' }
  const least = best ?? found.bound ?? Number.NaN
  const note = `${found.cost}${found.breaches > 0 ? `, ${found.breaches} rules broken` : ''}`
  return { name, value: (found.cost / least - 1) * 100, unit: '%', note: `${note} against ${least}` }
}

async function benchInstance(page: Page, { name, text, best }: Instance, full: boolean): Promise<Figure[]> {
  const measure = measureOf(full)
  const times = full ? [10, 60, 300] : [10, 60]
  const longest = times.at(-1)!
  const alone = (engine: string, seconds: number): Promise<Moment[]> =>
    measure(`${name} ${engine} ${seconds}`, () => page.evaluate(
      question => (globalThis as unknown as BenchWindow).roster.alone(question),
      { engine, text, seconds },
    ))
  const figures: Figure[] = []
  for (const seed of full ? [1, 2, 3] : [1]) {
    const moments = await measure(`${name} ours ${seed} ${longest}`, () => page.evaluate(
      ([t, s, seconds]) => (globalThis as unknown as BenchWindow).roster.ours(t, s, seconds),
      [text, seed, longest] as const,
    ))
    for (const at of times) figures.push(figure(`${name}, seed ${seed}, ${at} s`, best, upTo(moments, at)))
    const bound = moments.at(-1)?.bound
    if (bound) figures.push({ name: `${name}, seed ${seed}, proved bound`, value: Math.ceil(bound - 1e-6), unit: '' })
  }
  const highs = await alone('highs', longest)
  for (const at of times) figures.push(figure(`${name}, HiGHS alone, ${at} s`, best, upTo(highs, at)))
  figures.push(figure(`${name}, greedy`, best, (await alone('greedy', longest)).at(-1)))
  return figures
}

/**
 * Solves public instances in a worker of Chromium, each from a cold start, beside HiGHS alone and greedy: how far each
 * lies above the best known after 10 and 60 s. `full`: three seeds, and 300 s.
 */
export async function benchRoster(
  { instances, full }: { instances?: string | undefined, full: boolean }, tell: (figures: Figure[]) => void,
): Promise<Figure[]> {
  if (instances === undefined) throw new Error('roster needs --instances <folder>, with files Instance<number>.txt')
  for (const instance of instancesIn(instances)) {
    tell(await withPages(1, async ([page]) => benchInstance(page!, instance, full)))
  }
  return []
}
