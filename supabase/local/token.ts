import { errors, jwtVerify, SignJWT } from 'jose'

/** What an access token of this server says about its owner. */
export interface Claims {
  /** The login. */
  sub: string
  role: string
  /** Seconds since 1970. */
  exp: number
  [name: string]: unknown
}

/** The only algorithm accepted: a caller who could name another would choose how well their token is checked. */
const ALGORITHM = 'HS256'

/** Makes a JSON Web Token with these claims, signed by HS256. */
export async function signToken(claims: Claims, secret: string): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' }).sign(await keyOf(secret))
}

/** The claims of a token that this secret signed and that is valid at `now` (seconds since 1970); null otherwise. */
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

/** Imports each secret once: importing takes as long as checking a token. */
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
