import WebSocket from 'ws'

/** A socket without supabase-js, to send frames that supabase-js never sends. */
export interface RawSocket {
  ws: WebSocket
  say: (frame: unknown) => void
  /** The next frame, once there is one. */
  hear: () => Promise<unknown[]>
  /** The closing code, once it is closed. */
  closed: Promise<number>
}

/** Opens a socket to the doorbell of `url`. Rejects when the server refuses it. */
export async function openSocket(url: string, query: string, headers: Record<string, string> = {}): Promise<RawSocket> {
  const ws = new WebSocket(`${url.replace('http', 'ws')}/realtime/v1/websocket?${query}`, { headers })
  const heard: unknown[][] = []
  const waiting: ((frame: unknown[]) => void)[] = []
  ws.on('message', (data) => {
    const frame = JSON.parse(String(data)) as unknown[]
    const take = waiting.shift()
    if (take === undefined) heard.push(frame)
    else take(frame)
  })
  const closed = new Promise<number>(resolve => ws.once('close', resolve))
  await new Promise<void>((resolve, reject) => {
    ws.once('open', resolve)
    ws.once('error', reject)
  })
  ws.on('error', () => undefined)
  return {
    ws,
    say: frame => ws.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    hear: async () => heard.shift() ?? new Promise(resolve => waiting.push(resolve)),
    closed,
  }
}
