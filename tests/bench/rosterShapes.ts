import type { Page } from 'playwright-core'
import type { ShapeRun } from './client/rosterShapes.ts'
import type { Figure } from './measure.ts'
import type { Shape } from './roster/shapes.ts'
import { withPages } from './page.ts'
import { SHAPES } from './roster/shapes.ts'

interface BenchWindow { rosterShapes: {
  shape: (shape: Shape, seconds: number) => Promise<ShapeRun>
  period: (places: number, people: number) => { seconds: number, proven: boolean }
} }

/** Longest search, s. */
const SECONDS = 60

async function figuresOf(page: Page, shape: Shape): Promise<Figure[]> {
  const run = await page.evaluate(
    ([s, seconds]) => (globalThis as unknown as BenchWindow).rosterShapes.shape(s, seconds), [shape, SECONDS] as const,
  )
  const above = (run.cost / run.bound - 1) * 100
  const note = `${run.filled} of ${run.places} places; ${run.cost} against ${Math.ceil(run.bound - 1e-6)}`
  return [
    { name: shape.name, value: run.seconds, unit: 's' },
    { name: `${shape.name}: above its proved bound`, value: above, unit: '%', max: 1, note },
  ]
}

/** Rosters of our own shape in Chromium, each from a cold worker, and one period of a town. */
export async function benchRosterShapes(): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const shape of SHAPES) figures.push(...await withPages(1, async ([page]) => figuresOf(page!, shape)))
  const { seconds, proven } = await withPages(1, async ([page]) => page!.evaluate(
    () => (globalThis as unknown as BenchWindow).rosterShapes.period(2000, 5000),
  ))
  const note = proven ? 'proved by its prices' : 'NOT proved'
  return [...figures, { name: '1,000 buildings × 2 places, 5,000 people, one period', value: seconds, unit: 's', note }]
}
