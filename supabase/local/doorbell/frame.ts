/** One message of Realtime's protocol 2.0.0: `[join_ref, ref, topic, event, payload]`. */
export interface Frame {
  joinRef: string | null
  ref: string | null
  /** With its prefix: `realtime:<topic>`. */
  topic: string
  event: string
  payload: Record<string, unknown>
}

const PREFIX = 'realtime:'

/** Reads a text message; null for anything that is not a frame. */
export function readFrame(text: string): Frame | null {
  const parts = parse(text)
  if (!Array.isArray(parts) || parts.length !== 5) return null
  const [joinRef, ref, topic, event, payload]: unknown[] = parts
  if (typeof topic !== 'string' || typeof event !== 'string' || topic.length > 300) return null
  return { joinRef: asRef(joinRef), ref: asRef(ref), topic, event, payload: isRecord(payload) ? payload : {} }
}

/** The answer to a frame that wants one. */
export function replyTo(frame: Frame, status: 'ok' | 'error', response: Record<string, unknown>): string {
  return JSON.stringify([frame.joinRef, frame.ref, frame.topic, 'phx_reply', { status, response }])
}

/** A ring of this topic (without prefix). */
export function ringFrame(topic: string, event: string, payload: unknown): string {
  return JSON.stringify([null, null, PREFIX + topic, 'broadcast', { type: 'broadcast', event, payload }])
}

/** The two frames that end a channel: the first says why, and at the second supabase-js reports CLOSED. */
export function closeFrames(topic: string, joinRef: string | null, reason: string): string[] {
  return [
    JSON.stringify([joinRef, null, PREFIX + topic, 'system', {
      extension: 'system',
      status: 'error',
      channel: topic,
      message: reason,
    }]),
    JSON.stringify([joinRef, joinRef, PREFIX + topic, 'phx_close', {}]),
  ]
}

/** The topic without its prefix; null when it has none. */
export function bareTopic(topic: string): string | null {
  return topic.startsWith(PREFIX) && topic.length > PREFIX.length ? topic.slice(PREFIX.length) : null
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  }
  catch {
    return null
  }
}

function asRef(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
