import type { ComputedRef } from 'vue'
import { computed, onScopeDispose, ref } from 'vue'
import { useSyncStore } from '#stores/sync.ts'

/** True while the server can be expected to answer: the browser has a network and the last sync reached the server. */
export function useOnline(): ComputedRef<boolean> {
  const store = useSyncStore()
  const network = ref(navigator.onLine)
  const follow = (): void => { network.value = navigator.onLine }
  window.addEventListener('online', follow)
  window.addEventListener('offline', follow)
  onScopeDispose(() => {
    window.removeEventListener('online', follow)
    window.removeEventListener('offline', follow)
  })
  return computed(() => network.value && store.status.state !== 'offline' && store.status.state !== 'signed_out')
}
