import { onMounted, onScopeDispose } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useAdmits } from './useAdmits.ts'

/** Is somebody typing, or is a sheet or a grid in front, which have their own keys? */
function isBusy(target: EventTarget | null): boolean {
  const inside = (target as Element | null)?.closest?.('input, textarea, select, [contenteditable], [role=grid]')
  return Boolean(inside) || document.querySelector('[role=dialog], [role=alertdialog]') !== null
}

/** The key / opens the search, wherever nothing else wants it; on the roster it is the grid's own. */
export function useSearchKey(): void {
  const router = useRouter()
  const route = useRoute()
  const admits = useAdmits()
  function press(event: KeyboardEvent): void {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (route.name === 'roster' || route.name === 'search' || isBusy(event.target) || !admits.value('search')) return
    event.preventDefault()
    void router.push({ name: 'search' })
  }
  onMounted(() => window.addEventListener('keydown', press))
  onScopeDispose(() => window.removeEventListener('keydown', press))
}
