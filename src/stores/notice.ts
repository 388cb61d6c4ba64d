import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'

/** The one toast at the bottom: words, and a way back while there is one. `dirty` = a form on screen is half filled. */
export const useNotice = defineStore('notice', () => {
  const text = ref<string | null>(null)
  const undo = shallowRef<(() => void) | null>(null)
  const dirty = ref(false)

  function say(words: string, takeBack: (() => void) | null = null): void {
    text.value = words
    undo.value = takeBack
  }
  function clear(): void {
    text.value = null
    undo.value = null
  }
  return { text, undo, dirty, say, clear }
})
