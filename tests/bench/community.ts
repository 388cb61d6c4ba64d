import type pg from 'pg'

/** Where rows are written, and the community that is filled. */
export type Pool = Pick<pg.Pool, 'query'>
export interface Ground { community: string, estate: string }

const BUILDINGS = `
with b as (
  insert into app.org_unit (id, level, name, parent_id, path)
  select gen_random_uuid(), 'building', (i + 2) || '栋', $2::uuid, 'x'
  from generate_series(1, 59) i
  returning id, name
)
insert into app.post (id, org_unit_id, community_id, name, kind)
select gen_random_uuid(), id, $1, '单元门岗', 'unit_door'
from (select id from b order by name limit $3) few`

/** 59 buildings beside the two of the world, and a post at the first `posts` of them. */
export async function addBuildings(pool: Pool, { community, estate }: Ground, posts: number): Promise<void> {
  await pool.query(BUILDINGS, [community, estate, posts])
}

/** Volunteers who have reported in. `name` = SQL for the name of the i-th, from 1. */
export async function addPeople(pool: Pool, community: string, count: number, name: string): Promise<void> {
  await pool.query(`
with r as (
  insert into app.responder (id, kind, name)
  select gen_random_uuid(), 'volunteer', ${name}
  from generate_series(1, $2) i
  returning id
)
insert into app.report_in (id, responder_id, community_id, state)
select gen_random_uuid(), id, $1, 'confirmed'
from r`, [community, count])
}
