import type { Ground, Pool } from './community.ts'
import { addBuildings, addPeople } from './community.ts'

// three shifts a day at each post, from ten days ago to nineteen ahead
const SHIFTS = `
with ro as (
  insert into app.roster (id, community_id, name, starts_on, ends_on, state)
  values (gen_random_uuid(), $1, '月', current_date - 10, current_date + 20, 'published')
  returning id
)
insert into app.shift (id, community_id, post_id, roster_id, starts_at, ends_at, capacity, filled, state)
select gen_random_uuid(), $1, p.id, ro.id, current_date + d * interval '1 day' + k * interval '8 hours',
  current_date + d * interval '1 day' + (k + 1) * interval '8 hours', 3, 2, 'open'
from ro, app.post p, generate_series(-10, 19) d, generate_series(0, 2) k
where p.community_id = $1`

// two people on each shift, moved on from slot to slot
const DUTY = `
with r as (
  select id, row_number() over (order by id) - 1 as n, count(*) over () as total
  from app.responder
  where name like '志愿者%'
),
s as (
  select id, starts_at, ends_at, dense_rank() over (order by starts_at) as slot,
    row_number() over (partition by starts_at order by id) - 1 as n
  from app.shift
  where community_id = $1
)
insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state)
select gen_random_uuid(), s.id, r.id, s.starts_at, s.ends_at, 'accepted'
from s
cross join generate_series(0, 1) k
join r on r.n = (s.n * 2 + k + s.slot * 7) % r.total`

/** Fills a community to R40's size: 61 buildings × 30 days × 3 shifts, two of 200 people on each, around today. */
export async function fillR40(pool: Pool, world: Ground): Promise<void> {
  await addBuildings(pool, world, 59)
  // beside the three of the world
  await addPeople(pool, world.community, 197, `'志愿者' || i`)
  for (const text of [SHIFTS, DUTY]) await pool.query(text, [world.community])
}
