import type { Problem } from './problem.ts'
import type { Answer, SolveEvent, SolveOptions } from './solve.ts'
import type { Question, Told } from './solverWorker.ts'
import { unfilledOf } from './judge.ts'

/** A search in a worker of its own. */
export interface Solving {
  /** null = it was cancelled before there was a roster; rejects when the worker broke */
  answer: Promise<Answer | null>
  /** ends it at once; `answer` is then the best so far */
  cancel: () => void
}

/**
 * Searches in a worker, so that the page stays smooth. Nothing of it is loaded before.
 * @param problem what is asked for
 * @param options the seed, and how long to search
 * @param tell hears of each better roster and each higher bound
 */
export function solveInWorker(
  problem: Problem, options: SolveOptions, tell: (event: SolveEvent) => void = () => {},
): Solving {
  const worker = new Worker(new URL('./solverWorker.ts', import.meta.url), { type: 'module', name: 'roster' })
  let best: Extract<SolveEvent, { kind: 'best' }> | null = null
  let bound = -Infinity
  let finish: (answer: Answer | null) => void = () => {}
  const answer = new Promise<Answer | null>((resolve, reject) => {
    finish = resolve
    worker.addEventListener('error', ({ message }) => reject(new Error(message)))
    worker.addEventListener('message', ({ data }: MessageEvent<Told>) => {
      if (data.kind === 'answer') return resolve(data.answer)
      if (data.event.kind === 'best') best = data.event
      else ({ bound } = data.event)
      tell(data.event)
    })
  }).finally(() => worker.terminate())
  worker.postMessage({ problem, options } satisfies Question)
  function cancel(): void {
    worker.terminate()
    if (!best) return finish(null)
    const { roster, cost } = best
    const unfilled = unfilledOf(problem, roster)
    finish({ status: 'solved', roster, cost, bound, proven: false, late: false, unfilled })
  }
  return { answer, cancel }
}
