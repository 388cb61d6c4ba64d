import type { AddressInfo, Socket } from 'node:net'
import { connect, createServer } from 'node:net'

/**
 * The network between one phone and a server: while it is cut, nothing passes in either direction.
 * A browser that is told to be offline still sends requests as its page closes; through a cut wire they do not pass.
 */
export interface Wire {
  url: string
  cut: () => void
  /** Requests still reach the server, answers do not come back until `mend`. */
  stall: () => void
  mend: () => void
  close: () => Promise<void>
}

/** Lays a wire to `target`, e.g. `http://localhost:4173`; the server may stop and start behind it. */
export async function layWire(target: string): Promise<Wire> {
  const port = Number(new URL(target).port)
  const ends = new Set<Socket>()
  const lanes = new Map<Socket, Socket>()
  let open = true
  let stalled = false
  const hold = (end: Socket, other: Socket): void => {
    ends.add(end)
    end.on('error', () => undefined) // the other end hears of it by 'close'
    end.once('close', () => {
      ends.delete(end)
      lanes.delete(end)
      other.destroy()
    })
  }
  const drop = (): void => {
    for (const end of ends) end.destroy()
  }
  const server = createServer((near) => {
    if (!open) return void near.destroy()
    const far = connect(port, '127.0.0.1')
    hold(near, far)
    hold(far, near)
    lanes.set(far, near)
    near.pipe(far)
    if (!stalled) far.pipe(near)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    cut() {
      open = false
      drop()
    },
    stall() {
      stalled = true
      for (const [far, near] of lanes) far.unpipe(near)
    },
    mend() {
      open = true
      if (stalled) {
        for (const [far, near] of lanes) far.pipe(near)
      }
      stalled = false
    },
    async close() {
      drop()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
