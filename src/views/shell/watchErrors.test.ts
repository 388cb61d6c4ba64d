import type { ErrorPage } from './watchErrors.ts'
import { beforeEach, expect, it } from 'vitest'
import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { watchErrors } from './watchErrors.ts'

let noted: string[]
let reported: unknown[]
type Hear = Parameters<ErrorPage['addEventListener']>[1]
let ears: Record<string, Hear>
beforeEach(() => {
  noted = []
  reported = []
  ears = {}
})
/** A window that passes an error it is asked to report to its listeners, as a browser does. */
const page: ErrorPage = {
  addEventListener: (name, hear) => { ears[name] = hear },
  reportError(error) {
    reported.push(error)
    ears.error?.({ error })
  },
}
const watch = (app: ReturnType<typeof createSSRApp>): void =>
  watchErrors(
    app,
    page,
    () => 'my-duty',
    (source, place, error) => noted.push(`${source}: ${place}: ${(error as Error | null)?.name}`),
  )

it('a component that fails is noted once, by page and component, and the browser still hears of it', async () => {
  const error = new TypeError('bug')
  const app = createSSRApp({ __name: 'DutyCard', setup() { throw error } })
  watch(app)
  await renderToString(app).catch(() => undefined)
  expect(noted).toEqual(['view: my-duty DutyCard setup function: TypeError'])
  expect(reported).toEqual([error])
})

it('what nobody caught is noted, errors and rejections alike, also those that are no errors', () => {
  watch(createSSRApp({}))
  const late = new RangeError('x')
  ears.error!({ error: new SyntaxError('x') })
  ears.error!({ error: null })
  ears.unhandledrejection!({ reason: late })
  ears.unhandledrejection!({ reason: late })
  ears.unhandledrejection!({ reason: undefined })
  expect(noted).toEqual([
    'page: my-duty: SyntaxError',
    'page: my-duty: undefined',
    'promise: my-duty: RangeError',
    'promise: my-duty: undefined',
  ])
})
