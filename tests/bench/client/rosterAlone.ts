import type { Roster } from '#solver/problem.ts'
import loadHighs from 'highs'
import wasm from 'highs/runtime?url'
import { greedy } from '#solver/greedy.ts'
import { breaches, costOf } from '#solver/judge.ts'
import { pricerOf } from '#solver/pricing.ts'
import { compactModel } from '../roster/compact.ts'
import { readInstance } from '../roster/instance.ts'

/** What the page asks: the others that our search is compared with, each alone. */
export interface Alone { engine: 'greedy' | 'highs', text: string, seconds: number }
/** A roster that was found: what it costs, how many hard rules it breaks. */
export interface Found { cost: number, breaches: number }

const tell = (found: Found | 'end'): void => globalThis.postMessage(found)

globalThis.addEventListener('message', ({ data: { engine, text, seconds } }: MessageEvent<Alone>) => {
  const started = performance.now()
  const problem = readInstance(text)
  const show = (roster: Roster): void =>
    tell({ cost: costOf(problem, roster).total, breaches: breaches(problem, roster).length })
  const run = async (): Promise<void> => {
    if (engine === 'greedy') {
      const roster = greedy(problem, pricerOf(problem), problem.people.keys())
      if (roster) show(roster)
      return tell('end')
    }
    const highs = await loadHighs({ locateFile: () => wasm })
    const { model, read } = compactModel(highs, problem)
    model.options.set({ output_flag: false, time_limit: seconds - (performance.now() - started) / 1000 })
    model.run({
      [highs.constants.callbackType.mipImprovingSolution]({ data }) {
        if (data.mip_solution) show(read(data.mip_solution))
        return undefined
      },
    })
    tell('end')
  }
  run().catch((error: unknown) => globalThis.reportError(error))
})
