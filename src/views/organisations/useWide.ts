import type { ComputedRef } from 'vue'
import { computed, onScopeDispose, ref } from 'vue'
import { useSessionStore } from '#stores/session.ts'

/** Whether two columns stand side by side: on a desktop, and not in large print. */
export function useWide(): ComputedRef<boolean> {
  const { preferences } = useSessionStore()
  const media = window.matchMedia('(min-width: 60rem)')
  const wide = ref(media.matches)
  const follow = (): void => { wide.value = media.matches }
  media.addEventListener('change', follow)
  onScopeDispose(() => media.removeEventListener('change', follow))
  return computed(() => wide.value && !preferences.elder)
}
