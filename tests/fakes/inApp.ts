import type { InjectionKey, Plugin } from 'vue'
import { createRenderer } from 'vue'

/** Renders nothing: components are set up and follow what they watch, without a document. */
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

export interface AppHost<T> { used: T, unmount: () => void }

/** Runs a composable in a component of an app with these plugins and provided values; `unmount` ends both. */
export function inApp<T>(setup: () => T, plugins: Plugin[], gives: [InjectionKey<unknown>, unknown][]): AppHost<T> {
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
