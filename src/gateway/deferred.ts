import type { Gateway } from './gateway.ts'
import { tokens } from './auth.ts'

/**
 * A gateway that is there at once while the real one is still loading, so that the first screen paints before supabase-js is fetched.
 * @param ready the real one; null = it could not be loaded: every call answers as without a network
 */
export function deferredGateway(ready: Promise<Gateway | null>): Gateway {
  const notNow = { kind: 'retry', code: 'network', after_s: null } as const
  const silent = { ok: false, failure: notNow } as const
  const later = (start: (real: Gateway) => () => void): (() => void) => {
    let stop: (() => void) | null = null
    let stopped = false
    void ready.then((real) => { if (real && !stopped) stop = start(real) })
    return () => {
      stopped = true
      stop?.()
    }
  }
  return {
    login: () => tokens()?.login ?? null,
    push: async (request, options) => (await ready)?.push(request, options) ?? silent,
    pull: async (request, options) => (await ready)?.pull(request, options) ?? silent,
    pushOnLeave: request => void ready.then(real => real?.pushOnLeave(request)),
    refresh: async () => (await ready)?.refresh() ?? notNow,
    listen: (topics, ear) => later(real => real.listen(topics, ear)),
    onAuth: hear => later(real => real.onAuth(hear)),
  }
}
