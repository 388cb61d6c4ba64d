import type { Finding } from './findings.ts'
import type { Target } from './target.ts'
import { randomUUID } from 'node:crypto'
import { WebSocket } from 'ws'
import { found } from './findings.ts'
import { field } from './target.ts'

const PATIENCE_MS = 10_000

/** Joins made-up channels with the publishable key alone; Realtime must admit none. */
export async function checkRealtime(target: Target): Promise<Finding[]> {
  const socket = await open(target)
  if (socket === null) return [found('realtime_unreachable')]
  try {
    const privateJoin = await join(socket, `user:${randomUUID()}`, true, target.key)
    const publicJoin = await join(socket, `check:${randomUUID()}`, false, target.key)
    return [
      ...(privateJoin === 'ok' ? [found('realtime_open')] : []),
      ...(publicJoin === 'ok' ? [found('realtime_public')] : []),
      ...(privateJoin === 'silent' ? [found('realtime_unreachable', 'a join was not answered')] : []),
    ]
  }
  finally {
    socket.terminate()
  }
}

async function open(target: Target): Promise<WebSocket | null> {
  const query = `apikey=${encodeURIComponent(target.key)}&vsn=2.0.0`
  const url = `${target.backend.replace(/^http/, 'ws')}/realtime/v1/websocket?${query}`
  return new Promise((resolve) => {
    const socket = new WebSocket(url, { handshakeTimeout: PATIENCE_MS })
    socket.once('open', () => resolve(socket))
    socket.once('error', () => resolve(null))
  })
}

/** Joins a channel. Answers the status that Realtime sends, `ok` or `error`, or `silent` after ten seconds. */
async function join(socket: WebSocket, topic: string, isPrivate: boolean, key: string): Promise<string> {
  const ref = randomUUID()
  const config = {
    broadcast: { ack: false, self: false },
    presence: { key: '' },
    postgres_changes: [],
    private: isPrivate,
  }
  return new Promise((resolve) => {
    const late = setTimeout(resolve, PATIENCE_MS, 'silent')
    const hear = (data: unknown): void => {
      const status = statusOf(String(data), ref)
      if (status === null) return
      clearTimeout(late)
      socket.off('message', hear)
      resolve(status)
    }
    socket.on('message', hear)
    socket.once('close', () => hear(JSON.stringify([null, ref, '', 'phx_reply', { status: 'error' }])))
    socket.send(JSON.stringify([ref, ref, `realtime:${topic}`, 'phx_join', { config, access_token: key }]))
  })
}

function statusOf(text: string, ref: string): string | null {
  const frame: unknown = JSON.parse(text)
  if (!Array.isArray(frame) || frame[1] !== ref || frame[3] !== 'phx_reply') return null
  return String(field(frame[4], 'status'))
}
