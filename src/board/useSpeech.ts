import type { Ref } from 'vue'
import { onUnmounted, ref } from 'vue'

export interface Speech { able: boolean, speaking: Ref<boolean>, toggle: (text: string, lang: string) => void }

/** Reads a text aloud with the phone's own voice; `able` is false where there is none. */
export function useSpeech(): Speech {
  const voice = 'speechSynthesis' in window ? window.speechSynthesis : null
  const speaking = ref(false)
  const stop = () => {
    voice?.cancel()
    speaking.value = false
  }
  const toggle = (text: string, lang: string) => {
    if (speaking.value || !voice) return stop()
    const said = new SpeechSynthesisUtterance(text)
    said.lang = lang
    said.rate = 0.9
    said.onend = said.onerror = () => { speaking.value = false }
    voice.cancel()
    voice.speak(said)
    speaking.value = true
  }
  onUnmounted(stop)
  return { able: voice !== null, speaking, toggle }
}
