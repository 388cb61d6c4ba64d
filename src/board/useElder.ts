import type { Ref } from 'vue'
import { ref, watchEffect } from 'vue'

const KEY = 'rw-board-elder'

/** 大字版 of this phone; one attribute on <html>. */
export function useElder(): Ref<boolean> {
  const elder = ref(document.documentElement.hasAttribute('data-elder') || localStorage.getItem(KEY) === '1')
  watchEffect(() => {
    document.documentElement.toggleAttribute('data-elder', elder.value)
    if (elder.value) localStorage.setItem(KEY, '1')
    else localStorage.removeItem(KEY)
  })
  return elder
}
