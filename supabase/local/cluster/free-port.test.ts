import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { freePort, tryPort } from './free-port.ts'

it('a free port is none that the system gives to outgoing connections', async () => {
  const ports = await Promise.all(Array.from({ length: 40 }, async () => freePort()))
  expect(ports.filter(port => port < 20_000 || port >= 32_768)).toEqual([])
  expect(new Set(ports).size).toBeGreaterThan(30)
})

it('a port that a program listens on is not free', async () => {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()))
  await expect(tryPort((server.address() as AddressInfo).port, '127.0.0.1')).rejects.toThrow('EADDRINUSE')
  await new Promise(resolve => server.close(resolve))
})
