import type { Ref } from 'vue'
import type { BoardAnswer } from './answer.ts'
import { onMounted, onUnmounted, ref } from 'vue'
import { readBoard } from './backend.ts'
import { keep, readKept } from './kept.ts'

/** loading: nothing to show yet · fresh: the last question was answered · checking: shows the kept answer and asks · stale: the last question failed. */
export type Freshness = 'loading' | 'fresh' | 'checking' | 'stale'
export interface Board { answer: Ref<BoardAnswer | null>, freshness: Ref<Freshness>, refresh: () => Promise<void> }

const POLL_MS = 45_000
/** 45 s ± 20 %, so that a whole district does not ask in the same second. */
const nextDelay = () => POLL_MS * (0.8 + Math.random() * 0.4)

/** The board of one door: kept answer first, then asked again every 45 s while the page is visible. */
export function useBoard(code: string): Board {
  const kept = readKept(code, Date.now())
  const answer = ref<BoardAnswer | null>(kept)
  const freshness = ref<Freshness>(kept ? 'checking' : 'loading')
  let timer: ReturnType<typeof setTimeout> | undefined
  let asking: Promise<void> | null = null

  async function load(): Promise<void> {
    try {
      const got = await readBoard(code)
      answer.value = got
      freshness.value = 'fresh'
      keep(code, got)
    }
    catch {
      freshness.value = 'stale'
      answer.value = readKept(code, Date.now())
    }
  }
  const refresh = (): Promise<void> => {
    clearTimeout(timer)
    asking ??= load().finally(() => {
      asking = null
      if (!document.hidden) timer = setTimeout(refresh, nextDelay())
    })
    return asking
  }
  const onVisible = () => document.hidden ? clearTimeout(timer) : void refresh()
  const onOnline = () => void refresh()

  onMounted(() => {
    document.addEventListener('visibilitychange', onVisible)
    addEventListener('online', onOnline)
    void refresh()
  })
  onUnmounted(() => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', onVisible)
    removeEventListener('online', onOnline)
  })
  return { answer, freshness, refresh }
}
