import { expect, it } from 'vitest'
import { once } from './once.ts'

it('ignores presses while the first one runs, and takes the next one after it, also after a failure', async () => {
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
