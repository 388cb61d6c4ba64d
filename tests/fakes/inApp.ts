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

/** Runs a composable inside a component of an app that has these plugins and gives these values. `unmount` ends both. */
export function inApp<T>(setup: () => T, plugins: Plugin[], gives: [InjectionKey<unknown>, unknown][]): { used: T, unmount: () => void } {
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
