import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Rooms } from './front-door.ts'
import { request } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { frontDoor } from './front-door.ts'

let server: Server
const logged: string[] = []
const fails = async (): Promise<never> => { throw new Error('broken with 13812345678 in it') }
const rooms: Rooms = {
  publishableKey: 'key',
  auth: fails,
  rpc: fails,
  functions: fails,
  config: () => ({}),
  health: fails,
  page: fails,
  addressOf: () => '203.0.113.1',
  log: line => void logged.push(line),
}

beforeAll(async () => {
  server = frontDoor(rooms)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()))
})
afterAll(() => server.close())

/** Status and body; a server that never answers fails the test by its time limit. */
async function ask(method: string, path: string, body = ''): Promise<{ status: number, body: string }> {
  const { port } = server.address() as AddressInfo
  const headers = { 'apikey': 'key', 'content-length': body.length }
  return new Promise((resolve, reject) => {
    const call = request({ port, host: '127.0.0.1', method, path, headers }, (answer) => {
      let text = ''
      answer.on('data', (chunk: Uint8Array) => { text += String(chunk) })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: text }))
    })
    call.on('error', reject)
    call.end(body)
  })
}

it.each([
  ['POST', '/auth/v1/token'], ['POST', '/rest/v1/rpc/push'], ['POST', '/functions/v1/deliver'],
  ['GET', '/rest/v1/rpc/push'], ['GET', '/auth/v1/user'], ['GET', '/healthz'], ['GET', '/'],
])('answers %s %s with 500 when the handler behind it throws, and logs nothing of the error', async (method, path) => {
  expect(await ask(method, path, method === 'POST' ? '{"a":1}' : '')).toEqual({
    status: 500,
    body: '{"message":"Internal error"}',
  })
  expect(logged.join('\n')).not.toContain('138')
})

it.each(['/auth/v1/user', '/functions/v1/deliver', '/rest/v1/rpc/push', '/'])(
  'answers TRACE %s with 405',
  async (path) => {
    expect((await ask('TRACE', path)).status).toBe(405)
  },
)
