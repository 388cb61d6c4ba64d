import { makeHandler } from '../../../supabase/functions/calendar/handler.ts'

/** One thing that the function `calendar` must do; the list runs under Node and under Deno. */
export interface Case { name: string, run: () => Promise<void> }

const TOKEN = '0123456789ABCDEFGHJKMNPQRS'
const PATH = `http://localhost/functions/v1/calendar/${TOKEN}.ics`
const TURN = {
  id: '0198-a', starts_at: '2026-12-31T14:00:00+00:00', ends_at: '2026-12-31T18:00:00+00:00', state: 'confirmed',
  post_name: '单元门岗', place_name: '梧桐苑 1栋', community_name: '梧桐里社区', drill: false,
  changed_at: '2026-12-01T08:00:00.123+00:00',
}
type Handler = (request: Request) => Promise<Response>

/** The function before a database that answers `feed`; `asked` holds what it was asked. */
function stage(feed: unknown): { handler: Handler, asked: unknown[] } {
  const asked: unknown[] = []
  const handler = makeHandler({
    rpc: async (name, args) => {
      asked.push([name, args])
      if (feed instanceof Error) throw feed
      return feed
    },
  })
  return { handler, asked }
}
const applied = (turns: object[], locale = 'zh-CN'): object => ({ status: 'applied', locale, turns })

function same(got: unknown, wanted: unknown): void {
  const [a, b] = [JSON.stringify(got), JSON.stringify(wanted)]
  if (a !== b) throw new Error(`got ${a}, wanted ${b}`)
}

export const CASES: Case[] = [
  { name: 'asks the database by the token and answers a calendar that no cache keeps', async run() {
    const { handler, asked } = stage(applied([TURN]))
    const answer = await handler(new Request(PATH))
    const text = await answer.text()
    same(asked, [['worker_calendar_feed', { p_token: TOKEN }]])
    same([answer.status, answer.headers.get('content-type')], [200, 'text/calendar; charset=utf-8'])
    same(answer.headers.get('cache-control'), 'private, no-cache')
    for (const line of [
      'UID:0198-a@redwhistle', 'DTSTART:20261231T140000Z', 'DTEND:20261231T180000Z', 'STATUS:CONFIRMED',
      'LAST-MODIFIED:20261201T080000Z', 'SUMMARY:值班：梧桐苑 1栋 单元门岗', 'LOCATION:梧桐里社区 梧桐苑 1栋',
      'REFRESH-INTERVAL;VALUE=DURATION:PT1H', 'X-PUBLISHED-TTL:PT1H',
    ]) same([line, text.includes(`${line}\r\n`)], [line, true])
  } },
  { name: 'serves the path that Supabase gives to a function', async run() {
    const { handler } = stage(applied([]))
    same((await handler(new Request(`http://edge/calendar/${TOKEN.toLowerCase()}.ics`))).status, 200)
  } },
  { name: 'names a drill, in the language of the address', async run() {
    const { handler } = stage(applied([{ ...TURN, drill: true, post_name: 'Gate $1 {place}' }], 'en'))
    const text = await (await handler(new Request(PATH))).text()
    same(text.includes('SUMMARY:Drill: 梧桐苑 1栋 Gate $1 {place}\r\n'), true)
  } },
  { name: 'answers 304 to a calendar that has it, and the whole after a change', async run() {
    const tag = (await stage(applied([TURN])).handler(new Request(PATH))).headers.get('etag')!
    const headers = { 'if-none-match': `"other", ${tag.replace('W/', '')}` }
    const again = await stage(applied([TURN])).handler(new Request(PATH, { headers }))
    same([again.status, await again.text(), again.headers.get('etag')], [304, '', tag])
    const changed = { ...TURN, state: 'cancelled' }
    same((await stage(applied([changed])).handler(new Request(PATH, { headers }))).status, 200)
  } },
  { name: 'answers alike whatever opens nothing, and asks nothing for what is no token', async run() {
    const { handler, asked } = stage(null)
    const bodies: unknown[] = []
    for (const path of [TOKEN, 'short', `${TOKEN}x`.repeat(3), '..%2f..', `${TOKEN}/x`, '']) {
      const answer = await handler(new Request(`http://localhost/functions/v1/calendar/${path}.ics`))
      bodies.push([answer.status, await answer.text(), [...answer.headers]])
    }
    for (const body of bodies) same(body, bodies[0])
    same((bodies[0] as unknown[]).slice(0, 2), [404, '{"code":"no_calendar"}'])
    same(asked.length, 1)
  } },
  { name: 'only reads', async run() {
    const { handler, asked } = stage(applied([]))
    const answer = await handler(new Request(PATH, { method: 'POST', body: '{}' }))
    same([answer.status, answer.headers.get('allow'), asked.length], [405, 'GET, HEAD', 0])
  } },
  { name: 'tells a calendar that asks too often when to come again', async run() {
    const { handler } = stage({ status: 'refused', code: 'too_many_tries', detail: { retry_after_s: 1234 } })
    const answer = await handler(new Request(PATH))
    same([answer.status, answer.headers.get('retry-after')], [429, '1234'])
  } },
  { name: 'answers 502 without a database, and nothing of the error', async run() {
    const answer = await stage(new Error('13812345678')).handler(new Request(PATH))
    same([answer.status, await answer.text()], [502, '{"code":"no_database"}'])
  } },
]
