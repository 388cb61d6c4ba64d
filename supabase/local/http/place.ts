import type { Server } from 'node:http'
import type { Server as Door } from 'node:net'
import { createServer } from 'node:net'
import { freePort, tryPort } from '../cluster/free-port.ts'
import { firstLine, StartFailure } from '../failure.ts'
import { isLoopback } from './caller-address.ts'

/** Where the server listens. */
export interface Place {
  port: number
  /** Addresses of this machine. The first must exist, the others may be missing. */
  hosts: readonly string[]
  /** Can other machines reach this server? */
  open: boolean
}

/** A browser may take `localhost` for either. */
const LOOPBACK = ['127.0.0.1', '::1']

/**
 * Chooses where to listen and tries the port before anything is made. Port 0 = any free one; host undefined = this
 * machine alone. Throws StartFailure `port_in_use`.
 */
export async function choosePlace(port: number, host: string | undefined): Promise<Place> {
  const hosts = host === undefined || host === 'localhost' ? LOOPBACK : [host]
  const place = { port: port === 0 ? await freePort() : port, hosts, open: !hosts.every(isLoopback) }
  await tryPort(place.port, hosts[0]).catch((error: unknown) => { throw portFailure(place, error) })
  return place
}

/**
 * Makes the server listen at every address of the place. Answers the function that stops listening, which resolves when
 * the last connection is gone. Throws StartFailure `port_in_use`.
 */
export async function listen(server: Server, place: Place): Promise<() => Promise<void>> {
  const [first, ...others] = place.hosts
  const doors: Door[] = [server, ...others.map(() => createServer(socket => server.emit('connection', socket)))]
  const opened = await Promise.all(doors.map(async (door, index) => open(door, place, place.hosts[index] ?? first)))
  const shut = async (door: Door): Promise<void> => new Promise(resolve => door.close(() => resolve()))
  return async () => {
    await Promise.all(doors.filter((_, index) => opened[index]).map(shut))
  }
}

/** False if this machine has no such address: `::1` on one without IPv6. */
async function open(door: Door, place: Place, host: string | undefined): Promise<boolean> {
  return new Promise((resolve, reject) => {
    door.once('error', (error: unknown) => {
      const missing = host !== place.hosts[0] && ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(String(codeOf(error)))
      if (missing) resolve(false)
      else reject(portFailure(place, error))
    })
    door.listen({ port: place.port, host }, () => resolve(true))
  })
}

function codeOf(error: unknown): unknown {
  return error instanceof Error ? Reflect.get(error, 'code') : undefined
}

function portFailure(place: Place, error: unknown): StartFailure {
  const code = codeOf(error)
  const why = code === 'EADDRINUSE'
    ? `Port ${place.port} is in use`
    : code === 'EACCES'
      ? `Port ${place.port} is not allowed for this account`
      : firstLine(error)
  return new StartFailure('port_in_use', `${why}. Stop the other program or set PORT to another number.`, error)
}
