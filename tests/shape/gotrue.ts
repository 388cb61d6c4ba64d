import { randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import { clock } from '../clock.ts'

/** The refusal of a hook. */
export class HookRefusal extends Error {
  readonly httpCode: number
  constructor(httpCode: number, message: string) {
    super(message)
    this.httpCode = httpCode
  }
}

const ADDRESS = '203.0.113.7'

/** Writes what GoTrue writes, as its own role and with its two hooks if the database has them. */
export class Gotrue {
  readonly #pool: pg.Pool
  /** GoTrue hashes passwords itself; here pgcrypto does, as a role with that right. */
  readonly #hasher: pg.Client
  constructor(url: string, hasher: pg.Client) {
    this.#pool = new pg.Pool({ connectionString: url, max: 2 })
    this.#pool.on('error', () => undefined)
    this.#hasher = hasher
  }

  async #hash(password: string, salt: string | null): Promise<string> {
    const { rows } = await this.#hasher.query<{ hash: string }>(
      `select extensions.crypt($1, coalesce($2, extensions.gen_salt('bf', 4))) as hash`,
      [password, salt],
    )
    return rows[0]!.hash
  }

  /** POST /signup with confirmations off; answers the login. Throws HookRefusal. */
  async signUp(email: string, password: string): Promise<string> {
    const id = randomUUID()
    const hash = await this.#hash(password, null)
    return this.#transaction(async (client) => {
      await hook(client, 'before_user_created_hook', {
        metadata: metadata('before-user-created'),
        user: userOf(id, email),
      })
      await client.query(
        `insert into auth.users (instance_id, id, aud, role, email, encrypted_password, email_confirmed_at,
          last_sign_in_at, raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
        values ('00000000-0000-0000-0000-000000000000', $1, 'authenticated', 'authenticated', $2, $3, now(), now(),
          '{"provider":"email","providers":["email"]}', '{}', now(), now())`,
        [id, email, hash],
      )
      await client.query(
        `insert into auth.identities (provider_id, user_id, identity_data, provider, last_sign_in_at, created_at,
          updated_at)
        values ($1::text, $1::uuid, jsonb_build_object('sub', $1::text, 'email', $2::text), 'email', now(), now(),
          now())`,
        [id, email],
      )
      await beginSession(client, id)
      return id
    })
  }

  /** POST /token with the right password: a session begins. */
  async signIn(login: string): Promise<void> {
    await this.#transaction(async client => beginSession(client, login))
  }

  /** The session that a token of this person would name: the newest, or an ended one. */
  async sessionOf(login: string): Promise<string> {
    const { rows } = await this.#pool.query<{ id: string }>(
      'select id from auth.sessions where user_id = $1 order by created_at desc limit 1',
      [login],
    )
    return rows[0]?.id ?? randomUUID()
  }

  /** POST /recover: asks the hook that sends a code, then keeps it. On HookRefusal nothing is kept. */
  async recover(email: string): Promise<void> {
    await this.#transaction(async (client) => {
      const {
        rows: [user],
      } = await client.query<{ id: string }>('select id from auth.users where email = $1', [email])
      if (user === undefined) return
      const token = randomBytes(28).toString('hex')
      await hook(client, 'send_email_hook', {
        user: userOf(user.id, email),
        email_data: {
          token: '123456',
          token_hash: token,
          redirect_to: '',
          email_action_type: 'recovery',
          site_url: '',
          token_new: '',
          token_hash_new: '',
        },
      })
      await client.query('update auth.users set recovery_token = $2, recovery_sent_at = now() where id = $1', [
        user.id,
        token,
      ])
      await client.query(
        `insert into auth.one_time_tokens (user_id, token_type, token_hash, relates_to)
        values ($1, 'recovery_token', $2, $3)`,
        [user.id, token, email],
      )
    })
  }

  /** Whether GoTrue accepts this password. */
  async knows(email: string, password: string): Promise<boolean> {
    const { rows } = await this.#pool.query<{ hash: string }>(
      'select encrypted_password as hash from auth.users where email = $1',
      [email],
    )
    return rows[0] !== undefined && (await this.#hash(password, rows[0].hash)) === rows[0].hash
  }

  /** Sessions and refresh tokens of a login. */
  async sessionsOf(login: string): Promise<number> {
    const { rows } = await this.#pool.query<{ n: number }>(
      `select ((select count(*) from auth.sessions where user_id = $1::uuid)
      + (select count(*) from auth.refresh_tokens where user_id = $1::text))::int as n`,
      [login],
    )
    return rows[0]!.n
  }

  async #transaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect()
    try {
      await client.query('begin')
      const made = await work(client)
      await client.query('commit')
      return made
    }
    catch (error) {
      await client.query('rollback')
      throw error
    }
    finally {
      client.release()
    }
  }

  async close(): Promise<void> {
    await this.#pool.end()
  }
}

async function beginSession(client: pg.PoolClient, login: string): Promise<void> {
  const session = randomUUID()
  await client.query(
    'insert into auth.sessions (id, user_id, created_at, updated_at) values ($1, $2, now(), now())',
    [session, login],
  )
  await client.query(
    `insert into auth.refresh_tokens (token, user_id, revoked, created_at, updated_at, session_id)
    values ($1, $2::text, false, now(), now(), $3)`,
    [randomBytes(12).toString('base64url'), login, session],
  )
}

function metadata(name: string): Record<string, string> {
  return { uuid: randomUUID(), time: clock.stamp(), name, ip_address: ADDRESS }
}

function userOf(id: string, email: string): Record<string, unknown> {
  const at = clock.stamp()
  return {
    id,
    aud: 'authenticated',
    role: 'authenticated',
    email,
    phone: '',
    is_anonymous: false,
    created_at: at,
    updated_at: at,
    app_metadata: { provider: 'email', providers: ['email'] },
    user_metadata: {},
    identities: [],
  }
}

/** A function as GoTrue runs a hook: as its own role, within two seconds; an `error` in the answer refuses. */
async function hook(client: pg.PoolClient, name: string, event: unknown): Promise<void> {
  const {
    rows: [there],
  } = await client.query<{ yes: boolean }>(
    `select exists (select from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
      where n.nspname = 'private' and p.proname = $1) as yes`,
    [name],
  )
  if (there?.yes !== true) return
  await client.query(`set local statement_timeout to '2000'`)
  const { rows } = await client.query<{ answer: { error?: { http_code?: number; message?: string } } | null }>(
    `select private.${name}($1) as answer`,
    [JSON.stringify(event)],
  )
  const error = rows[0]?.answer?.error
  if (error !== undefined) throw new HookRefusal(error.http_code ?? 500, error.message ?? '')
  await client.query('set local statement_timeout to default')
}
