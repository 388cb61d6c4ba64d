import type { ShallowRef } from 'vue'
import { liveQuery } from 'dexie'
import { onScopeDispose, shallowRef, watch } from 'vue'

/**
 * The answer of a query, again whenever a row it read changes in any tab. Undefined until the first answer; keeps the last one on failure.
 * @param ask reads from Dexie only; what it awaits besides that is not watched
 * @param deps reactive values `ask` uses; a change asks anew
 */
export function useLiveQuery<T>(ask: () => Promise<T>, deps: () => unknown = () => null): Readonly<ShallowRef<T | undefined>> {
  const answer = shallowRef<T>()
  let stop: (() => void) | undefined
  watch(deps, () => {
    stop?.()
    const subscription = liveQuery(ask).subscribe({ next: (value) => { answer.value = value }, error: () => undefined })
    stop = () => subscription.unsubscribe()
  }, { immediate: true })
  onScopeDispose(() => stop?.())
  return answer
}
