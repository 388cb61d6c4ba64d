import type { ProviderRequest } from './signatures.ts'
import { Buffer } from 'node:buffer'
import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'
import { importJWK, jwtVerify } from 'jose'

/** A browser's side of a subscription. */
export interface Device { p256dh: string, auth: string, open: (raw: Buffer) => Record<string, unknown> }

/** Makes the keys of a subscription and opens pushes as a browser does: RFC 8188 (aes128gcm), keys by RFC 8291 §3.4. */
export function makeDevice(): Device {
  const ecdh = createECDH('prime256v1')
  const mine = ecdh.generateKeys()
  const auth = randomBytes(16)
  return {
    p256dh: mine.toString('base64url'),
    auth: auth.toString('base64url'),
    open(raw) {
      const salt = raw.subarray(0, 16)
      const keyLength = raw[20]!
      const theirs = raw.subarray(21, 21 + keyLength)
      const secret = ecdh.computeSecret(theirs)
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), mine, theirs])
      const ikm = Buffer.from(hkdfSync('sha256', secret, auth, info, 32))
      const key = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: aes128gcm\0', 16))
      const nonce = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: nonce\0', 12))
      const record = raw.subarray(21 + keyLength)
      const opened = createDecipheriv('aes-128-gcm', key, nonce)
      opened.setAuthTag(record.subarray(-16))
      const padded = Buffer.concat([opened.update(record.subarray(0, -16)), opened.final()])
      return JSON.parse(padded.subarray(0, padded.lastIndexOf(2)).toString('utf8'))
    },
  }
}

/** A pair of VAPID keys as the server keeps them: raw point and scalar, base64url. */
export function makeVapid(): { publicKey: string, privateKey: string } {
  const ecdh = createECDH('prime256v1')
  const publicKey = ecdh.generateKeys().toString('base64url')
  return { publicKey, privateKey: ecdh.getPrivateKey().toString('base64url').padStart(43, 'A') }
}

/** Fault of the sender's token, or null. RFC 8292: an ES256 token for the service's origin that lasts a day at most. */
export async function vapidFault(r: ProviderRequest, publicKey: string, now: number): Promise<string | null> {
  const [, token, key] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(r.headers.authorization ?? '') ?? []
  if (!token || key !== publicKey) return 'header'
  const point = Buffer.from(publicKey, 'base64url')
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  }
  const times = { currentDate: new Date(now), requiredClaims: ['exp'] }
  const checks = { algorithms: ['ES256'], audience: `https://${r.host}`, ...times }
  try {
    const { payload } = await jwtVerify(token, await importJWK(jwk, 'ES256'), checks)
    return payload.exp! * 1000 <= now + 86_400e3 ? null : 'exp'
  }
  catch (error) {
    return String(error)
  }
}
