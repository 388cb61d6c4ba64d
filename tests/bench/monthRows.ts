import type { Ground, Pool } from './community.ts'
import { DAY, dayKey } from '../../src/domain/time.ts'
import { addBuildings, addPeople } from './community.ts'

/** Names as people have them. */
const NAME = `substr('王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗', 1 + i % 20, 1)
  || substr('建国素芬志强桂兰文彬海燕', 1 + (i - 1) / 20, 1) || substr('明华丽军平红伟霞勇敏', 1 + i % 10, 1)`

// four shifts a day at each of twelve posts, for all days of the month, as one draft
const SHIFTS = `
with ro as (
  insert into app.roster (id, community_id, name, starts_on, ends_on, state)
  values (gen_random_uuid(), $1, '月', $2::date, $3::date, 'draft')
  returning id
)
insert into app.shift (id, community_id, post_id, roster_id, starts_at, ends_at, capacity, state)
select gen_random_uuid(), $1, p.id, ro.id, d + k * interval '6 hours' - interval '8 hours',
  d + (k + 1) * interval '6 hours' - interval '8 hours', 2, 'draft'
from ro, app.post p, generate_series($2::date::timestamp at time zone 'UTC', $3::date::timestamp at time zone 'UTC',
  interval '1 day') d, generate_series(0, 3) k
where p.community_id = $1`

// two people on each, but on every ninth shift only one; the next slot has others
const PLANNED = `
with r as (
  select r.id, row_number() over (order by r.id) - 1 as n, count(*) over () as total
  from app.responder r
  join app.report_in i on i.responder_id = r.id
  where i.community_id = $1 and r.name not like '志愿者%' and r.kind = 'volunteer'
),
s as (
  select id, dense_rank() over (order by starts_at) as slot,
    row_number() over (partition by starts_at order by id) - 1 as n,
    row_number() over (order by starts_at, id) as any_n
  from app.shift
  where community_id = $1
)
insert into app.draft_assignment (id, shift_id, responder_id)
select gen_random_uuid(), s.id, r.id
from s
cross join generate_series(0, 1) k
join r on r.n = (s.n * 2 + k + s.slot * 24) % r.total
where k = 0 or s.any_n % 9 <> 0`

/** A month of 31 days after `now` (ms), none of it over: its first day and the days it has, `YYYY-MM-DD`. */
export function longMonth(now: number): { first: string, last: string } {
  for (let day = now; ; day += DAY) {
    const [today, before] = [dayKey(day), dayKey(day - DAY)]
    if (!today.endsWith('-31') || dayKey(day - 30 * DAY) <= dayKey(now)) continue
    return { first: `${before.slice(0, 8)}01`, last: today }
  }
}

/** A community's month as it is being drafted: 61 buildings, 12 posts × 31 days × 4 shifts, 200 people, some gaps. */
export async function fillMonth(pool: Pool, world: Ground, month: { first: string, last: string }): Promise<void> {
  await addBuildings(pool, world, 11)
  await addPeople(pool, world.community, 200, NAME)
  await pool.query(SHIFTS, [world.community, month.first, month.last])
  await pool.query(PLANNED, [world.community])
}
