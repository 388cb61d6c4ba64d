import type { TempBackend } from '../../e2e/harness.ts'
import type { Figure } from '../measure.ts'
import type { Town } from './town.ts'
import { randomUUID } from 'node:crypto'
import { createClient } from '@supabase/supabase-js'
import pg from 'pg'
import { grant, mutation } from '../../db/world.ts'
import { startTemp } from '../../e2e/harness.ts'
import { makeTown } from './town.ts'

interface Account { token: string, login: string }
async function signUp(backend: TempBackend, email: string): Promise<Account> {
  const answer = await fetch(`${backend.url}/auth/v1/signup`, { method: 'POST', headers: { 'apikey': backend.publishableKey, 'content-type': 'application/json' }, body: JSON.stringify({ email, password: 'a long password' }) })
  const body = await answer.json() as { access_token: string, user: { id: string } }
  return { token: body.access_token, login: body.user.id }
}
async function rpc<T>(backend: TempBackend, token: string, name: string, body: object): Promise<T> {
  const answer = await fetch(`${backend.url}/rest/v1/rpc/${name}`, { method: 'POST', headers: { 'apikey': backend.publishableKey, 'authorization': `Bearer ${token}`, 'content-type': 'application/json', 'content-profile': 'api' }, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`)
  return answer.json() as Promise<T>
}

/** Gives a person of the town an account of his own, so that he can really listen. */
async function wake(pool: pg.Pool, account: Account, responder: string): Promise<void> {
  await pool.query('insert into app.login (id, sign_in_name, email, name) values ($1, $2, $3, $4)', [account.login, account.login.slice(0, 13), `${account.login}@login.invalid`, '醒着'])
  await pool.query('update app.responder set login_id = $2 where id = $1', [responder, account.login])
}

/** Has the request come? Every bell says only "pull now". */
async function pulled(backend: TempBackend, phone: Account, callout: string): Promise<boolean> {
  const { entries } = await rpc<{ entries: [string, string, string, number, string, { callout_id?: string }][] }>(backend, phone.token, 'pull', { p_client: randomUUID(), p_schema: 2, p_cursors: {}, p_epoch: null, p_limit: 5000 })
  return entries.some(e => e[1] === 'my_offer' && e[5]?.callout_id === callout)
}

async function open(backend: TempBackend, town: Town, lead: Account, callout_id: string): Promise<void> {
  const from = new Date(Date.now() + 2 * 3600e3)
  const args = { callout_id, community_id: town.community, kind: 'real', title: '寒潮', ground: '寒潮', document_no: '1号', mode_id: randomUUID(), mode_hours: 24, org_unit_ids: town.buildings, post: { name: '楼内巡访', kind: 'patrol', task: null, kit: null }, capacity: 3, slots: [{ starts_at: from, ends_at: new Date(from.getTime() + 3 * 3600e3) }], offer_min: 6 }
  await rpc(backend, lead.token, 'push', { p_client: randomUUID(), p_schema: 2, p_muts: [mutation(1, 'open_callout', args)] })
}

/** The coordinator's push until a phone has heard its bell and pulled the request: the whole embedded server, one listener. */
async function once(backend: TempBackend, pool: pg.Pool, town: Town, lead: Account, phone: Account): Promise<number> {
  const callout = randomUUID()
  const supabase = createClient(backend.url, backend.publishableKey, { accessToken: async () => phone.token })
  await supabase.realtime.setAuth(phone.token)
  try {
    let rung = (): void => undefined
    await new Promise<void>((resolve, reject) => {
      supabase.channel(`user:${phone.login}`, { config: { private: true } }).on('broadcast', { event: 'ring' }, () => rung()).subscribe(state => state === 'SUBSCRIBED' ? resolve() : reject(new Error(`the bell is ${state}`)))
    })
    const started = performance.now()
    const shown = new Promise<number>((resolve, reject) => {
      rung = () => void pulled(backend, phone, callout).then(yes => yes && resolve(performance.now() - started), reject)
      setTimeout(reject, 20_000, new Error('no bell for the request')).unref()
    })
    await open(backend, town, lead, callout)
    return await shown
  }
  finally {
    await supabase.removeAllChannels()
    await pool.query(`update app.callout set state = 'stood_down', stood_down_at = now() where id = $1`, [callout])
    await pool.query(`update app.offer set state = 'withdrawn', reason = 'stood_down' where state = 'sent'`)
  }
}

/** Publishing 61 × 3 to a thousand people until the first phone has its request; the median of three. */
export async function firstPhone(): Promise<Figure> {
  const backend = await startTemp()
  const pool = new pg.Pool({ connectionString: backend.databaseUrl!, max: 2 })
  try {
    const town = await makeTown(pool)
    const [lead, phone] = [await signUp(backend, 'lead@login.invalid'), await signUp(backend, 'phone@login.invalid')]
    await pool.query('insert into app.login (id, sign_in_name, email, name) values ($1, $2, $3, $4)', [lead.login, 'lead', 'lead@login.invalid', '书记'])
    await grant(pool, lead.login, town.community, 'coordinator')
    await wake(pool, phone, town.people[0]!.responder)
    const times: number[] = []
    for (let i = 0; i < 3; i++) times.push(await once(backend, pool, town, lead, phone))
    return { name: 'the same through the embedded server until the first phone has its request', value: times.sort((a, b) => a - b)[1]!, unit: 'ms', max: 2000, note: times.map(t => t.toFixed(0)).join(' / ') }
  }
  finally {
    await pool.end()
    await backend.discard()
  }
}
