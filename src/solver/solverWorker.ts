import type { Problem } from './problem.ts'
import type { Answer, SolveEvent, SolveOptions } from './solve.ts'
import loadHighs from 'highs'
import wasm from 'highs/runtime?url'
import { solve } from './solve.ts'

/** What a page asks of the worker. */
export interface Question { problem: Problem, options: SolveOptions }
/** What the worker tells the page. */
export type Told = { kind: 'event', event: SolveEvent } | { kind: 'answer', answer: Answer }

const tell = (told: Told): void => globalThis.postMessage(told)

globalThis.addEventListener('message', ({ data }: MessageEvent<Question>) => {
  const run = async (): Promise<void> => {
    const highs = await loadHighs({ locateFile: () => wasm })
    // nothing is heard while it runs: a page that wants no more ends the worker
    const ports = { highs, now: () => performance.now(), rest: async () => {} }
    const answer = await solve(data.problem, data.options, ports, event => tell({ kind: 'event', event }))
    tell({ kind: 'answer', answer })
  }
  // an error in a promise is not told to the page by itself
  run().catch((error: unknown) => globalThis.reportError(error))
})
