import type { TempBackend } from './harness.ts'
import { Buffer } from 'node:buffer'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { startTemp } from './harness.ts'

// Bytes that no browser sends, over a bare connection: the server answers or closes, and keeps running.

let backend: TempBackend
const lines: string[] = []

beforeAll(async () => { backend = await startTemp({ log: line => lines.push(line) }) })
afterEach(async () => {
  expect((await fetch(`${backend.url}/healthz`)).status, 'it still serves').toBe(200)
})
afterAll(async () => { await backend.discard() })

/** Sends bytes and breaks off at once. */
async function breakOff(bytes: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(backend.port, '127.0.0.1', () => socket.write(bytes, () => socket.resetAndDestroy()))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve())
  })
}

/** Statuses of the answers until the server closed; a request may ask it to. */
async function statuses(text: string): Promise<number[]> {
  return new Promise((resolve, reject) => {
    let said = ''
    const socket = connect(backend.port, '127.0.0.1', () => socket.write(Buffer.from(text, 'latin1')))
    socket.on('data', (chunk: Buffer) => { said += chunk.toString('latin1') })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve([...said.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(found => Number(found[1]))))
    socket.setTimeout(20_000, () => reject(new Error(`no end: ${said}`)))
  })
}

/** A request with these headers, whose connection is closed after the answer. */
const request = (line: string, ...headers: string[]): string =>
  [`${line} HTTP/1.1`, 'Host: x', `apikey: ${backend.publishableKey}`, 'Connection: close', ...headers, '', ''].join(
    '\r\n',
  )

it.each([
  '/realtime/v1/websocket?apikey=wrong',
  '/realtime/v1/websocket?apikey=KEY&vsn=2.0.0',
  '/elsewhere',
])('callers of %s that break off end only their own connection', async (path) => {
  const socket = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='
  const headers = `Connection: Upgrade\r\nUpgrade: websocket\r\n${socket}`
  const upgrade = `GET ${path.replace('KEY', backend.publishableKey)} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n\r\n`
  await Promise.all(Array.from({ length: 60 }, async () => breakOff(upgrade)))
  await sleep(100)
})

it('callers that break off in a body or a head end only their own connection', async () => {
  const call = (): string => request('POST /rest/v1/rpc/push', 'Content-Length: 5000')
  const texts = [
    `${call()}{"p_muts":[`,
    call().slice(0, 40),
    request('GET /config.json'),
    `${request('POST /auth/v1/signup', 'Content-Length: 9')}{`,
  ]
  await Promise.all(Array.from({ length: 80 }, async (_, i) => breakOff(texts[i % texts.length]!)))
})

const CALL = 'POST /rest/v1/rpc/who_am_i'
const GET_CALL = 'GET /rest/v1/rpc/who_am_i'
const SECOND = '0\r\n\r\nGET /config.json HTTP/1.1\r\nHost: x\r\n\r\n'
const ODD: [what: string, text: () => string, said: number[]][] = [
  ['a method that no handler takes, at auth', () => request('TRACE /auth/v1/token'), [405]],
  ['the same at a function', () => request('TRACE /functions/v1/deliver'), [405]],
  ['a tunnel', () => request('CONNECT localhost:80'), []],
  ['a whole address of another host', () => request('GET http://evil.example/auth/v1/user'), [404]],
  ['one with a port that is none', () => request('GET http://evil.example:99999/auth/v1/user'), [400]],
  ['a path out of the functions', () => request('GET /functions/v1/..%2f..%2fconfig.json'), [404]],
  ['a path from one room into another', () => request('GET /rest/v1/../../auth/v1/user'), [401]],
  ['a token of odd bytes', () => request('GET /auth/v1/user', 'Authorization: Bearer \xE9\xFF'), [403]],
  ['an address that is none', () => request(GET_CALL, 'X-Forwarded-For: \'; drop, \xFF, 1.2.3.4.5'), [200]],
  ['two lengths of one body', () => request(CALL, 'Content-Length: 4', 'Transfer-Encoding: chunked') + SECOND, [400]],
  ['two lengths that differ', () => `${request(CALL, 'Content-Length: 2', 'Content-Length: 40')}{}`, [400]],
  ['a coding that is none', () => request(CALL, 'Transfer-Encoding: xchunked') + SECOND, [400]],
  ['a body said to be endless', () => `${request(CALL, 'Content-Length: 99999999999')}{}`, [413]],
  ['a head without end', () => request('GET /', `X: ${'a'.repeat(100_000)}`), [431]],
  ['a byte of nothing in a path', () => request('GET /\0'), [400]],
  ['the prototype as an argument', () => request('GET /rest/v1/rpc/duty_board?__proto__=1&constructor=2'), [404]],
  ['another schema', () => `${request(CALL, 'Content-Profile: private', 'Content-Length: 2')}{}`, [404]],
  ['an expectation nobody meets', () => request(CALL, 'Expect: wonders'), [417]],
]

it.each(ODD)('%s', async (_, text, said) => {
  lines.length = 0
  expect(await statuses(text())).toEqual(said)
  expect(lines, 'nothing of it is in the log').toEqual([])
})

it('the content policy repeats no host that is not a name', async () => {
  for (const host of ['a;default-src *', '">x', 'a b', 'ws://c\' *']) {
    const { headers } = await fetchWithHost(host)
    expect(headers).toContain('connect-src \'self\';')
  }
})

it('a defect after a body was read is answered with 500 and logged', async () => {
  lines.length = 0
  await backend.db.query('alter function private.judge_sign_up(text, text) rename to judge_nobody')
  const call = async (): Promise<Response> =>
    fetch(`${backend.url}/auth/v1/signup`, {
      method: 'POST',
      headers: { 'apikey': backend.publishableKey, 'content-type': 'application/json' },
      body: '{"email":"a@login.invalid","password":"correct horse"}',
      signal: AbortSignal.timeout(10_000),
    })
  const answer = await call().finally(async () =>
    backend.db.query('alter function private.judge_nobody(text, text) rename to judge_sign_up'),
  )
  expect(answer.status).toBe(500)
  expect(lines).toEqual([expect.stringMatching(/^A request failed: /)])
})

async function fetchWithHost(host: string): Promise<{ headers: string }> {
  return new Promise((resolve) => {
    let headers = ''
    const socket = connect(
      backend.port,
      '127.0.0.1',
      () => socket.write(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
    )
    socket.on('data', (chunk: Buffer) => {
      headers += chunk.toString('latin1')
    })
    socket.on('close', () => resolve({ headers }))
  })
}
