import type { Ref } from 'vue'
import { onMounted, onUnmounted, ref, watchEffect } from 'vue'

const ELDER_KEY = 'rw-board-elder'

/** 大字版 of this phone, kept in its storage; one attribute on <html>. */
function useElder(): Ref<boolean> {
  const elder = ref(document.documentElement.hasAttribute('data-elder') || localStorage.getItem(ELDER_KEY) === '1')
  watchEffect(() => {
    document.documentElement.toggleAttribute('data-elder', elder.value)
    if (elder.value) localStorage.setItem(ELDER_KEY, '1')
    else localStorage.removeItem(ELDER_KEY)
  })
  return elder
}

/** `now` says who is on; the others are named by the hash of the address. */
type Part = 'now' | 'help' | 'feedback' | 'privacy'
const readPart = (): Part =>
  (['help', 'feedback', 'privacy'] as const).find(p => location.hash === `#${p}`) ?? 'now'

/** The open part of the page. It follows the address, so that the phone's own 返回 goes back. */
function usePart(): Ref<Part> {
  const part = ref(readPart())
  const follow = () => { part.value = readPart() }
  onMounted(() => addEventListener('hashchange', follow))
  onUnmounted(() => removeEventListener('hashchange', follow))
  return part
}

interface Speech { able: boolean, speaking: Ref<boolean>, toggle: (text: string, lang: string) => void }

/** Reads a text aloud with the phone's own voice; `able` is false where there is none. */
function useSpeech(): Speech {
  const voice = 'speechSynthesis' in window ? window.speechSynthesis : null
  const speaking = ref(false)
  const stop = () => {
    voice?.cancel()
    speaking.value = false
  }
  const toggle = (text: string, lang: string) => {
    if (speaking.value || !voice) return stop()
    const utterance = new SpeechSynthesisUtterance(text)
    utterance.lang = lang
    utterance.rate = 0.9
    utterance.onend = utterance.onerror = () => { speaking.value = false }
    voice.cancel()
    voice.speak(utterance)
    speaking.value = true
  }
  onUnmounted(stop)
  return { able: voice !== null, speaking, toggle }
}

/** What the browser adds to the page: large print, the open part, a voice. */
export function usePage(): { elder: Ref<boolean>, part: Ref<Part>, speech: Speech } {
  return { elder: useElder(), part: usePart(), speech: useSpeech() }
}
