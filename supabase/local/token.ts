import { errors, jwtVerify, SignJWT } from 'jose'

/** What an access token of this server says of its owner. */
export interface Claims {
  /** The login. */
  sub: string
  role: string
  /** Seconds since 1970. */
  exp: number
  [name: string]: unknown
}

/** Auth signs with this alone: a caller who could name another algorithm would choose how well a token is checked. */
const ALGORITHM = 'HS256'

/** A JSON Web Token with these claims, HS256. */
export async function signToken(claims: Claims, secret: string): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' }).sign(await keyOf(secret))
}

/** The claims of a token of this secret that has not expired at `now` (seconds); null for anything else. */
export async function readToken(token: string, secret: string, now: number): Promise<Claims | null> {
  try {
    const currentDate = new Date(now * 1000)
    const { payload } = await jwtVerify(token, await keyOf(secret), { algorithms: [ALGORITHM], currentDate })
    return isClaims(payload) ? payload : null
  }
  catch (error) {
    if (error instanceof errors.JOSEError) return null
    throw error
  }
}

const keys = new Map<string, Promise<CryptoKey>>()

/** A secret becomes a key once: that takes as long as checking a token. */
function keyOf(secret: string): Promise<CryptoKey> {
  const known = keys.get(secret) ?? crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign', 'verify'],
  )
  keys.set(secret, known)
  return known
}

function isClaims(payload: Readonly<Record<string, unknown>>): payload is Claims {
  return typeof payload.sub === 'string' && typeof payload.role === 'string' && typeof payload.exp === 'number'
}
