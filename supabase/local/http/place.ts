import type { Server } from 'node:http'
import { freePort, tryPort } from '../cluster/free-port.ts'
import { firstLine, StartFailure } from '../failure.ts'

/** Where the server listens; host undefined = every address of this machine. */
export interface Place { port: number, host: string | undefined }

/** The place for this port (0 = any free one), tried before anything is made. Throws StartFailure `port_in_use`. */
export async function choosePlace(port: number, host: string | undefined): Promise<Place> {
  const place = { host, port: port === 0 ? await freePort() : port }
  await tryPort(place.port, host).catch((error: unknown) => { throw portFailure(place, error) })
  return place
}

/** Resolves when the server listens there. Throws StartFailure `port_in_use`. */
export async function listen(server: Server, place: Place): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', error => reject(portFailure(place, error)))
    server.listen(place, resolve)
  })
}

function portFailure(place: Place, error: unknown): StartFailure {
  const code = error instanceof Error ? Reflect.get(error, 'code') : undefined
  const why = code === 'EADDRINUSE' ? `Port ${place.port} is in use` : code === 'EACCES' ? `Port ${place.port} is not allowed for this account` : firstLine(error)
  return new StartFailure('port_in_use', `${why}. Stop the other program or set PORT to another number.`, error)
}
