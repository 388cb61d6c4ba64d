import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { underLock } from './lock.ts'

let parent: string
let lock: string
beforeEach(async () => {
  parent = await mkdtemp(path.join(os.tmpdir(), 'redwhistle-lock-'))
  lock = path.join(parent, 'lock')
})
afterEach(async () => rm(parent, { recursive: true, force: true }))

it('runs one work at a time, also after one that throws, and leaves no lock behind', async () => {
  let running = 0
  const work = async (): Promise<number> => {
    const together = ++running
    await sleep(20)
    running--
    if (together === 1) throw new Error('broken')
    return together
  }
  const ends = await Promise.allSettled([1, 2, 3].map(async () => underLock(lock, work)))
  expect(ends.map(end => end.status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(await readdir(parent)).toEqual([])
})

it('waits for a holder that lives, however long its work takes', async () => {
  const done: string[] = []
  const first = underLock(lock, async () => {
    await sleep(2_600)
    done.push('first')
  })
  await sleep(50)
  await underLock(lock, async () => { done.push('second') }, 1_800)
  await first
  expect(done).toEqual(['first', 'second'])
})

it('takes the lock of a killed process', async () => {
  await mkdir(lock)
  expect(await underLock(lock, async () => 'done', 200)).toBe('done')
})
