import type { Db } from './db.ts'
import { getAuthSchemaSql, SUPABASE_AUTH_HELPERS_SQL } from '@supabase/lite'
import { firstLine, StartFailure } from '../failure.ts'

const ROLES = `
do $$ begin
  if not exists (select from pg_roles where rolname = 'anon') then
    create role anon nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'authenticated') then
    create role authenticated nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'service_role') then
    create role service_role nologin bypassrls;
  end if;
end $$;
create schema if not exists extensions;
create extension if not exists pgcrypto with schema extensions;
create extension if not exists btree_gist with schema extensions;
create extension if not exists ltree with schema extensions;
create schema if not exists local;
create table if not exists local.migration (
  version text primary key,
  sha256 text not null,
  applied_at timestamptz not null default now()
);
create table if not exists local.fact (key text primary key, value jsonb not null);
create unlogged table if not exists local.ring (topic text not null, event text not null, payload jsonb not null);
`

// Rings wait in local.ring until the doorbell passes them on: NOTIFY in a push would hold a lock of the whole server
// until its commit.
const REALTIME = `
create schema if not exists realtime;
create or replace function realtime.send(payload jsonb, event text, topic text, private boolean default true)
returns void language sql volatile security definer set search_path = '' as $$
  insert into local.ring (topic, event, payload) values (topic, event, payload)
$$;
revoke execute on function realtime.send(jsonb, text, text, boolean) from public;
`

const PRESENT = `
select to_regclass('auth.users') is not null as auth,
  exists (
    select from pg_proc
    where proname = 'send' and pronamespace = to_regnamespace('realtime') and prosrc not like '%redwhistle_ring%'
  ) as realtime
`

const GRANTS = `
grant usage on schema extensions, auth to anon, authenticated, service_role;
`

/**
 * Makes what hosted Supabase has before the first migration and a bare PostgreSQL lacks: the roles of the Data API,
 * schemas `auth` and `extensions`, and `realtime.send`. Safe to repeat; changes nothing that is there already.
 * Throws StartFailure `database` if the connection may not create these.
 */
export async function bootstrap(db: Db): Promise<void> {
  try {
    await db.transaction(async (tx) => {
      // Two servers that start on one database take turns.
      await tx.query('select pg_advisory_xact_lock(7294174)')
      await tx.script(ROLES)
      const [found] = await tx.query<{ auth: boolean, realtime: boolean }>(PRESENT)
      if (found?.auth !== true) await tx.script(`${getAuthSchemaSql()}\n${SUPABASE_AUTH_HELPERS_SQL}`)
      if (found?.realtime !== true) await tx.script(REALTIME)
      await tx.script(GRANTS)
    })
  }
  catch (error) {
    throw new StartFailure(
      'database',
      `The database cannot be prepared (does the connection own it?): ${firstLine(error)}`,
      error,
    )
  }
}
