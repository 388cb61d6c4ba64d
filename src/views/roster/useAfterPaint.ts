import type { Ref } from 'vue'
import { shallowRef, watch } from 'vue'
import { afterPaint } from '#components/roster/afterPaint.ts'

/** What `source` says, once the screen has painted; of values that follow each other faster only the last arrives. */
export function useAfterPaint<T>(source: () => T): Readonly<Ref<T>> {
  const settled = shallowRef(source())
  const settle = afterPaint(() => { settled.value = source() })
  watch(source, settle)
  return settled
}
