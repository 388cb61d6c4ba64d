import type { IncomingMessage } from 'node:http'
import type { AddressOf } from './caller-address.ts'
import { isLoopback, subscriberOf } from './caller-address.ts'

interface Rule { path: RegExp, perMinute: number, free?: (query: URLSearchParams) => boolean }

/**
 * Limits per address that slow the guessing of passwords, of door codes and of links of calendars. A community may
 * share one address, so they leave room for many people. SQL has limits of its own for names and tokens.
 */
const RULES: readonly Rule[] = [
  {
    path: /^\/auth\/v1\/token\b/,
    perMinute: 60,
    free: query => query.getAll('grant_type').every(type => type === 'refresh_token'),
  },
  { path: /^\/auth\/v1\/signup\b/, perMinute: 60 },
  { path: /^\/rest\/v1\/rpc\/duty_board\b/, perMinute: 240 },
  { path: /^\/functions\/v1\/calendar\b/, perMinute: 240 },
]

interface Bucket { left: number, at: number }

/**
 * Makes the function that counts a request. It answers 0, or beyond the limit the seconds to wait. Requests from this
 * machine have no limit. `now` in ms.
 */
export function makeRateLimit(addressOf: AddressOf): (request: IncomingMessage, now: number) => number {
  const buckets = new Map<string, Bucket>()
  return (request, now) => {
    const rule = ruleOf(request.url ?? '')
    const address = addressOf(request)
    if (rule === undefined || isLoopback(address)) return 0
    if (buckets.size > 50_000) buckets.clear()
    const key = `${rule.path.source} ${subscriberOf(address)}`
    const bucket = buckets.get(key) ?? { left: rule.perMinute, at: now }
    bucket.left = Math.min(rule.perMinute, bucket.left + (now - bucket.at) * rule.perMinute / 60_000)
    bucket.at = now
    buckets.set(key, bucket)
    if (bucket.left < 1) return Math.ceil((1 - bucket.left) * 60 / rule.perMinute)
    bucket.left -= 1
    return 0
  }
}

/** The rule for a request, whose path is read as the handlers read it: dots resolved, escapes decoded. */
function ruleOf(address: string): Rule | undefined {
  const url = URL.parse(address, 'http://localhost')
  if (url === null) return undefined
  const path = decoded(url.pathname)
  return RULES.find(rule => rule.path.test(path) && rule.free?.(url.searchParams) !== true)
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  }
  catch {
    return path
  }
}
