import type { World } from '../db/world.ts'
import type { Postgres17 } from '../postgres/postgres17.ts'
import type { Figure } from './measure.ts'
import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { grant, makeWorld } from '../db/world.ts'
import { startPostgres17 } from '../postgres/postgres17.ts'
import { fillR40 } from './r40.ts'

const KB = 1024
const DATA = '61 buildings × 30 days × 200 people, 60 organisations, 120 units'

/** What lives together in the community; the last unit has forty people, half of whom let it know. */
const NEIGHBOURS = [
  `insert into app.party_org (id, name, kind, keeper_id, org_unit_id, formed_on)
  select gen_random_uuid(), '第' || i || '党支部', 'branch', $1, $1, '2020-07-01' from generate_series(1, 60) i`,
  `insert into app.party_post (id, party_org_id, post, holder, starts_on)
  select gen_random_uuid(), o.id, 'secretary', '某某某', '2023-03-01' from app.party_org o where o.keeper_id = $1`,
  `insert into app.partner_unit (id, name, kind, org_unit_id)
  select gen_random_uuid(), '第' || i || '单位', 'enterprise', $1 from generate_series(1, 119) i`,
  `insert into app.seat (id, council_id, kind, holder, state, since_on)
  select gen_random_uuid(), $1, 'part_time', '某某某', 'serving', '2025-01-01' from generate_series(1, 11) i`,
  `insert into app.report_form (id, community_id, number, name, phone, kind)
  select gen_random_uuid(), $1, 'BD-0101-' || lpad(i::text, 4, '0'), '某某某', '1990000' || lpad(i::text, 4, '0'),
    'volunteer' from generate_series(1, 60) i`,
]
const PEOPLE_OF_UNIT = `update app.responder set partner_unit_id = $1
where id in (select id from app.responder where name like '志愿者%' order by id limit 40)`
const CONSENTS = `insert into app.consent (responder_id, purpose)
select id, 'unit_sharing' from app.responder where partner_unit_id = $1 order by id limit 20`

/** Makes the neighbours of a community; answers the login of a unit's liaison. */
async function liveTogether({ pool }: Postgres17, { community }: World): Promise<string> {
  const [unit, login] = [randomUUID(), randomUUID()]
  for (const text of NEIGHBOURS) await pool.query(text, [community])
  await pool.query('insert into app.partner_unit (id, name, org_unit_id) values ($1, $2, $3)', [
    unit, '第120单位', community,
  ])
  await pool.query(PEOPLE_OF_UNIT, [unit])
  await pool.query(CONSENTS, [unit])
  await pool.query('insert into app.login (id, sign_in_name, email, name) values ($1, $2, $3, $4)', [
    login, 'liaison', `u${login}@login.invalid`, '联络人',
  ])
  await pool.query(
    `insert into app.role_grant (id, login_id, partner_unit_id, role) values (gen_random_uuid(), $1, $2, 'liaison')`,
    [login, unit],
  )
  return login
}

interface Page { scopes: Record<string, { at: number }>, entries: unknown[], epoch: string, more: boolean }
interface Held { rows: number, bytes: number, gzipped: number, pages: number }

/** Everything that a phone of a login fetches at first, page by page; each page is compressed by itself. */
async function firstSync(server: Postgres17, login: string): Promise<Held> {
  const held: Held = { rows: 0, bytes: 0, gzipped: 0, pages: 0 }
  const p_client = randomUUID()
  let p_epoch: string | null = null
  let p_cursors: Record<string, number> = {}
  let more = true
  while (more) {
    const args = { p_client, p_schema: 1, p_cursors, p_epoch, p_limit: 5000 }
    const page: Page = await server.call<Page>(login, 'pull', args)
    const text = JSON.stringify(page)
    held.rows += page.entries.length
    held.bytes += text.length
    held.gzipped += gzipSync(text).length
    held.pages++
    p_epoch = page.epoch
    p_cursors = Object.fromEntries(Object.entries(page.scopes).map(([id, scope]) => [id, scope.at]))
    more = page.more
  }
  return held
}

/** Measures what a phone fetches at its first sync, by role, in Postgres 17 at R40's size with neighbours. */
export async function benchFirst(): Promise<Figure[]> {
  const server = await startPostgres17(2)
  try {
    const w = await makeWorld(server.pool, 2)
    await fillR40(server.pool, w)
    const liaison = await liveTogether(server, w)
    const lead = w.people[1]!.login
    await grant(server.pool, lead, w.buildings[0]!, 'building_lead')
    const roles: [string, string][] = [
      ['responder', w.people[0]!.login],
      ['building lead', lead],
      ['coordinator', w.coordinator.login],
      ['street officer', w.officer],
      ['liaison', liaison],
    ]
    const figures: Figure[] = []
    for (const [role, login] of roles) {
      const { rows, bytes, gzipped, pages } = await firstSync(server, login)
      const note = `${rows} rows, ${(bytes / KB).toFixed(0)} KB plain, ${pages} pages; ${DATA}`
      figures.push({ name: `first sync of a ${role}`, value: gzipped / KB, unit: 'KB gz', note })
    }
    return figures
  }
  finally { await server.close() }
}
