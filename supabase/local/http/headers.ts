import type { Answer } from './answer.ts'
import { Buffer } from 'node:buffer'

/**
 * Headers for every page and file of the app, which needs no inline script and nothing from other origins but its
 * backend. `speaksTo` = the sources it may connect to besides its own origin.
 */
export function securityHeaders(...speaksTo: string[]): Readonly<Record<string, string>> {
  return {
    'content-security-policy': [
      `default-src 'self'`,
      `script-src 'self' 'wasm-unsafe-eval'`,
      `style-src 'self'`,
      ['connect-src', `'self'`, ...speaksTo].join(' '),
      `img-src 'self' data: blob:`,
      `worker-src 'self' blob:`,
      `media-src 'self' blob:`,
      `form-action 'self'`,
      `frame-ancestors 'none'`,
      `base-uri 'none'`,
      `object-src 'none'`,
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), browsing-topics=()',
  }
}

/**
 * The sources the app connects to if its backend has an address of its own: that origin and its sockets.
 * `https://x.supabase.co/` → `https://x.supabase.co`, `wss://x.supabase.co`; '' → none.
 * Throws TypeError if the text is no URL.
 */
export function backendSources(backendUrl: string): string[] {
  if (backendUrl === '') return []
  const { origin } = new URL(backendUrl)
  return [origin, origin.replace(/^http/, 'ws')]
}

/** Sockets to the page's own host, for browsers whose 'self' does not include them (Safari before 15.4). */
export function ownSockets(host: string | undefined): string[] {
  const name = host !== undefined && /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i.test(host)
  return name ? [`ws://${host}`, `wss://${host}`] : []
}

/** Lets an app from any origin call this server: calls carry a token, never a cookie. */
export const CORS_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Retry-After',
}

const ALLOWED = 'authorization, apikey, content-type, content-profile, accept-profile, prefer, x-client-info, '
  + 'x-supabase-api-version, x-retry-count'

/** The answer to what a browser asks before a call from another origin. */
export function preflight(): Answer {
  return {
    status: 204,
    headers: {
      ...CORS_HEADERS,
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, OPTIONS',
      'access-control-allow-headers': ALLOWED,
      'access-control-max-age': '86400',
    },
    body: Buffer.alloc(0),
  }
}
