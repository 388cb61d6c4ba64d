import type { Postgres17 } from './postgres17.ts'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'

/** Places where a call can stop: before a statement of push writes there, or in the middle of the statement of pull. */
export type Place = 'sync.client insert' | 'app.assignment insert' | 'sync.result insert' | 'sync.client update'
  | 'sync.scope insert' | 'sync.entry insert' | 'sync.entry inserted' | 'sync.entry select'

/** What a call returned: the answer, or the SQLSTATE. A connection that was cut has the code `cut`. */
export type Reply<T> = { ok: true, data: T } | { ok: false, code: string }

/** A call that runs on a connection of its own. */
export interface PendingCall<T> {
  pid: number
  reply: Promise<Reply<T>>
  /** opens the gate of this call, for good */
  open: () => Promise<void>
  /** resolves once it waits for a lock */
  blocked: () => Promise<void>
}

export interface SendOptions {
  /** stop here until opened; `send` resolves when the call has stopped */
  at?: Place
  /** most milliseconds of each statement; 0: no limit */
  timeout?: number
}

const KEY = 7_294_175

const INSTALL = `
create schema gate;
create function gate.pass(p_here text) returns void language plpgsql as $$
begin
  if current_setting('gate.at', true) is distinct from p_here then return; end if;
  perform pg_catalog.pg_advisory_lock_shared(${KEY}, current_setting('gate.key')::int);
  perform pg_catalog.pg_advisory_unlock_shared(${KEY}, current_setting('gate.key')::int);
end $$;
create function gate.stop() returns trigger language plpgsql as $$
begin
  perform gate.pass(tg_table_schema || '.' || tg_table_name || ' ' || lower(tg_op)
    || case when tg_when = 'AFTER' then 'ed' else '' end);
  return null;
end $$;
create function gate.reading() returns boolean language plpgsql as $$
begin
  perform gate.pass('sync.entry select');
  return true;
end $$;
grant usage on schema gate to authenticated;
grant execute on all functions in schema gate to authenticated;
create trigger aa_gate before insert on app.assignment for each statement execute function gate.stop();
create trigger aa_gate before insert or update on sync.client for each statement execute function gate.stop();
create trigger aa_gate before insert on sync.result for each statement execute function gate.stop();
create trigger aa_gate before insert on sync.scope for each statement execute function gate.stop();
create trigger aa_gate before insert on sync.entry for each statement execute function gate.stop();
create trigger zz_gate after insert on sync.entry for each statement execute function gate.stop();
create policy gate on sync.entry as restrictive for select to authenticated using ((select gate.reading()));`

/** Stops chosen transactions at chosen places and lets all others run. */
export class Gates {
  readonly #pg17: Postgres17
  readonly #keeper: pg.Client
  #key = 0

  private constructor(pg17: Postgres17, keeper: pg.Client) {
    this.#pg17 = pg17
    this.#keeper = keeper
  }

  /** Installs the gates; calls that do not ask to be stopped pass them. */
  static async install(pg17: Postgres17): Promise<Gates> {
    await pg17.pool.query(INSTALL)
    const keeper = new pg.Client(pg17.url)
    await keeper.connect()
    return new Gates(pg17, keeper)
  }

  /** Calls an `api` function as a login on a connection of its own. */
  async send<T>(
    login: string,
    name: string,
    args: Record<string, unknown>,
    { at, timeout = 0 }: SendOptions = {},
  ): Promise<PendingCall<T>> {
    const key = ++this.#key
    await this.#keeper.query('select pg_advisory_lock($1, $2)', [KEY, key])
    const client = new pg.Client(this.#pg17.url)
    client.on('error', () => undefined) // a test may cut it
    await client.connect()
    const { rows } = await client.query('select pg_backend_pid() as pid')
    const { pid } = rows[0] as { pid: number }
    const gate = `set local gate.at = '${at ?? ''}'; set local gate.key = ${key}`
    const reply = call<T>(client, login, name, args, `set local statement_timeout = ${timeout}; ${gate}`)
    const sent: PendingCall<T> = {
      pid,
      reply,
      open: async () => { await this.#keeper.query('select pg_advisory_unlock($1, $2)', [KEY, key]) },
      blocked: () => this.blocked(pid, reply),
    }
    if (at) await sent.blocked()
    return sent
  }

  /** Resolves once this connection waits for a lock; throws when its work is over first. */
  async blocked(pid: number, reply: Promise<unknown>): Promise<void> {
    for (;;) {
      const { rows } = await this.#pg17.pool.query(
        `select 1 from pg_stat_activity where pid = $1 and wait_event_type = 'Lock'`,
        [pid],
      )
      if (rows.length > 0) return
      const over = await Promise.race([reply.then(end => ({ end })), wait(5)])
      if (over) throw new Error(`it did not wait: ${JSON.stringify(over.end)}`)
    }
  }

  async close(): Promise<void> {
    await this.#keeper.end()
  }
}

async function call<T>(
  client: pg.Client,
  login: string,
  name: string,
  args: Record<string, unknown>,
  settings: string,
): Promise<Reply<T>> {
  const list = Object.keys(args).map((k, i) => `${k} => $${i + 1}`).join(', ')
  const values = Object.values(args).map(v => typeof v === 'object' && v !== null ? JSON.stringify(v) : v)
  try {
    const claims = JSON.stringify({ sub: login })
    await client.query(
      `begin; set local role authenticated; set local "request.jwt.claims" = '${claims}'; ${settings}`,
    )
    const { rows } = await client.query(`select api.${name}(${list}) as answer`, values)
    await client.query('commit')
    return { ok: true, data: (rows[0] as { answer: T }).answer }
  }
  catch (error) {
    return { ok: false, code: (error as { code?: string }).code ?? 'cut' }
  }
  finally { await client.end().catch(() => undefined) }
}
