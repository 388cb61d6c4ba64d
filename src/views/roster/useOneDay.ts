import type { ComputedRef } from 'vue'
import { computed, onScopeDispose, ref } from 'vue'
import { useSessionStore } from '#stores/session.ts'

/** True where the week does not fit: under 60rem, or in 大字版; one day is shown then. */
export function useOneDay(): ComputedRef<boolean> {
  const { preferences } = useSessionStore()
  const media = window.matchMedia('(max-width: 60rem)')
  const narrow = ref(media.matches)
  const follow = (): void => { narrow.value = media.matches }
  media.addEventListener('change', follow)
  onScopeDispose(() => media.removeEventListener('change', follow))
  return computed(() => narrow.value || preferences.elder)
}
