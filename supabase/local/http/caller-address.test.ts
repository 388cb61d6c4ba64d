import type { IncomingMessage } from 'node:http'
import { expect, it } from 'vitest'
import { addressReader, isAtThisMachine, subscriberOf } from './caller-address.ts'

function from(remoteAddress: string, headers: Record<string, string> = {}, httpVersion = '1.1'): IncomingMessage {
  return { headers, httpVersion, socket: { remoteAddress } } as unknown as IncomingMessage
}
const via = (peer: string, chain: string): IncomingMessage => from(peer, { 'x-forwarded-for': chain })

it.each([
  ['no proxy', '', via('198.51.100.7', '203.0.113.9'), '198.51.100.7'],
  ['a proxy on this machine', '', via('127.0.0.1', '203.0.113.9'), '203.0.113.9'],
  ['the same over IPv6', '', via('::1', '203.0.113.9'), '203.0.113.9'],
  ['a caller that wrote an address first', '', via('127.0.0.1', '10.0.0.1, 127.0.0.1, 203.0.113.9'), '203.0.113.9'],
  ['two proxies on this machine', '', via('::ffff:127.0.0.1', '1.1.1.1, 203.0.113.9, 127.0.0.1'), '203.0.113.9'],
  ['a proxy elsewhere that is not trusted', '', via('10.0.0.3', '203.0.113.9'), '10.0.0.3'],
  ['a trusted proxy elsewhere', '10.0.0.0/8', via('10.0.0.3', '1.1.1.1, 203.0.113.9'), '203.0.113.9'],
  ['two of them', '10.0.0.0/8, 192.0.2.1', via('10.0.0.3', '1.1.1.1, 203.0.113.9, 192.0.2.1'), '203.0.113.9'],
  ['nothing but proxies', '10.0.0.0/8', via('127.0.0.1', '10.0.0.1, 10.0.0.2'), '10.0.0.1'],
  ['a word where an address belongs', '', via('127.0.0.1', '203.0.113.9, unknown'), '127.0.0.1'],
  ['an address with its port', '', via('127.0.0.1', '203.0.113.9:50123'), '203.0.113.9'],
  ['IPv6 with its port', '', via('127.0.0.1', '[2001:db8::7]:443'), '2001:db8::7'],
  ['no header', '', from('127.0.0.1'), '127.0.0.1'],
])('%s', (_case, proxies, request, expected) => {
  expect(addressReader(proxies)(request)).toBe(expected)
})

it.each(['proxy.example.com', '10.0.0.0/x', '10.0.0.0/40', '10.0.0'])('TRUSTED_PROXIES=%s is refused', (proxies) => {
  expect(() => addressReader(proxies)).toThrow('TRUSTED_PROXIES')
})

it.each([
  ['203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
  ['2001:0db8:0001:0002::9', '2001:db8:1:2::'],
  ['2001:db8::9', '2001:db8:0:0::'],
  ['::2', '0:0:0:0::'],
  ['::1', '::1'],
])('%s belongs to %s', (address, subscriber) => {
  expect(subscriberOf(address)).toBe(subscriber)
})

it.each([
  ['127.0.0.1', { host: 'localhost:4173' }, true],
  ['::1', { host: '[::1]:4173' }, true],
  ['127.0.0.1', { 'host': 'localhost:4173', 'x-forwarded-for': '203.0.113.9' }, false],
  ['127.0.0.1', { host: 'rebound.example.com:4173' }, false],
  ['192.168.1.7', { host: 'localhost:4173' }, false],
])('from %s with %j: from this machine %s', (peer, headers, expected) => {
  expect(isAtThisMachine(from(peer, headers as unknown as Record<string, string>))).toBe(expected)
})

it.each(['via', 'x-real-ip', 'x-forwarded-host', 'x-forwarded-proto', 'cf-connecting-ip'])(
  'notices a proxy that only writes %s',
  (name) => {
    expect(isAtThisMachine(from('127.0.0.1', { host: 'localhost:4173', [name]: 'x' }))).toBe(false)
  },
)

it('notices a proxy that writes no header and speaks HTTP 1.0', () => {
  expect(isAtThisMachine(from('127.0.0.1', { host: '127.0.0.1:4173' }, '1.0'))).toBe(false)
})
