import type { Ref } from 'vue'
import type { Pace } from '#actions/queue.ts'
import { onScopeDispose, ref } from 'vue'
import { queued } from '#actions/queue.ts'

/** A person's place in the queue while the server is busy. */
export interface Queue {
  /** seconds until the next try; null = nobody waits */
  left: Ref<number | null>
  /** does the work, again when it is the person's turn; null = they did not want to wait any longer */
  run: <A extends { status: string }>(work: () => Promise<A>) => Promise<A | null>
  /** 不等了 */
  leave: () => void
}

const page: Pace = {
  random: () => Math.random(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** Waits in line while the server is busy, and counts the seconds down; what was typed stays where it is. */
export function useQueue(pace: Pace = page): Queue {
  const left = ref<number | null>(null)
  let end = new AbortController()
  let stopCount: () => void = () => {}

  function count(seconds: number): void {
    left.value = seconds
    stopCount()
    if (seconds > 1) stopCount = pace.after(1000, () => count(seconds - 1))
  }
  function over(): void {
    stopCount()
    left.value = null
  }
  async function run<A extends { status: string }>(work: () => Promise<A>): Promise<A | null> {
    end = new AbortController()
    try {
      return await queued(work, pace, count, end.signal)
    }
    finally {
      over()
    }
  }
  function leave(): void {
    end.abort()
    over()
  }
  onScopeDispose(leave)
  return { left, run, leave }
}
