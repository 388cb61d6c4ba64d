import type { IncomingMessage } from 'node:http'
import { BlockList, isIP, isIPv6 } from 'node:net'
import { StartFailure } from '../failure.ts'

/** The address a request comes from. */
export type AddressOf = (request: IncomingMessage) => string

const THIS_MACHINE = ['127.0.0.0/8', '::1']

/**
 * Reads callers' addresses. Every proxy writes the address it saw at the end of `X-Forwarded-For`, and what stands
 * before that the caller may have written: so it is read from the end, over the proxies we trust, to the first address
 * that is none of them. This machine is always trusted; `proxies` names more, `10.0.0.0/8, 192.168.1.7`.
 * Throws StartFailure `bad_option` for what is no address and no network.
 */
export function addressReader(proxies = ''): AddressOf {
  const trusted = networks([...THIS_MACHINE, ...proxies.split(',').map(part => part.trim()).filter(Boolean)])
  const isTrusted = (address: string): boolean =>
    isIP(address) !== 0 && trusted.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
  return (request) => {
    let address = bare(request.socket.remoteAddress ?? '') ?? 'unknown'
    const forwarded = String(request.headers['x-forwarded-for'] ?? '').split(',')
    while (isTrusted(address) && forwarded.length > 0) {
      const before = bare(forwarded.pop() ?? '')
      if (before === null) break
      address = before
    }
    return address
  }
}

/** Is this an address of the machine itself? */
export function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.')
}

/** What proxies add to a request; the plainest of them add nothing but speak HTTP 1.0 (nginx's own default). */
const BY_PROXY = /^(?:forwarded|via|x-forwarded-.+|x-real-ip|true-client-ip|cf-.+|x-envoy-.+)$/

/** Did a person at this very machine ask, through no proxy and by one of its own names? */
export function isAtThisMachine(request: IncomingMessage): boolean {
  const own = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(request.headers.host ?? '')
  const passedOn = request.httpVersion === '1.0' || Object.keys(request.headers).some(name => BY_PROXY.test(name))
  return own && !passedOn && isLoopback(bare(request.socket.remoteAddress ?? '') ?? '')
}

/** What one subscriber has: an IPv4 address, or the first 64 bits of an IPv6 one, since the rest is theirs to choose. */
export function subscriberOf(address: string): string {
  if (!isIPv6(address) || isLoopback(address)) return address
  const [head = '', tail = ''] = address.split('::')
  const parts = head.split(':').filter(Boolean)
  const missing = address.includes('::') ? 8 - parts.length - tail.split(':').filter(Boolean).length : 0
  const all = [...parts, ...'0'.repeat(Math.max(0, missing)), ...tail.split(':').filter(Boolean)]
  return `${all.slice(0, 4).map(part => Number.parseInt(part, 16).toString(16)).join(':')}::`
}

/** An address without port, brackets, zone and IPv4 prefix; null for anything else. */
function bare(text: string): string | null {
  const found = text.trim().replace(/^\[(.+)\](?::\d+)?$/, '$1').replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1').replace(
    /%.*$/,
    '',
  ).replace(/^::ffff:(?=\d+\.)/i, '').toLowerCase()
  return isIP(found) === 0 ? null : found
}

function networks(list: readonly string[]): BlockList {
  const found = new BlockList()
  for (const entry of list) {
    const [address = '', bits] = entry.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    try {
      if (bits === undefined) found.addAddress(address, family)
      else found.addSubnet(address, /^\d{1,3}$/.test(bits) ? Number(bits) : -1, family)
    }
    catch {
      throw new StartFailure(
        'bad_option',
        `TRUSTED_PROXIES: "${entry}" is no address and no network such as 10.0.0.0/8.`,
      )
    }
  }
  return found
}
