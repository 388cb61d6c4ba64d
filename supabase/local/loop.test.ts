import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { clock } from '../../tests/clock.ts'
import { every } from './loop.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const failure = (code: string): Error => Object.assign(new Error('what somebody sent'), { code, stack: '' })

it('pauses first, then runs one at a time: a pause begins when a run has ended', async () => {
  const began: number[] = []
  const start = clock.now()
  const loop = every(100, async () => {
    began.push(clock.now() - start)
    await new Promise(resolve => void setTimeout(resolve, 250))
  }, () => undefined)
  await vi.advanceTimersByTimeAsync(99)
  expect(began).toEqual([])
  await vi.advanceTimersByTimeAsync(1000)
  expect(began).toEqual([100, 450, 800])
  const stopped = loop.stop()
  await vi.runAllTimersAsync()
  await stopped
})

it('goes on after a failure, and reports each kind once until a run succeeds', async () => {
  const reports: string[] = []
  const runs = ['08006', '08006', '57P01', '08006', null, '08006'].map(code => async () => {
    if (code !== null) throw failure(code)
  })
  const loop = every(5_000, async () => runs.shift()?.(), what => reports.push(what))
  await vi.advanceTimersByTimeAsync(5_000 * 6)
  expect(reports).toEqual(['Error 08006', 'Error 57P01', 'Error 08006', 'Error 08006'])
  expect(runs).toEqual([])
  await loop.stop()
})

it('waits at stop for the run under way, reports nothing of it, and starts no other', async () => {
  const reports: string[] = []
  const done: string[] = []
  let runs = 0
  const loop = every(100, async () => {
    runs++
    await new Promise(resolve => void setTimeout(resolve, 50))
    throw failure('57P01')
  }, what => reports.push(what))
  await vi.advanceTimersByTimeAsync(120)
  const stopped = loop.stop().then(() => done.push('stopped'))
  await vi.advanceTimersByTimeAsync(20)
  expect(done).toEqual([])
  await vi.advanceTimersByTimeAsync(10_000)
  await stopped
  expect([runs, reports, done]).toEqual([1, [], ['stopped']])
})
