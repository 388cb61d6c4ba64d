import type { AddressInfo, LookupFunction } from 'node:net'
import { createServer as createHttps } from 'node:https'
import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CERTIFICATE, KEY } from '../../tests/functions/deliver/certificate.ts'
import { isPrivate, outwardFetch } from './outward.ts'

let port = 0
let knocks = 0
const server = createServer((socket) => {
  knocks += 1
  socket.destroy()
})
beforeAll(async () => new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => {
  port = (server.address() as AddressInfo).port
  resolve()
})))
afterAll(() => { server.close() })

/** Resolves every name to this machine. */
const here: LookupFunction = (_name, options, done) => {
  if (options.all === true) done(null, [{ address: '127.0.0.1', family: 4 }])
  else done(null, '127.0.0.1', 4)
}

/** Why a call failed. */
async function failureOf(url: string, ways?: Parameters<typeof outwardFetch>[0]): Promise<unknown> {
  const error: unknown = await outwardFetch(ways)(url, { method: 'POST', body: 'x' }).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(TypeError)
  const cause: unknown = Reflect.get(error as object, 'cause')
  return typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'code') : (error as Error).message
}

it('does not call a name that leads to this machine', async () => {
  expect(await failureOf(`https://push.example.com:${port}/x`, { lookup: here })).toBe('EPRIVATE')
  expect(knocks).toBe(0)
})

it.each(['localhost', '127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '2130706433'])('does not call %s', async (host) => {
  expect(await failureOf(`https://${host}:${port}/x`)).toMatch(/^EPRIVATE$|^private address$/)
  expect(knocks).toBe(0)
})

it('sends nothing without encryption', async () => {
  expect(await failureOf(`http://127.0.0.1:${port}/x`)).toBe('https only')
  expect(knocks).toBe(0)
})

it.each([
  ['10.1.2.3', true],
  ['100.100.100.200', true],
  ['169.254.169.254', true],
  ['172.31.0.1', true],
  ['192.168.1.1', true],
  ['142.250.72.202', false],
  ['172.32.0.1', false],
  ['::', true],
  ['::1', true],
  ['::ffff:10.0.0.1', true],
  ['fd00::1', true],
  ['fe80::1', true],
  ['2404:6800:4005::200a', false],
])('%s is private: %s', (address, expected) => {
  expect(isPrivate(address)).toBe(expected)
})

it('calls a public address as asked and answers as fetch does', async () => {
  const push = createHttps({ cert: CERTIFICATE, key: KEY }, (request, response) => {
    let body = ''
    request.on('data', (chunk: Uint8Array) => { body += String(chunk) })
    request.on('end', () => {
      const { url, method, headers } = request
      response.writeHead(url === '/moved' ? 302 : 201, { location: 'https://elsewhere.example/', ttl: '60' })
      response.end(JSON.stringify([method, headers.ttl, headers.host, body]))
    })
  })
  await new Promise<void>(resolve => push.listen(0, '127.0.0.1', resolve))
  const at = `https://push.example.com:${(push.address() as AddressInfo).port}`
  const call = outwardFetch({ lookup: here, refuses: () => false, ca: CERTIFICATE })
  const answer = await call(`${at}/x`, {
    method: 'POST',
    headers: { ttl: '600' },
    body: new TextEncoder().encode('红哨'),
  })
  expect([answer.status, answer.headers.get('ttl')]).toEqual([201, '60'])
  expect(await answer.json()).toEqual(['POST', '600', at.slice(8), '红哨'])
  expect((await call(`${at}/moved`, { method: 'POST' })).status).toBe(302)
  const strict = outwardFetch({ lookup: here, refuses: () => false })
  await expect(strict(`${at}/x`), 'a certificate nobody knows').rejects.toThrow(TypeError)
  push.closeAllConnections()
  push.close()
})
