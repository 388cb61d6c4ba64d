/** Paths the staff app's worker leaves alone: the residents' page, the backend, and what is read at run time. */
export const NOT_OURS: RegExp[] = [
  /^\/b\//,
  /^\/rest\//,
  /^\/auth\//,
  /^\/functions\//,
  /^\/realtime\//,
  /^\/healthz/,
  /^\/config\.json/,
]

const CACHE = 'redwhistle-config'
interface World { fetch: typeof fetch, caches: CacheStorage }

/** The runtime configuration from the network, else the last one seen, so that a cold start without signal works. */
export async function freshConfig(request: Request, world: World): Promise<Response> {
  const cache = await world.caches.open(CACHE)
  try {
    const answer = await world.fetch(request)
    if (answer.ok) await cache.put('/config.json', answer.clone())
    return answer
  }
  catch {
    return await cache.match('/config.json') ?? Response.error()
  }
}
