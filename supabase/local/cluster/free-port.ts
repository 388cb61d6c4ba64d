import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * Ports that no system gives to an outgoing connection on its own (Linux begins at 32768, macOS and Windows at 49152).
 * One that is free now would otherwise often be somebody's a moment later, before the caller listens on it.
 */
const FIRST = 20_000
const LAST = 32_000

/** A TCP port of 127.0.0.1 that is free now. Rejects with the system's error when twenty ports were not. */
export async function freePort(tries = 20): Promise<number> {
  const port = randomInt(FIRST, LAST)
  try {
    await tryPort(port, '127.0.0.1')
    return port
  }
  catch (error) {
    if (tries <= 1) throw error
    return freePort(tries - 1)
  }
}

/** Resolves when the port can be listened on; rejects with the system's error (EADDRINUSE, EACCES) otherwise. */
export async function tryPort(port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, host }, () => server.close(() => resolve()))
  })
}
