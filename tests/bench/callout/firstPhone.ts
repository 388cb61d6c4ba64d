import type { TempBackend } from '../../e2e/harness.ts'
import type { Account } from '../account.ts'
import type { Figure } from '../measure.ts'
import type { Town } from './town.ts'
import { randomUUID } from 'node:crypto'
import { createClient } from '@supabase/supabase-js'
import pg from 'pg'
import { grant, mutation } from '../../db/world.ts'
import { startTemp } from '../../e2e/harness.ts'
import { call, signUp } from '../account.ts'
import { calloutArgs, makeTown } from './town.ts'

/** Gives a person of the town an account of their own, so that they can really listen. */
async function wake(pool: pg.Pool, account: Account, responder: string): Promise<void> {
  await pool.query('insert into app.login (id, sign_in_name, email, name) values ($1, $2, $3, $4)', [
    account.login,
    account.login.slice(0, 13),
    `${account.login}@login.invalid`,
    '醒着',
  ])
  await pool.query('update app.responder set login_id = $2 where id = $1', [responder, account.login])
}

/** Whether the request is on the phone, which pulls everything; a bell says nothing else. */
async function pulled(backend: TempBackend, phone: Account, callout: string): Promise<boolean> {
  const { entries } = await call<{ entries: [string, string, string, number, string, { callout_id?: string }][] }>(
    backend,
    phone.token,
    'pull',
    { p_client: randomUUID(), p_schema: 2, p_cursors: {}, p_epoch: null, p_limit: 5000 },
  )
  return entries.some(e => e[1] === 'my_offer' && e[5]?.callout_id === callout)
}

/** Milliseconds from the coordinator's push until a phone heard its bell and pulled the request. */
async function once(backend: TempBackend, pool: pg.Pool, town: Town, lead: Account, phone: Account): Promise<number> {
  const args = calloutArgs(town, new Date())
  const callout = args.callout_id
  const supabase = createClient(backend.url, backend.publishableKey, { accessToken: async () => phone.token })
  await supabase.realtime.setAuth(phone.token)
  try {
    let rung = (): void => undefined
    await new Promise<void>((resolve, reject) => {
      supabase.channel(`user:${phone.login}`, { config: { private: true } }).on(
        'broadcast',
        { event: 'ring' },
        () => rung(),
      ).subscribe(state => state === 'SUBSCRIBED' ? resolve() : reject(new Error(`the bell is ${state}`)))
    })
    const started = performance.now()
    const shown = new Promise<number>((resolve, reject) => {
      rung = () => void pulled(backend, phone, callout).then(yes => yes && resolve(performance.now() - started), reject)
      setTimeout(reject, 20_000, new Error('no bell for the request')).unref()
    })
    await call(backend, lead.token, 'push', {
      p_client: randomUUID(),
      p_schema: 2,
      p_muts: [mutation(1, 'open_callout', args)],
    })
    return await shown
  }
  finally {
    await supabase.removeAllChannels()
    await pool.query(`update app.callout set state = 'stood_down', stood_down_at = now() where id = $1`, [callout])
    await pool.query(`update app.offer set state = 'withdrawn', reason = 'stood_down' where state = 'sent'`)
  }
}

/** Measures from publishing 61 × 3 places to 1,000 people until the first phone has its request; median of three. */
export async function firstPhone(): Promise<Figure> {
  const backend = await startTemp()
  const pool = new pg.Pool({ connectionString: backend.databaseUrl!, max: 2 })
  try {
    const town = await makeTown(pool)
    const [lead, phone] = [await signUp(backend, 'lead@login.invalid'), await signUp(backend, 'phone@login.invalid')]
    await pool.query('insert into app.login (id, sign_in_name, email, name) values ($1, $2, $3, $4)', [
      lead.login,
      'lead',
      'lead@login.invalid',
      '书记',
    ])
    await grant(pool, lead.login, town.community, 'coordinator')
    await wake(pool, phone, town.people[0]!.responder)
    const times: number[] = []
    for (let i = 0; i < 3; i++) times.push(await once(backend, pool, town, lead, phone))
    return {
      name: 'the same through the embedded server until the first phone has its request',
      value: times.sort((a, b) => a - b)[1]!,
      unit: 'ms',
      max: 2000,
      note: times.map(t => t.toFixed(0)).join(' / '),
    }
  }
  finally {
    await pool.end()
    await backend.discard()
  }
}
