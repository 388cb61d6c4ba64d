import type { Ref } from 'vue'
import { onMounted, onUnmounted, ref } from 'vue'

export type Part = 'board' | 'help' | 'feedback' | 'privacy'
const read = (): Part => (['help', 'feedback', 'privacy'] as const).find(p => location.hash === `#${p}`) ?? 'board'

/** Which part of the page is open, by its address, so that the phone's own 返回 goes back. */
export function usePart(): Ref<Part> {
  const part = ref(read())
  const follow = () => { part.value = read() }
  onMounted(() => addEventListener('hashchange', follow))
  onUnmounted(() => removeEventListener('hashchange', follow))
  return part
}
