import type { Server } from 'node:http'
import type { ProviderRequest } from './signatures.ts'
import { Buffer } from 'node:buffer'
import { createServer } from 'node:http'
import { acs3Fault, dingtalkFault, feishuFault, tc3Fault } from './signatures.ts'

export interface Secrets { dingtalk: string, feishu: string, aliyun: string, tencent: string }
type Answer = [status: number, body: unknown, headers?: Record<string, string>]

/** The answer of each provider, which checks the signature by its own documented algorithm. */
function answer(r: ProviderRequest, secrets: Secrets, now: number): Answer {
  switch (r.host) {
    case 'qyapi.weixin.qq.com': {
      const codes: Record<string, number> = { 'robot-key-1': 0, 'too-often-key': 45_009 }
      return [200, { errcode: codes[r.query.get('key') ?? ''] ?? 93_000 }]
    }
    case 'oapi.dingtalk.com':
      return [200, { errcode: dingtalkFault(r, secrets.dingtalk, now) === null ? 0 : 310_000 }]
    case 'open.feishu.cn':
      return [200, { code: feishuFault(r, secrets.feishu, now) === null ? 0 : 19_021 }]
    case 'dysmsapi.aliyuncs.com': {
      const fault = acs3Fault(r, secrets.aliyun)
      if (fault !== null) return [400, { Code: 'SignatureDoesNotMatch', Message: fault }]
      return [200, { Code: r.query.get('PhoneNumbers') === '19900000009' ? 'isv.MOBILE_NUMBER_ILLEGAL' : 'OK' }]
    }
    case 'sms.tencentcloudapi.com': {
      const fault = tc3Fault(r, secrets.tencent, now)
      if (fault !== null)
        return [200, { Response: { Error: { Code: 'AuthFailure.SignatureFailure', Message: fault } } }]
      return [200, { Response: { SendStatusSet: [{ Code: 'Ok' }] } }]
    }
    default: return push(r)
  }
}

/** Does Apple take the sender that the token names? An address or a page, of a host that others can reach. */
function hasSender(r: ProviderRequest): boolean {
  const [, payload = ''] = /t=[\w-]+\.([\w-]+)\./.exec(r.headers.authorization ?? '') ?? []
  const { sub } = JSON.parse(Buffer.from(payload, 'base64url').toString() || '{}') as { sub?: string }
  return /^(?:mailto:[^\s<>@]+@|https:\/\/)[\w-]+(?:\.[\w-]+)+(?::\d+)?$/.test(sub ?? '')
}

function push(r: ProviderRequest): Answer {
  if (r.host === 'web.push.apple.com' && !hasSender(r)) return [403, { reason: 'BadJwtToken' }]
  const status = Number(/^\/(\d{3})\//.exec(r.path)?.[1] ?? 201)
  const headers: Record<number, Record<string, string>> = {
    429: { 'retry-after': '120' },
    302: { location: 'http://169.254.169.254/' },
  }
  return [status, '', headers[status] ?? {}]
}

/** All providers on one local port. `fetch` of the sender leads here; the first part of the path is the real host. */
export class Providers {
  readonly received: ProviderRequest[] = []
  readonly #server: Server
  #port = 0

  constructor(secrets: Secrets, now: () => number) {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const url = new URL(request.url ?? '/', 'http://localhost')
        const [, host = '', ...rest] = url.pathname.split('/')
        const raw = Buffer.concat(chunks)
        const r: ProviderRequest = {
          host,
          path: `/${rest.join('/')}`,
          query: url.searchParams,
          headers: request.headers,
          raw,
          body: parseBody(raw),
        }
        this.received.push(r)
        const [status, body, headers] = answer(r, secrets, now())
        response.writeHead(status, { 'content-type': 'application/json', 'connection': 'close', ...headers })
        response.end(body === '' ? '' : JSON.stringify(body))
      })
    })
  }

  async start(): Promise<void> {
    await new Promise<void>(resolve => this.#server.listen(0, '127.0.0.1', resolve))
    const address = this.#server.address()
    this.#port = typeof address === 'object' && address !== null ? address.port : 0
  }

  /** The `fetch` of the sender: every address leads here, except one without a network. */
  readonly fetch: typeof fetch = async (input, init) => {
    const url = new URL(String(input))
    if (url.hostname === 'nobody.notify.windows.com') throw new TypeError('no network')
    return fetch(`http://127.0.0.1:${this.#port}/${url.hostname}${url.pathname}${url.search}`, init)
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>(resolve => this.#server.close(() => resolve()))
    this.#server.closeAllConnections() // the sender's fetch keeps its connections
    await closed
  }
}

function parseBody(raw: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(raw.toString('utf8'))
  }
  catch {
    return {}
  }
}
