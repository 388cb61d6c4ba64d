import type { WorkerRpc } from '../_shared/workers.ts'
import { calendarOf } from '#io/calendar.ts'
import en from './words/en.json' with { type: 'json' }
import zh from './words/zh-CN.json' with { type: 'json' }

const WORDS: Record<'zh-CN' | 'en', typeof zh> = { 'zh-CN': zh, en }

/** One turn as `api.worker_calendar_feed` hands it out: no name, no number. Times ISO 8601. */
interface FeedTurn {
  id: string, starts_at: string, ends_at: string, state: 'tentative' | 'confirmed' | 'cancelled', changed_at: string
  post_name: string, place_name: string, community_name: string, drill: boolean
}
/** What the database answers about a token; null: it opens nothing. */
type Feed =
  | null
  | { status: 'refused', detail: { retry_after_s: number } }
  | { status: 'applied', locale: keyof typeof WORDS, turns: FeedTurn[] }

/** Minutes after which a calendar should look again. */
const REFRESH = 60

const refuse = (status: number, code: string, headers: Record<string, string> = {}): Response =>
  Response.json({ code }, { status, headers: { 'cache-control': 'no-store', ...headers } })

function textOf({ locale, turns }: Extract<Feed, { status: 'applied' }>): string {
  const words = WORDS[locale]
  const events = turns.map(({ id, starts_at, ends_at, state, changed_at, ...turn }) => {
    const place = `${turn.community_name} ${turn.place_name}`
    const summary = (turn.drill ? words.drill : words.duty)
      .replace(/\{(place|post)\}/g, (_, hole) => hole === 'place' ? turn.place_name : turn.post_name)
    return { id, starts_at, ends_at, state, changed_at, place, summary, description: '' }
  })
  return calendarOf(events, { name: words.name, refresh: REFRESH })
}

/** A weak tag, because the same text may travel compressed. */
async function tagOf(text: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return `W/"${Array.from(hash.subarray(0, 16), byte => byte.toString(16).padStart(2, '0')).join('')}"`
}

/**
 * Makes the function `calendar`: GET `…/calendar/<token>.ics` answers a person's duty as iCalendar, 304 to a calendar
 * that has it already. 404 for every address that opens nothing, 405 for other methods, 429 with Retry-After for a
 * calendar that asks too often, 502 if the database does not answer. An address ended by its person is 404 at once,
 * because no cache may answer without asking.
 */
export function makeHandler({ rpc }: { rpc: WorkerRpc }): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'get_only', { allow: 'GET, HEAD' })
    const token = /\/calendar\/([0-9A-Z]{20,40})\.ics$/i.exec(new URL(request.url).pathname)?.[1]
    if (token === undefined) return refuse(404, 'no_calendar')
    let feed: Feed
    try {
      feed = await rpc('worker_calendar_feed', { p_token: token }) as Feed
    }
    catch {
      return refuse(502, 'no_database')
    }
    if (feed === null) return refuse(404, 'no_calendar')
    if (feed.status === 'refused') return refuse(429, 'too_often', { 'retry-after': `${feed.detail.retry_after_s}` })
    const text = textOf(feed)
    const tag = await tagOf(text)
    const headers = { 'etag': tag, 'cache-control': 'private, no-cache', 'x-content-type-options': 'nosniff' }
    const known = request.headers.get('if-none-match')?.split(',').map(t => t.trim().replace(/^(?!W\/)/, 'W/')) ?? []
    if (known.includes(tag)) return new Response(null, { status: 304, headers })
    return new Response(text, { headers: { ...headers, 'content-type': 'text/calendar; charset=utf-8' } })
  }
}
