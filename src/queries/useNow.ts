import type { Ref } from 'vue'
import { onScopeDispose, ref } from 'vue'

const now = ref(Date.now())
let users = 0
let timer: ReturnType<typeof setInterval> | undefined

/** The phone's clock in ms, moving on every 5 s while a screen shows it; one timer for all. */
export function useNow(): Readonly<Ref<number>> {
  now.value = Date.now()
  if (users++ === 0) timer = setInterval(() => { now.value = Date.now() }, 5000)
  onScopeDispose(() => {
    if (--users === 0) clearInterval(timer)
  })
  return now
}
