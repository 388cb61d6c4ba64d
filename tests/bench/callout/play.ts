import type pg from 'pg'
import type { Answer } from './answers.ts'
import type { Town } from './town.ts'
import { randomUUID } from 'node:crypto'
import { calloutArgs, PLACES_EACH } from './town.ts'

/**
 * The result of one call-out: places filled at 6, 15 and 30 min, people asked, and people asked for nothing (thanked
 * because it was full).
 */
export interface Outcome { places: number, filled: [number, number, number], asked: number, unneeded: number }
/** Asks people at second `s` of a call-out, beside the engine's own scheduler. */
export type Strategy = (client: pg.PoolClient, callout: string, s: number) => Promise<void>

const STEP_S = 5
const MARKS = [6, 15, 30].map(m => m * 60)
const at = (start: Date, s: number): string => new Date(start.getTime() + s * 1000).toISOString()

/** Opens the call-out by its own intent: 61 buildings × 3 places, one slot that starts in two hours. */
export async function raise(client: pg.PoolClient, town: Town, now: Date, policy: object | null): Promise<string> {
  const args = calloutArgs(town, now, { policy })
  const { rows } = await client.query(
    'select mutator.open_callout(row($1, null, $2, $3, $3)::private.actor, $4) as a',
    [town.coordinator, randomUUID(), now, args],
  )
  if ((rows[0] as { a: { status: string } }).a.status !== 'applied') throw new Error(JSON.stringify(rows[0]))
  return args.callout_id
}

/** Accepts the suggested place, or another free one: the card lets a person try twice. */
async function accept(
  client: pg.PoolClient,
  callout: string,
  who: Town['people'][number],
  now: string,
): Promise<void> {
  for (let turn = 0; turn < 2; turn++) {
    const { rows } = await client.query(
      `select coalesce((select o.shift_id
                        from app.offer o
                        join app.shift s on s.id = o.shift_id
                        where $3 = 0 and o.callout_id = $1 and o.responder_id = $2 and s.filled + s.held < s.capacity
                        limit 1),
        (select s.id
         from app.shift s
         where s.callout_id = $1 and s.filled + s.held < s.capacity
         order by md5(s.id::text || $2::text)
         limit 1)) as shift`,
      [callout, who.responder, turn],
    )
    const shift = (rows[0] as { shift: string | null }).shift
    if (shift === null) return
    const args = { assignment_id: randomUUID(), shift_id: shift, on_full: 'refuse', eta_min: null }
    const { rows: [said] } = await client.query(
      'select mutator.accept_shift(row($1, $2, $3, $4, $4)::private.actor, $5) as a',
      [who.login, who.responder, randomUUID(), now, args],
    )
    if ((said as { a: { status: string } }).a.status === 'applied') return
  }
}

async function decline(
  client: pg.PoolClient,
  callout: string,
  who: Town['people'][number],
  now: string,
): Promise<void> {
  const { rows } = await client.query(
    `select id from app.offer where callout_id = $1 and responder_id = $2 and state in ('sent', 'expired')`,
    [callout, who.responder],
  )
  for (const { id } of rows as { id: string }[]) {
    await client.query('select mutator.decline_shift(row($1, $2, $3, $4, $4)::private.actor, $5)', [
      who.login,
      who.responder,
      randomUUID(),
      now,
      { offer_id: id, assignment_id: null, reason: 'work' },
    ])
  }
}

interface Due { s: number, who: number }

/** Plays half an hour of one call-out on real SQL, in simulated time, committing every step; then stands it down. */
export async function play(
  pool: pg.Pool,
  town: Town,
  answers: readonly Answer[],
  policy: object | null,
  strategy: Strategy | null,
): Promise<Outcome> {
  const client = await pool.connect()
  const start = new Date()
  const index = new Map(town.people.map((p, i) => [p.responder, i]))
  const queue: Due[] = []
  const filled: number[] = []
  let seen = 0
  try {
    const callout = await raise(client, town, start, policy)
    for (let s = 0; s <= MARKS[2]!; s += STEP_S) {
      await strategy?.(client, callout, s)
      if (s > 0) await client.query('select private.tick($1)', [at(start, s)])
      const { rows: fresh } = await client.query(
        'select responder_id from app.offer where callout_id = $1 order by sent_at, id offset $2',
        [callout, seen],
      )
      seen += fresh.length
      for (const { responder_id } of fresh as { responder_id: string }[]) {
        const who = index.get(responder_id)!
        const answer = answers[who]
        if (answer) queue.push({ s: s + answer.after_s, who })
      }
      for (const due of queue.filter(q => q.s <= s).sort((a, b) => a.s - b.s)) {
        const { says } = answers[due.who]!
        await (says === 'no' ? decline : accept)(client, callout, town.people[due.who]!, at(start, s))
      }
      for (let i = queue.length - 1; i >= 0; i--) {
        if (queue[i]!.s <= s) queue.splice(i, 1)
      }
      if (MARKS.includes(s))
        filled.push(await count(client, `select sum(filled) as n from app.shift where callout_id = $1`, callout))
    }
    return {
      places: town.buildings.length * PLACES_EACH,
      filled: filled as Outcome['filled'],
      ...await contacts(client, callout),
    }
  }
  finally {
    await standDown(client, town.community)
    client.release()
  }
}

/** People asked so far, and those of them who were thanked because others were faster. */
async function contacts(client: pg.PoolClient, callout: string): Promise<Pick<Outcome, 'asked' | 'unneeded'>> {
  const people = 'select count(distinct responder_id) as n from app.offer where callout_id = $1'
  const asked = await count(client, people, callout)
  const unneeded = await count(client, `${people} and state = 'withdrawn' and reason = 'full'`, callout)
  return { asked, unneeded }
}

async function standDown(client: pg.PoolClient, community: string): Promise<void> {
  await client.query(
    `update app.callout set state = 'stood_down', stood_down_at = now() where community_id = $1`,
    [community],
  )
  await client.query(
    `update app.offer set state = 'withdrawn', reason = 'stood_down' where state in ('sent', 'expired')`,
  )
}

async function count(client: pg.PoolClient, text: string, callout: string): Promise<number> {
  return Number((await client.query(text, [callout])).rows[0].n)
}
