import type { ShallowRef } from 'vue'
import { liveQuery } from 'dexie'
import { getCurrentInstance, onScopeDispose, shallowRef, watch } from 'vue'
import { noteDefect } from '#db/defects.ts'

/**
 * The answer of a query, again whenever a row it read changes in any tab. Undefined until the first answer. On
 * failure it keeps the last one, and the log of defects says which component asked.
 * @param ask reads from Dexie only; what it awaits besides that is not watched
 * @param deps reactive values `ask` uses; a change asks anew
 */
export function useLiveQuery<T>(
  ask: () => Promise<T>,
  deps: () => unknown = () => null,
): Readonly<ShallowRef<T | undefined>> {
  const answer = shallowRef<T>()
  const asker = getCurrentInstance()?.type.__name ?? 'no component'
  let stop: (() => void) | undefined
  watch(deps, () => {
    stop?.()
    const subscription = liveQuery(ask).subscribe({
      next: (value) => { answer.value = value },
      error: (error: unknown) => noteDefect('query', asker, error),
    })
    stop = () => subscription.unsubscribe()
  }, { immediate: true })
  onScopeDispose(() => stop?.())
  return answer
}
