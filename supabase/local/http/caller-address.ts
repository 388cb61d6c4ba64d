import type { IncomingMessage } from 'node:http'

/**
 * The address a request comes from. A proxy on this machine is believed (the last address it added);
 * anybody else could write what they like into the header.
 */
export function callerAddress(request: IncomingMessage): string {
  const peer = (request.socket.remoteAddress ?? 'unknown').replace(/^::ffff:/, '')
  const forwarded = String(request.headers['x-forwarded-for'] ?? '').split(',').at(-1)?.trim()
  return isLoopback(peer) && forwarded ? forwarded : peer
}

/** Is this an address of the machine itself? */
export function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.')
}
