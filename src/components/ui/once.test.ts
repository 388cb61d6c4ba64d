import { afterEach, expect, it, vi } from 'vitest'
import { once } from './once.ts'
import { ECHO, watchPresses } from './presses.ts'

afterEach(() => vi.useRealTimers())

it('ignores presses while the first one runs; after a failure the next one counts at once', async () => {
  const started: number[] = []
  let finish: (ok: boolean) => void = () => {}
  const press = once((n: number) => {
    started.push(n)
    return new Promise<number>((resolve, reject) => { finish = ok => ok ? resolve(n) : reject(new Error('no')) })
  })
  const first = press(1)
  expect(await press(2)).toBeUndefined()
  finish(false)
  await expect(first).rejects.toThrow('no')
  const third = press(3)
  finish(true)
  expect(await third).toBe(3)
  expect(started).toEqual([1, 3])
})

it('takes a press just after the end for the echo of the first', async () => {
  vi.useFakeTimers()
  const press = once(async (n: number) => n)
  expect(await press(1)).toBe(1)
  vi.advanceTimersByTime(ECHO - 1)
  expect(await press(2)).toBeUndefined()
  vi.advanceTimersByTime(1)
  expect(await press(3)).toBe(3)
})

it('takes a press just after a refusal for a new one, and an echo of the refused press for none', async () => {
  let finish: (ok: boolean) => void = () => {}
  const started: number[] = []
  const press = once((n: number) => {
    started.push(n)
    return new Promise<boolean>((resolve) => { finish = resolve })
  })
  const first = press(1)
  expect(await press(2)).toBeUndefined()
  finish(false)
  expect(await first).toBe(false)
  const third = press(3)
  finish(true)
  expect(await third).toBe(true)
  expect(await press(4)).toBeUndefined()
  expect(started).toEqual([1, 3])
})

it('takes a press after something else was done for a new one', async () => {
  const page = new EventTarget()
  watchPresses(page as Window)
  const press = once(async (n: number) => n)
  const answers = [await press(1), await press(2)]
  for (const between of ['popstate', 'input']) {
    page.dispatchEvent(new Event(between))
    answers.push(await press(3), await press(4))
  }
  expect(answers).toEqual([1, undefined, 3, undefined, 3, undefined])
})

it('takes every press where presses are meant to follow each other', async () => {
  const press = once(async (n: number) => n, 0)
  expect([await press(1), await press(2)]).toEqual([1, 2])
})
