import type { Ref } from 'vue'
import { onScopeDispose, shallowRef, watch } from 'vue'

/**
 * Work that a key must not wait for: it runs once the screen has painted. While keys follow each other faster than
 * frames it runs once, after the last. A page in the background follows when it is shown again.
 * @returns asks for it; it ends with the scope
 */
export function afterPaint(work: () => void): () => void {
  let frame = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = (): void => {
    if (frame !== 0) cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
  onScopeDispose(stop)
  return () => {
    stop()
    frame = nextFrame(() => { timer = setTimeout(work) })
  }
}

/** What `source` says, once the screen has painted; of values that follow each other faster only the last arrives. */
export function useAfterPaint<T>(source: () => T): Readonly<Ref<T>> {
  const settled = shallowRef(source())
  const settle = afterPaint(() => { settled.value = source() })
  watch(source, settle)
  return settled
}

/** Outside a browser there are no frames to wait for. */
function nextFrame(work: () => void): number {
  if (typeof requestAnimationFrame === 'function') return requestAnimationFrame(work)
  work()
  return 0
}
