import { mkdir, rmdir, stat, utimes } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** Milliseconds between two looks at a lock that another process holds. */
const LOOK = 100
/** Milliseconds between two signs of life of the process that holds a lock. */
const BEAT = 1_000
/** Milliseconds without a sign of life after which that process counts as killed. */
const SILENCE = 15_000

/**
 * Waits until no other process runs work under this lock, then runs `work` and answers its result.
 * The lock is an empty folder whose holder renews its time of change, so that the lock of a killed process ends. A
 * holder that the system stops for longer than `silence` ms loses its lock: `work` must tolerate a second run then.
 */
export async function underLock<T>(folder: string, work: () => Promise<T>, silence = SILENCE): Promise<T> {
  await take(folder, silence)
  const beat = setInterval(() => {
    const now = new Date()
    utimes(folder, now, now).catch(() => undefined)
  }, BEAT)
  try {
    return await work()
  }
  finally {
    clearInterval(beat)
    await rmdir(folder).catch(() => undefined)
  }
}

/** Makes the folder as soon as there is none, or it has not changed for `silence` ms by this process's own clock. */
async function take(folder: string, silence: number): Promise<void> {
  let changed = 0
  let since = performance.now()
  while (!await makes(folder)) {
    const last = await stat(folder).then(({ mtimeMs }) => mtimeMs, () => 0)
    if (last !== changed) [changed, since] = [last, performance.now()]
    else if (performance.now() - since > silence) await rmdir(folder).catch(() => undefined)
    await sleep(LOOK)
  }
}

/** Makes the folder; false if it exists already. */
async function makes(folder: string): Promise<boolean> {
  try {
    await mkdir(folder)
    return true
  }
  catch (error) {
    if (error instanceof Error && Reflect.get(error, 'code') === 'EEXIST') return false
    throw error
  }
}
