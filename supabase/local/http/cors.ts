import type { Answer } from './answer.ts'
import { Buffer } from 'node:buffer'

/** Calls carry a token, never a cookie, so an app served from elsewhere may call this server too. */
export const CORS_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Retry-After',
}

/** What a browser asks before a call from another origin. */
export function preflight(): Answer {
  return {
    status: 204,
    headers: {
      ...CORS_HEADERS,
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, OPTIONS',
      'access-control-allow-headers':
        'authorization, apikey, content-type, content-profile, accept-profile, prefer, x-client-info, x-supabase-api-version, x-retry-count',
      'access-control-max-age': '86400',
    },
    body: Buffer.alloc(0),
  }
}
