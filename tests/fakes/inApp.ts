import type { InjectionKey, Plugin } from 'vue'
import { createRenderer } from 'vue'

/** A page without a document: components are set up, follow what they watch, and paint nothing. */
const { createApp } = createRenderer<object, object>({
  insert: () => undefined,
  remove: () => undefined,
  createElement: () => ({}),
  createText: () => ({}),
  createComment: () => ({}),
  setText: () => undefined,
  setElementText: () => undefined,
  parentNode: () => ({}),
  nextSibling: () => null,
  patchProp: () => undefined,
})

export interface InApp<T> { used: T, unmount: () => void }

/** Runs a composable inside a component of an app with these plugins and these given values; `unmount` ends both. */
export function inApp<T>(setup: () => T, plugins: Plugin[], gives: [InjectionKey<unknown>, unknown][]): InApp<T> {
  let used: T | undefined
  const app = createApp({
    setup() {
      used = setup()
      return () => null
    },
  })
  for (const plugin of plugins) app.use(plugin)
  for (const [key, value] of gives) app.provide(key, value)
  app.mount({})
  return { used: used as T, unmount: () => app.unmount() }
}
