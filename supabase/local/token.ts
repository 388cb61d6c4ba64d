import { Buffer } from 'node:buffer'
import { createHmac, timingSafeEqual } from 'node:crypto'

export interface Claims {
  /** The login. */
  sub: string
  role: string
  /** Seconds since 1970. */
  exp: number
  [name: string]: unknown
}

const HEADER = encode({ alg: 'HS256', typ: 'JWT' })

/** A JSON Web Token with these claims, HS256. */
export function signToken(claims: Claims, secret: string): string {
  const body = `${HEADER}.${encode(claims)}`
  return `${body}.${mac(body, secret).toString('base64url')}`
}

/** The claims of a token of this secret that has not expired at `now` (seconds); null for anything else. */
export function readToken(token: string, secret: string, now: number): Claims | null {
  const [header, payload, signature, more] = token.split('.')
  if (header === undefined || payload === undefined || signature === undefined || more !== undefined) return null
  const given = Buffer.from(signature, 'base64url')
  const right = mac(`${header}.${payload}`, secret)
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null
  if (field(parse(header), 'alg') !== 'HS256') return null
  const claims = parse(payload)
  return isClaims(claims) && claims.exp > now ? claims : null
}

function mac(text: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(text).digest()
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function parse(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  }
  catch {
    return null
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function isClaims(value: unknown): value is Claims {
  return typeof field(value, 'sub') === 'string' && typeof field(value, 'role') === 'string' && typeof field(value, 'exp') === 'number'
}
