import type { Client } from './database.ts'
import { randomBytes, randomUUID } from 'node:crypto'
import { rows } from './database.ts'

/** A login that the check makes for itself, with its password. */
export interface CheckLogin { id: string; email: string; password: string }

/** Makes a login of nobody, lets `work` try it, and removes it with its sessions whatever happens. */
export async function withLogin<T>(client: Client, work: (login: CheckLogin) => Promise<T>): Promise<T> {
  const login = {
    id: randomUUID(),
    email: `u${randomBytes(8).toString('hex')}@login.invalid`,
    password: `Check-${randomUUID()}`,
  }
  await makeLogin(client, login)
  try {
    return await work(login)
  }
  finally {
    await client.query('delete from auth.users where id = $1', [login.id])
  }
}

/** Columns that Auth reads as text: a null there, which is their default, makes every request of the login a 500. */
const NO_CODES = { confirmation_token: '', recovery_token: '', email_change_token_new: '', email_change: '' }

/** Makes it as Auth would. Versions of Auth differ in columns; only those that exist are filled. */
async function makeLogin(client: Client, { id, email, password }: CheckLogin): Promise<void> {
  const now = new Date().toISOString()
  const [hashed] = await rows<{ hash: string }>(client, 'select private.hash_password($1) as hash', [password])
  const login = {
    id,
    email,
    instance_id: '00000000-0000-0000-0000-000000000000',
    aud: 'authenticated',
    role: 'authenticated',
    encrypted_password: hashed!.hash,
    email_confirmed_at: now,
    created_at: now,
    updated_at: now,
    raw_user_meta_data: {},
    raw_app_meta_data: { provider: 'email', providers: ['email'] },
    ...NO_CODES,
  }
  const there = await rows<{ name: string }>(
    client,
    `select attname as name from pg_attribute
    where attrelid = 'auth.users'::regclass and attnum > 0 and not attisdropped`,
  )
  const names = Object.keys(login).filter(name => there.some(column => column.name === name)).join(', ')
  await client.query(
    `insert into auth.users (${names}) select ${names} from jsonb_populate_record(null::auth.users, $1)`,
    [JSON.stringify(login)],
  )
}
