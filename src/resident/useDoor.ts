import type { Ref } from 'vue'
import type { DoorAnswer } from './answer.ts'
import { onMounted, onUnmounted, ref } from 'vue'
import { serverNow } from '#clock/clock.ts'
import { isDoorAnswer, withoutPeople } from './answer.ts'
import { readDoor } from './backend.ts'

const DAY_MS = 86_400_000
const storageKey = (code: string) => `rw-board-${code}`

/** The last answer for a door on this phone, without people once it is a day old; null when there is none. */
function lastAnswer(code: string, now: number): DoorAnswer | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(storageKey(code)) ?? 'null')
    if (!isDoorAnswer(value)) return null
    return now - Date.parse(value.now) > DAY_MS ? withoutPeople(value) : value
  }
  catch {
    return null
  }
}

/** Stores the answer for times without a network. A full or forbidden storage costs nothing else. */
function store(code: string, answer: DoorAnswer): void {
  try {
    if (answer.found) localStorage.setItem(storageKey(code), JSON.stringify(answer))
    else localStorage.removeItem(storageKey(code))
  }
  catch { /* private windows refuse storage */ }
}

/**
 * loading: nothing to show yet · fresh: the last question was answered
 * checking: shows the last answer and asks · stale: the last question failed
 */
export type Freshness = 'loading' | 'fresh' | 'checking' | 'stale'
export interface Door { answer: Ref<DoorAnswer | null>, freshness: Ref<Freshness>, refresh: () => Promise<void> }

const POLL_MS = 45_000
/** 45 s ± 20 %, so that a whole district does not ask in the same second. */
const nextDelay = () => POLL_MS * (0.8 + Math.random() * 0.4)

/** One door: shows its last answer first, then asks every 45 s while the page is visible. */
export function useDoor(code: string): Door {
  const last = lastAnswer(code, serverNow())
  const answer = ref<DoorAnswer | null>(last)
  const freshness = ref<Freshness>(last ? 'checking' : 'loading')
  let timer: ReturnType<typeof setTimeout> | undefined
  let asking: Promise<void> | null = null

  async function load(): Promise<void> {
    try {
      const got = await readDoor(code)
      answer.value = got
      freshness.value = 'fresh'
      store(code, got)
    }
    catch {
      freshness.value = 'stale'
      answer.value = lastAnswer(code, serverNow())
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
