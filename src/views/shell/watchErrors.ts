import type { App } from 'vue'
import type { DefectSource } from '#domain/defect.ts'

/** Puts one defect into the log; `place` = page, component or step where it showed. */
export type NoteDefect = (source: DefectSource, place: string, error: unknown) => void
interface Uncaught { error?: unknown, reason?: unknown }
/** The window, as far as errors go. */
export interface ErrorPage {
  addEventListener: (name: 'error' | 'unhandledrejection', hear: (event: Uncaught) => void) => void
  reportError?: (error: unknown) => void
}

/** Vue's word for where it happened: words while developing, in a build the end of an address of its error page. */
const stepOf = (info: string): string => info.slice(info.lastIndexOf('#') + 1)

/**
 * Puts what nobody caught into the log of defects, each error once. The browser still reports it, so that a developer
 * sees it. `route` = the name of the page in front.
 */
export function watchErrors(app: App, page: ErrorPage, route: () => string, note: NoteDefect): void {
  const seen = new WeakSet<object>()
  const isNew = (error: unknown): boolean => {
    if (typeof error !== 'object' || error === null) return true
    if (seen.has(error)) return false
    seen.add(error)
    return true
  }
  app.config.errorHandler = (error, instance, info) => {
    const component = instance?.$.type.__name ?? 'no component'
    if (isNew(error)) note('view', `${route()} ${component} ${stepOf(info)}`, error)
    page.reportError?.(error)
  }
  page.addEventListener('error', ({ error }) => isNew(error) && note('page', route(), error))
  page.addEventListener('unhandledrejection', ({ reason }) => isNew(reason) && note('promise', route(), reason))
}
