import type { IncomingHttpHeaders, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Buffer } from 'node:buffer'
import { readdirSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createServer, get, request } from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { send } from './answer.ts'
import { pages } from './pages.ts'
import { staticFiles } from './static-files.ts'

let parent: string
let dist: string
let server: Server
const failures: unknown[] = []
const SCRIPT = '// 红哨\n'.repeat(500)

beforeAll(async () => {
  parent = await mkdtemp(path.join(os.tmpdir(), 'redwhistle-files-'))
  dist = path.join(parent, 'dist')
  await lay('index.html', '<p>app</p>')
  await lay('resident.html', '<p>resident</p>')
  await lay('assets/index-CRTulj2o.js', SCRIPT)
  await lay('assets/index-CRTulj2o.js.br', 'packed by brotli')
  await lay('assets/index-CRTulj2o.js.gz', gzipSync(SCRIPT))
  await lay('sw.js', SCRIPT)
  await lay('icon.png', 'png')
  await lay('app.webmanifest', '{}')
  await lay('big.wasm', Buffer.alloc(8_000_000, 7))
  await lay('.sources', 'hidden')
  await writeFile(path.join(parent, 'secret.js'), 'outside')
  const answer = pages(staticFiles(dist))
  server = createServer((incoming, response) => {
    const sent = answer(incoming, response, incoming.url ?? '/')
      .then(async other => other && send(incoming, response, other))
    sent.catch((error: unknown) => {
      failures.push(error)
      response.destroy()
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()))
})
afterAll(async () => {
  server.close()
  await rm(parent, { recursive: true, force: true })
  expect(failures).toEqual([])
})

async function lay(name: string, content: string | Buffer): Promise<void> {
  await mkdir(path.dirname(path.join(dist, name)), { recursive: true })
  await writeFile(path.join(dist, name), content)
}

interface Reply { status: number, headers: IncomingHttpHeaders, body: Buffer }
/** Sends a request exactly as given: fetch would tidy the path and unpack the answer. */
async function ask(urlPath: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Reply> {
  const { port } = server.address() as AddressInfo
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', path: urlPath, headers, method }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      const { statusCode: status = 0, headers: received } = answer
      answer.on('end', () => resolve({ status, headers: received, body: Buffer.concat(chunks) }))
    }).on('error', reject).end()
  })
}
const words = async (urlPath: string): Promise<string> => (await ask(urlPath)).body.toString()

it('answers the app to a page, the residents\' page below /b/, and 404 to a file that is not there', async () => {
  expect(await Promise.all(['/', '/duty/1', '/b', '/b/ABCDEFGHJK', '/board'].map(words)))
    .toEqual(['<p>app</p>', '<p>app</p>', '<p>resident</p>', '<p>resident</p>', '<p>app</p>'])
  const missing = await Promise.all(['/nothing.js', '/assets/', '/assets/index-12345678.js'].map(async one => ask(one)))
  expect(missing.map(({ status }) => status)).toEqual([404, 404, 404])
})

it.each([
  '/../secret.js',
  '/%2e%2e/secret.js',
  '/assets/..%2f..%2fsecret.js',
  '/.sources',
  '/%00.js',
  '/..%5csecret.js',
  '/%E0%A4%A.js',
])('answers 404 to %s, which is no file of the app', async (urlPath) => {
  expect((await ask(urlPath)).status).toBe(404)
})

it.each([
  ['gzip, deflate, br', 'br', 'packed by brotli'],
  ['gzip', 'gzip', gzipSync(SCRIPT)],
  ['br;q=0, gzip', 'gzip', gzipSync(SCRIPT)],
  ['identity', undefined, SCRIPT],
  ['br', 'br', 'packed by brotli'],
] as const)('sends to %s the form %s, with the type of the file itself', async (accept, encoding, body) => {
  const reply = await ask('/assets/index-CRTulj2o.js', { 'accept-encoding': accept })
  expect(reply.headers).toMatchObject({ 'content-type': 'text/javascript; charset=utf-8', 'vary': 'Accept-Encoding' })
  expect(reply.headers['content-encoding']).toBe(encoding)
  expect(reply.body).toEqual(Buffer.from(body))
})

it('sends a file without compressed forms as it is', async () => {
  const reply = await ask('/sw.js', { 'accept-encoding': 'br' })
  expect([reply.headers['content-encoding'], reply.body.toString()]).toEqual([undefined, SCRIPT])
})

it.each([
  ['/', 'text/html; charset=utf-8'],
  ['/icon.png', 'image/png'],
  ['/big.wasm', 'application/wasm'],
  ['/app.webmanifest', /^application\/manifest\+json/],
] as const)('%s is %s', async (urlPath, type) => {
  expect((await ask(urlPath)).headers['content-type']).toMatch(type)
})

it('lets clients keep a name with a hash for ever, and ask for any other file again: 304 if unchanged', async () => {
  const script = await ask('/assets/index-CRTulj2o.js')
  expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  for (const urlPath of ['/', '/sw.js', '/b/ABCDEFGHJK']) {
    const first = await ask(urlPath)
    expect(first.headers['cache-control']).toBe('no-cache')
    const again = await ask(urlPath, { 'if-none-match': first.headers.etag! })
    expect([again.status, again.body.length]).toEqual([304, 0])
    const { etag } = first.headers
    expect(again.headers).toMatchObject({ 'cache-control': 'no-cache', etag, 'vary': 'Accept-Encoding' })
  }
})

it('gives each form of a file an ETag of its own, and answers HEAD as GET without the body', async () => {
  const urlPath = '/assets/index-CRTulj2o.js'
  const look = async (accept: string): Promise<Reply> => ask(urlPath, { 'accept-encoding': accept }, 'HEAD')
  const forms = await Promise.all(['br', 'gzip', 'identity'].map(look))
  expect(new Set(forms.map(form => form.headers.etag)).size).toBe(3)
  expect(forms.map(form => [form.status, form.body.length])).toEqual([[200, 0], [200, 0], [200, 0]])
  expect(forms[2]!.headers['content-length']).toBe(String(Buffer.byteLength(SCRIPT)))
})

it('serves a new build at once, and answers 404 to a file that is gone', async () => {
  const before = await ask('/sw.js')
  await rename(dist, `${dist}.old`)
  expect((await ask('/sw.js')).status).toBe(404)
  await rename(`${dist}.old`, dist)
  await lay('sw.js', `${SCRIPT}// another build\n`)
  const after = await ask('/sw.js', { 'if-none-match': before.headers.etag! })
  expect([after.status, after.body.toString()]).toEqual([200, `${SCRIPT}// another build\n`])
})

it('leaves no file open when a client breaks off a download', async () => {
  const { port } = server.address() as AddressInfo
  const open = (): number => readdirSync('/dev/fd').length
  await ask('/big.wasm')
  const before = open()
  for (let i = 0; i < 30; i++) {
    await new Promise<void>((resolve, reject) => {
      get({ port, host: '127.0.0.1', path: '/big.wasm', agent: false }, (answer) => {
        answer.once('data', () => answer.destroy())
        answer.once('close', () => resolve())
      }).on('error', reject)
    })
  }
  await expect.poll(open, { timeout: 10_000 }).toBeLessThan(before + 10)
})
