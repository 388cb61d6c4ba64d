import type { IncomingMessage } from 'node:http'
import type { LookupFunction } from 'node:net'
import { Buffer } from 'node:buffer'
import { lookup as systemLookup } from 'node:dns'
import { Agent, request } from 'node:https'
import { BlockList, isIP } from 'node:net'

/** Networks that are not on the internet: this machine, the local network, the hosting provider's own services. */
const PRIVATE: readonly (readonly [address: string, bits: number, family: 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 127, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
]

const networks = new BlockList()
for (const [address, bits, family] of PRIVATE) networks.addSubnet(address, bits, family)

/** Is this an address of a private network, or of no machine at all? */
export function isPrivate(address: string): boolean {
  return networks.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

/** For tests: how names are resolved, which addresses are refused, whose certificates count. */
interface Overrides { lookup?: LookupFunction, refuses?: (address: string) => boolean, ca?: string }

/**
 * `fetch` for the sender of deliveries: https only, follows no redirect, and connects to no private address, even if a
 * name resolves to one. Rejects with TypeError if there is no answer, as fetch does.
 */
export function outwardFetch({ lookup = systemLookup, refuses = isPrivate, ca }: Overrides = {}): typeof fetch {
  const agent = new Agent({
    keepAlive: true,
    timeout: 15_000,
    lookup: lookupBut(lookup, refuses),
    ...ca !== undefined && { ca },
  })
  return async (input, init) => {
    const outgoing = new Request(input, init)
    const url = new URL(outgoing.url)
    if (url.protocol !== 'https:') throw new TypeError('https only')
    // a numeric address is not looked up, so it is checked here
    const address = url.hostname.replace(/^\[|\]$/g, '')
    if (isIP(address) !== 0 && refuses(address)) throw new TypeError('private address')
    return answerTo(outgoing, url, agent)
  }
}

async function answerTo(outgoing: Request, url: URL, agent: Agent): Promise<Response> {
  const { method, signal } = outgoing
  const body = Buffer.from(await outgoing.arrayBuffer())
  const headers = { ...Object.fromEntries(outgoing.headers), 'content-length': String(body.length) }
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void =>
      reject(signal.aborted ? signal.reason : new TypeError('no answer', { cause: error }))
    const call = request(url, { agent, method, headers, signal }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.once('error', failed)
      incoming.once('end', () => resolve(responseOf(incoming, Buffer.concat(chunks))))
    })
    call.once('error', failed)
    call.end(body)
  })
}

function responseOf({ statusCode: status = 502, headers }: IncomingMessage, body: Buffer<ArrayBuffer>): Response {
  const pairs = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)])
  return new Response([204, 205, 304].includes(status) ? null : body, { status, headers: pairs })
}

/** Resolves names and refuses private addresses. The agent connects to the very addresses that are checked here. */
function lookupBut(lookup: LookupFunction, refuses: (address: string) => boolean): LookupFunction {
  return (name, options, done) => {
    lookup(name, options, (error, found, family) => {
      const addresses = typeof found === 'string' ? [found] : (found ?? []).map(one => one.address)
      const bad = error
        ?? (addresses.some(refuses) ? Object.assign(new Error('private address'), { code: 'EPRIVATE' }) : null)
      done(bad, found, family)
    })
  }
}
