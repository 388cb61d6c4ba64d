import type { Answer } from './answer.ts'
import { Buffer } from 'node:buffer'

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
