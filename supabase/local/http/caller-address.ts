import type { IncomingMessage } from 'node:http'
import { BlockList, isIP, isIPv6 } from 'node:net'
import { StartFailure } from '../failure.ts'

/** The address a request comes from. */
export type AddressOf = (request: IncomingMessage) => string

const THIS_MACHINE = ['127.0.0.0/8', '::1']

/**
 * Makes the reader of callers' addresses. Every proxy appends the address it saw to `X-Forwarded-For`, and the caller
 * may have written what stands before that. So the header is read from its end, past the proxies we trust, to the first
 * other address. This machine is always trusted; `proxies` names more, `10.0.0.0/8, 192.168.1.7`.
 * Throws StartFailure `bad_option` if `proxies` holds anything but addresses and networks.
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

/** Headers that proxies add. The plainest proxies add none but speak HTTP 1.0 (nginx's own default). */
const PROXY_HEADER = /^(?:forwarded|via|x-forwarded-.+|x-real-ip|true-client-ip|cf-.+|x-envoy-.+)$/

/** Does a request come from this machine, through no proxy, by one of the machine's own names? */
export function isAtThisMachine(request: IncomingMessage): boolean {
  const ownName = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(request.headers.host ?? '')
  const byProxy = request.httpVersion === '1.0' || Object.keys(request.headers).some(name => PROXY_HEADER.test(name))
  return ownName && !byProxy && isLoopback(bare(request.socket.remoteAddress ?? '') ?? '')
}

/** What identifies one subscriber: an IPv4 address, or the first 64 bits of an IPv6 one; they choose the rest. */
export function subscriberOf(address: string): string {
  if (!isIPv6(address) || isLoopback(address)) return address
  const [head = '', tail = ''] = address.split('::')
  const parts = head.split(':').filter(Boolean)
  const missing = address.includes('::') ? 8 - parts.length - tail.split(':').filter(Boolean).length : 0
  const all = [...parts, ...'0'.repeat(Math.max(0, missing)), ...tail.split(':').filter(Boolean)]
  return `${all.slice(0, 4).map(part => Number.parseInt(part, 16).toString(16)).join(':')}::`
}

/** An address without port, brackets, zone and IPv4 prefix; null for anything but an address. */
function bare(text: string): string | null {
  const address = text.trim()
    .replace(/^\[(.+)\](?::\d+)?$/, '$1')
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1')
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.)/i, '')
    .toLowerCase()
  return isIP(address) === 0 ? null : address
}

function networks(list: readonly string[]): BlockList {
  const all = new BlockList()
  for (const entry of list) {
    const [address = '', bits] = entry.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    try {
      if (bits === undefined) all.addAddress(address, family)
      else all.addSubnet(address, /^\d{1,3}$/.test(bits) ? Number(bits) : -1, family)
    }
    catch {
      const what = `TRUSTED_PROXIES: "${entry}" is neither an address nor a network`
      throw new StartFailure('bad_option', `${what}. Write 192.168.1.7 or 10.0.0.0/8.`)
    }
  }
  return all
}
