import type { Router } from 'vue-router'

/** A part of the app that could not be fetched: `path` = the page that was asked for, null = a part of this page. */
export interface MissingPart { path: string | null, why: 'gone' | 'offline' }

/** What the watch has around it. */
export interface PartsWorld {
  addEventListener: (name: 'vite:preloadError', hear: (event: { payload: Error }) => void) => void
  /** the address of this build's first script: another build has another */
  build: string
  /** the build for which this tab was already loaded again; null = none */
  again: { read: () => string | null, write: (build: string) => void }
  reachable: () => Promise<boolean>
  /** something typed is kept nowhere yet */
  dirty: () => boolean
  /** loads the page again, at another path or where it is */
  load: (path: string | null) => void
  tell: (missing: MissingPart) => void
}

/**
 * Heals a page whose parts are gone, because an update took them away and no service worker kept them: the page is
 * loaded again, once for each build. When that did not help, when something typed would be lost or the server is out of
 * reach, it says so instead.
 */
export function watchParts(router: Router, world: PartsWorld): void {
  const parts = new WeakSet<Error>()
  const heard = new WeakSet<Error>()

  async function heal(error: Error, path: string | null): Promise<void> {
    if (heard.has(error)) return
    heard.add(error)
    const why = await world.reachable() ? 'gone' : 'offline'
    // a part that nobody asked for by a tap is missed by nobody while there is no network
    if (why === 'offline' && path === null) return
    if (why === 'offline' || world.dirty() || world.again.read() === world.build) return world.tell({ path, why })
    world.again.write(world.build)
    world.load(path)
  }

  world.addEventListener('vite:preloadError', ({ payload }) => {
    parts.add(payload)
    // the router, which knows the page, hears of it within this turn
    setTimeout(() => void heal(payload, null), 0)
  })
  router.onError((error: unknown, to) => {
    if (!(error instanceof Error)) return
    if (parts.has(error)) void heal(error, to.fullPath)
    else world.tell({ path: to.fullPath, why: 'gone' })
  })
}

/** The world of a browser. The mark of a build is also read by public/start.js. */
export function partsOf(page: Window, dirty: () => boolean, tell: PartsWorld['tell']): PartsWorld {
  const KEY = 'redwhistle-loaded-again'
  return {
    addEventListener: (name, hear) => page.addEventListener(name, event => hear(event)),
    build: page.document.querySelector<HTMLScriptElement>('script[type=module]')?.src ?? '',
    again: {
      read: () => page.sessionStorage.getItem(KEY),
      write: build => page.sessionStorage.setItem(KEY, build),
    },
    reachable: async () => fetch('/config.json', { cache: 'no-store' }).then(answer => answer.ok, () => false),
    dirty,
    load: path => path === null ? page.location.reload() : page.location.assign(path),
    tell,
  }
}
