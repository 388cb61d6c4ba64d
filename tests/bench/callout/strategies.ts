import type pg from 'pg'
import type { Strategy } from './play.ts'
import type { Town } from './town.ts'
import { randomUUID } from 'node:crypto'
import { LATE } from './answers.ts'

/** A ladder that asks nobody, because the baselines ask by themselves. */
export const ASKS_NOBODY = {
  pace: 'waves',
  ask_later: 'at_12h',
  unit_max: null,
  steps: [{ level: 'district', minutes: 240, tiers: [] }],
}

async function ask(client: pg.PoolClient, callout: string, people: Town['people'], s: number): Promise<void> {
  await client.query(
    `insert into app.offer (id, callout_id, responder_id, shift_id, slot_starts_at, slot_ends_at, tier, sent_at,
      expires_at)
    select gen_random_uuid(), c.id, p.responder, near.id, near.starts_at, near.ends_at, p.tier,
      c.opened_at + make_interval(secs => $3), c.opened_at + make_interval(secs => $3 + 360)
    from app.callout c
    cross join jsonb_to_recordset($2) p(responder uuid, tier int)
    cross join lateral (select s.*
      from app.shift s
      where s.callout_id = c.id and s.filled < s.capacity
      order by md5(s.id::text || p.responder::text)
      limit 1) near
    where c.id = $1 and not exists (select from app.offer o where o.callout_id = c.id and o.responder_id = p.responder)
    order by p.responder`,
    [callout, JSON.stringify(people), s],
  )
}

/** Asks everybody in the first second. */
export const everyoneAtOnce = (town: Town): Strategy => async (client, callout, s) => {
  if (s === 0) await ask(client, callout, town.people, s)
}

/** Asks one whole level after another, 5 / 10 / 15 minutes apart, as long as a place is free. */
export const tierByTier = (town: Town): Strategy => async (client, callout, s) => {
  const tiers: Record<number, number[]> = { 0: [1], 300: [2], 900: [3, 4], 1800: [5] }
  const now = tiers[s]
  if (!now) return
  const { rows } = await client.query('select 1 from app.shift where callout_id = $1 and filled < capacity limit 1', [
    callout,
  ])
  if (rows.length > 0) await ask(client, callout, town.people.filter(p => now.includes(p.tier)), s)
}

/** Writes last month's call-out, from which the engine learns: 60 people of each tier, at the rate less late ones. */
export async function remember(client: pg.Pool, town: Town, rate: number): Promise<void> {
  const [mode, callout, post] = [randomUUID(), randomUUID(), randomUUID()]
  await client.query(
    `insert into app.mode (id, org_unit_id, state, ground, document_no, opened_by, opened_at, renewed_at, expires_at)
    values ($1, $2, 'closed', '旧', '1', $3, now() - interval '30 days', now() - interval '30 days',
      now() - interval '29 days')`,
    [mode, town.community, town.coordinator],
  )
  await client.query(
    `insert into app.callout (id, community_id, kind, title, state, policy, mode_id, opened_by, opened_at)
    values ($1, $2, 'real', '上月', 'stood_down', '{}', $3, $4, now() - interval '30 days')`,
    [callout, town.community, mode, town.coordinator],
  )
  await client.query(
    `insert into app.post (id, org_unit_id, community_id, name, kind) values ($1, $2, $3, '旧岗', 'patrol')`,
    [post, town.buildings[0], town.community],
  )
  await client.query(
    `insert into app.shift (id, community_id, post_id, callout_id, starts_at, ends_at, capacity, state)
    select $1, $2, $3, $1, now() - interval '30 days', now() - interval '30 days' + interval '3 hours', 1,
      'stood_down'`,
    [callout, town.community, post],
  )
  await client.query(
    `insert into app.offer (id, callout_id, responder_id, shift_id, slot_starts_at, slot_ends_at, tier, state, sent_at,
      expires_at, answered_at)
    select gen_random_uuid(), $1, p.responder, $1, now() - interval '30 days',
      now() - interval '30 days' + interval '3 hours', p.tier,
      case when p.n <= $3 then 'accepted' else 'expired' end::app.offer_state, now() - interval '30 days',
      now() - interval '30 days' + interval '6 minutes',
      case when p.n <= $3 then now() - interval '30 days' + interval '1 minute' end
    from jsonb_to_recordset($2) p(responder uuid, tier int, n int)`,
    [
      callout,
      JSON.stringify([1, 2, 3, 4, 5].flatMap(tier =>
        town.people.filter(p => p.tier === tier).slice(0, 60).map((p, i) => ({ ...p, n: i + 1 })),
      )),
      Math.round(60 * rate * (1 - LATE)),
    ],
  )
}
