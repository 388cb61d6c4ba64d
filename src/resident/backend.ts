import type { Database } from '../gateway/database.types.ts'
import type { DoorAnswer } from './answer.ts'
import { correctRoughly, phoneNow } from '#clock/clock.ts'
import { isDoorAnswer } from './answer.ts'

type Functions = Database['api']['Functions']
export interface Config { backend_url?: string, publishable_key: string }
const TIMEOUT_MS = 10_000
const CONFIG = 'rw-board-config'
/** Caches hold an answer for 15 s (`duty_board`); one on the way may be late with it. */
const CACHED_MS = 60_000

/** Fetch that gives up: a lost packet in a stairwell must not leave the page waiting. */
async function ask(url: string, init: RequestInit = {}): Promise<Response> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), TIMEOUT_MS)
  try {
    const answer = await fetch(url, { ...init, signal: stop.signal })
    if (!answer.ok) throw new Error(String(answer.status))
    return answer
  }
  finally {
    clearTimeout(timer)
  }
}

let config: Promise<Config> | null = null

/** `/config.json`, fetched once; without a network the one stored last. Throws when there is neither. */
function readConfig(): Promise<Config> {
  config ??= ask('/config.json').then(async (answer) => {
    const file = await answer.json() as Partial<Config> | null
    if (typeof file?.publishable_key !== 'string') throw new TypeError('unreadable')
    // people write the address with a slash at its end or without
    const backend_url = String(file.backend_url ?? '').replace(/\/+$/, '')
    const found = { publishable_key: file.publishable_key, backend_url }
    localStorage.setItem(CONFIG, JSON.stringify(found))
    return found
  }).catch((error: unknown) => {
    config = null
    const last = localStorage.getItem(CONFIG)
    if (last === null) throw error
    return JSON.parse(last) as Config
  })
  return config
}

/** Who is on at a door now. A plain GET that any cache may hold. Throws when nothing usable came back. */
export async function readDoor(code: string): Promise<DoorAnswer> {
  const { backend_url = '', publishable_key } = await readConfig()
  const args: Functions['duty_board']['Args'] = { p_code: code }
  const headers = { 'apikey': publishable_key, 'Accept-Profile': 'api' }
  const sent = phoneNow()
  const answer = await ask(`${backend_url}/rest/v1/rpc/duty_board?${new URLSearchParams(args)}`, { headers })
  const value: unknown = await answer.json()
  if (!isDoorAnswer(value)) throw new Error('unreadable')
  correctRoughly(value.now, sent, CACHED_MS)
  return value
}

export type SendOutcome = 'sent' | 'empty' | 'long' | 'many' | 'offline' | 'unknown'

function outcome(answer: unknown, text: string): SendOutcome {
  const known: { status?: unknown, code?: unknown } = typeof answer === 'object' && answer !== null ? answer : {}
  const { status, code } = known
  if (status === 'applied') return 'sent'
  if (code === 'too_many_tries') return 'many'
  return code === 'invalid' ? (text.trim() === '' ? 'empty' : 'long') : 'unknown'
}

/** Calls a function with a text. `unknown`: the server answered something else; `offline`: it could not be reached. */
async function send<N extends 'request_help' | 'feedback'>(name: N, body: Functions[N]['Args']): Promise<SendOutcome> {
  try {
    const { backend_url = '', publishable_key } = await readConfig()
    const headers = { 'apikey': publishable_key, 'Content-Profile': 'api', 'Content-Type': 'application/json' }
    const init = { method: 'POST', body: JSON.stringify(body), headers }
    const answer = await ask(`${backend_url}/rest/v1/rpc/${name}`, init)
    return outcome(await answer.json(), body.p_text)
  }
  catch (error) {
    return error instanceof Error && /^\d+$/.test(error.message) ? 'unknown' : 'offline'
  }
}

/** A request for help, to the community's coordinators; text ≤ 500 characters. */
export function requestHelp(code: string, text: string, contact: string): Promise<SendOutcome> {
  const args: Functions['request_help']['Args'] = { p_code: code, p_text: text }
  if (contact.trim() !== '') args.p_contact = contact
  return send('request_help', args)
}

/** An opinion or a complaint; text ≤ 2000 characters. */
export function sendFeedback(code: string, text: string): Promise<SendOutcome> {
  return send('feedback', { p_text: text, p_page: '/b', p_door_code: code })
}
