/** Where files lie that are fetched when they are first used. */
const STORE = 'redwhistle-lazy'
/** The solver of rosters: several megabytes, for coordinators only. Its names carry a hash of what is in them. */
const LAZY = /^\/assets\/(highs|solverWorker)-/

/** Whether a file is not part of what every phone keeps, but kept from its first use on. */
export function isLazy(pathname: string): boolean {
  return LAZY.test(pathname)
}

/**
 * The file from this phone, or from the network, and then kept. An older file of the same name but for its hash goes:
 * nobody asks for it again.
 */
export async function kept(request: Request, caches: CacheStorage): Promise<Response> {
  const store = await caches.open(STORE)
  const known = await store.match(request)
  if (known) return known
  const answer = await fetch(request)
  if (answer.ok) {
    const { pathname } = new URL(request.url)
    const kind = LAZY.exec(pathname)?.[1]
    for (const old of await store.keys()) {
      if (LAZY.exec(new URL(old.url).pathname)?.[1] === kind) await store.delete(old)
    }
    await store.put(request, answer.clone())
  }
  return answer
}
