import type { Buffer } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { createHash, createHmac } from 'node:crypto'

/** One request as a provider received it; `body` is parsed when it is JSON. */
export interface ProviderRequest {
  host: string, path: string, query: URLSearchParams, headers: IncomingMessage['headers'], raw: Buffer
  body: Record<string, unknown>
}

/** The providers' side of each documented signature, written from their pages. Each names the fault, or null. */
const sha = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')
const mac = (key: string | Uint8Array, text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHmac('sha256', key).update(text).digest())

/** Fault of a DingTalk request: query `timestamp` in ms, at most an hour off, and `sign`. */
export function dingtalkFault(r: ProviderRequest, secret: string, now: number): string | null {
  const timestamp = r.query.get('timestamp') ?? ''
  if (Math.abs(Number(timestamp) - now) > 3600e3) return 'timestamp'
  return r.query.get('sign') === createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64')
    ? null
    : 'sign'
}

/**
 Fault of a Feishu request: body `timestamp` in s, at most an hour off; `sign`: HMAC of nothing, key `<timestamp>\
<secret>`.
 */
export function feishuFault(r: ProviderRequest, secret: string, now: number): string | null {
  const { timestamp, sign } = r.body
  if (Math.abs(Number(timestamp) * 1000 - now) > 3600e3) return 'timestamp'
  return sign === createHmac('sha256', `${String(timestamp)}\n${secret}`).digest('base64') ? null : 'sign'
}

const rfc3986 = (text: string): string =>
  Array.from(
    new TextEncoder().encode(text),
    b =>
      /[\w.~-]/.test(String.fromCharCode(b))
        ? String.fromCharCode(b)
        : `%${b.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('')

/** The hash that ACS3 signs, of a request as it arrived. */
export function acs3Hash(
  method: string,
  host: string,
  query: URLSearchParams,
  headers: Record<string, unknown>,
  names: string[],
  payload: string,
): string {
  const pairs = [...query].sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => `${rfc3986(k)}=${rfc3986(v)}`)
  const lines = names.map(n => `${n}:${String(n === 'host' ? host : headers[n]).trim()}\n`)
  return sha(`${method}\n/\n${pairs.join('&')}\n${lines.join('')}\n${names.join(';')}\n${payload}`)
}

/** Fault of an Alibaba Cloud request: every x-acs header is signed, and the hash is that of the payload. */
export function acs3Fault(r: ProviderRequest, secret: string): string | null {
  const format = /^ACS3-HMAC-SHA256 Credential=[^,]+,SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/
  const [, names = '', signature] = format.exec(r.headers.authorization ?? '') ?? []
  const needed = ['host', ...Object.keys(r.headers).filter(h => h.startsWith('x-acs-'))].sort()
  if (names !== needed.join(';')) return `signed headers ${names}`
  const payload = sha(r.raw)
  if (r.headers['x-acs-content-sha256'] !== payload) return 'content'
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(String(r.headers['x-acs-date']))) return 'date'
  const hash = acs3Hash('POST', r.host, r.query, r.headers, needed, payload)
  return createHmac('sha256', secret).update(`ACS3-HMAC-SHA256\n${hash}`).digest('hex') === signature
    ? null
    : 'signature'
}

const TC3_HEADERS = 'content-type;host;x-tc-action'

/** The hash that TC3 signs. */
export function tc3Hash(host: string, type: string, action: string, payload: string | Uint8Array): string {
  const headers = `content-type:${type}\nhost:${host}\nx-tc-action:${action.toLowerCase()}\n`
  return sha(`POST\n/\n\n${headers}\n${TC3_HEADERS}\n${sha(payload)}`)
}

/** Fault of a Tencent Cloud request: the timestamp is at most five minutes off, the key comes from day and service. */
export function tc3Fault(r: ProviderRequest, secret: string, now: number): string | null {
  const seconds = Number(r.headers['x-tc-timestamp'])
  if (Math.abs(seconds * 1000 - now) > 300e3) return 'timestamp'
  const day = new Date(seconds * 1000).toISOString().slice(0, 10)
  const format = /^TC3-HMAC-SHA256 Credential=[^/]+\/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/
  const [, scope = '', names, signature] = format.exec(r.headers.authorization ?? '') ?? []
  if (names !== TC3_HEADERS) return `signed headers ${names}`
  if (scope !== `${day}/sms/tc3_request`) return `scope ${scope}`
  const hash = tc3Hash(r.host, String(r.headers['content-type']), String(r.headers['x-tc-action']), r.raw)
  const key = mac(mac(mac(`TC3${secret}`, day), 'sms'), 'tc3_request')
  return createHmac('sha256', key).update(`TC3-HMAC-SHA256\n${seconds}\n${scope}\n${hash}`).digest('hex') === signature
    ? null
    : 'signature'
}
