import type { LookupFunction } from 'node:net'
import { Buffer } from 'node:buffer'
import { lookup as systemLookup } from 'node:dns'
import { Agent, request } from 'node:https'
import { BlockList, isIP } from 'node:net'

/** Networks that are nobody's on the internet: this machine, the house, the provider's own services, and the like. */
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

/** Is this an address within somebody's own network, or of no machine at all? */
export function isPrivate(address: string): boolean {
  return networks.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

/** For tests: how names are resolved, what is refused, whose certificates count. */
interface Ways { lookup?: LookupFunction, refuses?: (address: string) => boolean, ca?: string }

/**
 * `fetch` for what the sender of deliveries calls: https only, follows no redirect, and connects to no private address,
 * whatever a name resolves to at that moment. Rejects with TypeError when there is no answer, as fetch does.
 */
export function outwardFetch({ lookup = systemLookup, refuses = isPrivate, ca }: Ways = {}): typeof fetch {
  const agent = new Agent({
    keepAlive: true,
    timeout: 15_000,
    lookup: lookupBut(lookup, refuses),
    ...ca !== undefined && { ca },
  })
  return async (input, init) => {
    const asked = new Request(input, init)
    const url = new URL(asked.url)
    if (url.protocol !== 'https:') throw new TypeError('https only')
    // an address in figures is looked up nowhere
    const figures = url.hostname.replace(/^\[|\]$/g, '')
    if (isIP(figures) !== 0 && refuses(figures)) throw new TypeError('private address')
    return answerTo(asked, url, agent)
  }
}

async function answerTo(asked: Request, url: URL, agent: Agent): Promise<Response> {
  const body = Buffer.from(await asked.arrayBuffer())
  const headers = { ...Object.fromEntries(asked.headers), 'content-length': String(body.length) }
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void =>
      reject(asked.signal.aborted ? asked.signal.reason : new TypeError('no answer', { cause: error }))
    const call = request(url, { agent, method: asked.method, headers, signal: asked.signal }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.once('error', failed)
      answer.once(
        'end',
        () =>
          resolve(
            new Response([204, 205, 304].includes(answer.statusCode ?? 0) ? null : Buffer.concat(chunks), {
              status: answer.statusCode ?? 502,
              headers: Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]),
            }),
          ),
      )
    })
    call.once('error', failed)
    call.end(body)
  })
}

/** Resolves names, and refuses one that leads where it must not: what is looked up here is what is connected to. */
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
