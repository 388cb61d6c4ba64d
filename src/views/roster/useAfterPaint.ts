import type { Ref } from 'vue'
import { onScopeDispose, shallowRef, watch } from 'vue'

/**
 * What `source` says, once the screen has painted: for work that a key must not wait for. While keys follow each other
 * faster than frames only the last value arrives. A page in the background follows when it is shown again.
 */
export function useAfterPaint<T>(source: () => T): Readonly<Ref<T>> {
  const settled = shallowRef(source())
  let frame = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = (): void => {
    if (frame !== 0) cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
  watch(source, (value) => {
    stop()
    frame = nextFrame(() => { timer = setTimeout(() => { settled.value = value }) })
  })
  onScopeDispose(stop)
  return settled
}

/** Outside a browser there are no frames to wait for. */
function nextFrame(work: () => void): number {
  if (typeof requestAnimationFrame === 'function') return requestAnimationFrame(work)
  work()
  return 0
}
