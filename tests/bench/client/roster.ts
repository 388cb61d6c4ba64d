import type { Alone, Found } from './rosterAlone.ts'
import { solveInWorker } from '#solver/inWorker.ts'
import { breaches } from '#solver/judge.ts'
import { randomOf } from '#solver/random.ts'
import { smallProblem } from '#solver/testing/small.ts'
import { readInstance } from '../roster/instance.ts'

/** The best at a time, s after the start; `bound` where one is proved. */
export interface Moment extends Found { at: number, bound: number | null }

/** Our search, from a cold worker; every moment at which it was better or the bound higher. */
async function ours(text: string, seed: number, seconds: number): Promise<Moment[]> {
  const started = performance.now()
  const problem = readInstance(text)
  const moments: Moment[] = []
  let [found, bound]: [Found | null, number | null] = [null, null]
  const solving = solveInWorker(problem, { seed, budget: { ms: seconds * 1000 } }, (event) => {
    if (event.kind === 'bound') ({ bound } = event)
    else found = { cost: event.cost.total, breaches: breaches(problem, event.roster).length }
    if (found) moments.push({ at: (performance.now() - started) / 1000, ...found, bound })
  })
  const late = setTimeout(() => solving.cancel(), seconds * 1000 - (performance.now() - started))
  await solving.answer
  clearTimeout(late)
  return moments
}

/** HiGHS with the whole problem, or greedy. */
async function alone(question: Alone): Promise<Moment[]> {
  const started = performance.now()
  const worker = new Worker(new URL('./rosterAlone.ts', import.meta.url), { type: 'module' })
  const moments: Moment[] = []
  try {
    return await new Promise((resolve, reject) => {
      worker.addEventListener('error', ({ message }) => reject(new Error(message)))
      worker.addEventListener('message', ({ data }: MessageEvent<Found | 'end'>) => {
        if (data === 'end') resolve(moments)
        else moments.push({ at: (performance.now() - started) / 1000, ...data, bound: null })
      })
      worker.postMessage(question)
      setTimeout(resolve, question.seconds * 1000, moments)
    })
  }
  finally {
    worker.terminate()
  }
}

/** The roster of a made problem after so many steps: the same on every machine. */
async function bySteps(seed: number, steps: number): Promise<number[][]> {
  const problem = smallProblem(randomOf(seed), 5)
  const answer = await solveInWorker(problem, { seed, budget: { steps } }).answer
  return answer?.status === 'solved' ? answer.roster.map(one => [...one]) : []
}

Object.assign(globalThis, { roster: { ours, alone, bySteps } })
