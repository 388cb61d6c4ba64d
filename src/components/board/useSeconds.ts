import type { Ref } from 'vue'
import { onScopeDispose, ref } from 'vue'

/** The phone's clock in ms, every second while a countdown shows it. */
export function useSeconds(): Readonly<Ref<number>> {
  const now = ref(Date.now())
  const timer = setInterval(() => { now.value = Date.now() }, 1000)
  onScopeDispose(() => clearInterval(timer))
  return now
}
