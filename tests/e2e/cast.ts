import type { BrowserContext, Page } from 'playwright-core'
import type { Person, Sql, World } from '../db/world.ts'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { readPostmaster } from '../../supabase/local/cluster/postmaster.ts'
import { grant, makeWorld, person } from '../db/world.ts'
import { inviteAddress } from './harness.ts'

export const PASSWORD = 'correct horse battery'

/** A person with an account that can really sign in. */
export interface Actor extends Person { name: string, signIn: string, token: string }
export interface Cast {
  world: World, coordinator: Actor, first: Actor, second: Actor, stranger: Actor, doorCode: string
}

/** Connects to the embedded Postgres of a data folder. */
export function openPool(dataDir: string): pg.Pool {
  const keys = JSON.parse(readFileSync(path.join(dataDir, 'keys.json'), 'utf8')) as { database_password: string }
  const port = readPostmaster(path.join(dataDir, 'pg'))!.port
  const pool = new pg.Pool({
    connectionString: `postgres://postgres:${encodeURIComponent(keys.database_password)}@127.0.0.1:${port}/postgres`,
    max: 2,
  })
  pool.on('error', () => undefined) // connections end with the server
  return pool
}

export async function publishableKey(url: string): Promise<string> {
  return (await (await fetch(`${url}/config.json`)).json() as { publishable_key: string }).publishable_key
}

/** Calls a function of the API as a person who is signed in. */
export async function callApi(url: string, who: Actor, name: string, args: object): Promise<Record<string, unknown>> {
  const headers = {
    'apikey': await publishableKey(url),
    'authorization': `Bearer ${who.token}`,
    'content-type': 'application/json',
    'content-profile': 'api',
  }
  const answer = await fetch(`${url}/rest/v1/rpc/${name}`, { method: 'POST', headers, body: JSON.stringify(args) })
  return await answer.json() as Record<string, unknown>
}

/** Signs a person up and reports them in to the community; `home` is their building. */
export async function actor(
  pool: Sql,
  url: string,
  key: string,
  community: string,
  signIn: string,
  name: string,
  home: string | null,
): Promise<Actor> {
  const email = `u${signIn}@login.invalid`
  await inviteAddress(async (text, values) => pool.query(text, values), email)
  const answer = await fetch(`${url}/auth/v1/signup`, {
    method: 'POST',
    headers: { 'apikey': key, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: PASSWORD }),
  })
  const body = await answer.json() as { access_token: string, user: { id: string } }
  const made = await person(pool, community, name, home, body.user.id)
  await pool.query('update app.login set email = $2, sign_in_name = $3 where id = $1', [made.login, email, signIn])
  return { ...made, signIn, token: body.access_token }
}

/** Makes a community with a coordinator and two volunteers, and a volunteer elsewhere; all have accounts. */
export async function makeCast(pool: pg.Pool, url: string): Promise<Cast> {
  const key = await publishableKey(url)
  const world = await makeWorld(pool, 0)
  // the other community gets a street of its own, else the ladder would ask it as the reserve of the street
  await pool.query(
    `with street as (
      insert into app.org_unit (id, level, name, parent_id)
      select gen_random_uuid(), 'street', '湖南路街道', parent_id
      from app.org_unit
      where id = $1
      returning id
    )
    update app.org_unit
    set parent_id = street.id
    from street
    where app.org_unit.id = $2`,
    [world.street, world.other],
  )
  const coordinator = await actor(pool, url, key, world.community, 'shuji', '陈立群', null)
  await grant(pool, coordinator.login, world.community, 'coordinator')
  const first = await actor(pool, url, key, world.community, 'jianguo', '王建国', world.buildings[0]!)
  const second = await actor(pool, url, key, world.community, 'sufen', '李素芬', world.buildings[1]!)
  const stranger = await actor(pool, url, key, world.other, 'waizu', '赵外人', null)
  await pool.query(`update app.responder set display_name = '李老师' where id = $1`, [second.responder])
  await pool.query(`insert into app.consent (responder_id, purpose) values ($1, 'public_display')`, [second.responder])
  const { rows } = await pool.query('select door_code from app.org_unit where id = $1', [world.buildings[0]])
  return { world, coordinator, first, second, stranger, doorCode: (rows[0] as { door_code: string }).door_code }
}

/** Signs in on the sign-in screen and waits until the person's duty is shown and the service worker is ready. */
export async function signIn(context: BrowserContext, who: Actor): Promise<Page> {
  const page = await signInOn(await context.newPage(), who)
  await page.evaluate(async () => { await navigator.serviceWorker.ready })
  return page
}

/** The same on an open page, without the worker. url: for a page whose context has no address. */
export async function signInOn(page: Page, who: Actor, url = ''): Promise<Page> {
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('手机号或登录名').fill(who.signIn)
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByText(/已同步/).first().waitFor()
  return page
}
