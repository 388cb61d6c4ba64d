import type { Ref } from 'vue'
import { ref, watch } from 'vue'

const storageKey = (field: string) => `rw-typed-${field}`

function kept(field: string): string {
  try {
    return sessionStorage.getItem(storageKey(field)) ?? ''
  }
  catch {
    return ''
  }
}

/**
 * A text field that outlives a reload: what is typed stays in this tab alone, until it is emptied or the tab is closed,
 * so that nobody who borrows the phone later reads it.
 * @param field which field, of which door
 */
export function useTyped(field: string): Ref<string> {
  const text = ref(kept(field))
  watch(text, (now) => {
    try {
      if (now === '') sessionStorage.removeItem(storageKey(field))
      else sessionStorage.setItem(storageKey(field), now)
    }
    catch { /* private windows refuse storage */ }
  }, { flush: 'sync' })
  return text
}
