-- Schemas, words and small helpers that every later migration uses.
-- Only schema `api` is exposed by the Data API; tables live in `app` and `sync`,
-- helpers in `private`, intents in `mutator`, row shapes for phones in `projection`.
create schema if not exists extensions;
create extension if not exists ltree with schema extensions;
create extension if not exists btree_gist with schema extensions;
create extension if not exists pgcrypto with schema extensions;

create schema app;
create schema sync;
create schema private;
create schema mutator;
create schema projection;
create schema api;

-- Locked by default: every grant below is explicit.
alter default privileges revoke execute on functions from public;

create type app.org_level as enum ('city', 'district', 'street', 'community', 'grid', 'estate', 'building');
create type app.role as enum ('admin', 'responder', 'building_lead', 'grid_lead', 'coordinator', 'liaison', 'street_officer', 'district_officer', 'city_officer');
create type app.responder_kind as enum ('sent_cadre', 'party_member_in_service', 'party_member_resident', 'volunteer', 'new_employment', 'community_worker');
create type app.responder_state as enum ('active', 'paused', 'closed');
create type app.yes_no as enum ('yes', 'no');
create type app.consent_purpose as enum ('public_display', 'location', 'unit_sharing');
create type app.report_in_state as enum ('requested', 'confirmed', 'ended');
create type app.invitation_purpose as enum ('responder', 'role', 'reset', 'setup');
create type app.batch_state as enum ('open', 'reverted');
create type app.import_kind as enum ('division', 'building', 'post', 'responder');
create type app.post_kind as enum ('gate', 'unit_door', 'patrol', 'supplies', 'hotline');
create type app.post_setting as enum ('indoor', 'outdoor');
create type app.roster_state as enum ('draft', 'published');
create type app.shift_state as enum ('draft', 'open', 'cancelled', 'stood_down');
create type app.assignment_state as enum ('assigned', 'accepted', 'on_post', 'relieved', 'done', 'withdrawn', 'released', 'not_arrived');
create type app.offer_state as enum ('sent', 'accepted', 'declined', 'expired', 'withdrawn');
create type app.waitlist_state as enum ('waiting', 'held', 'taken', 'passed', 'left');
create type app.callout_state as enum ('draft', 'open', 'filled', 'stood_down', 'closed');
create type app.callout_kind as enum ('real', 'drill');
create type app.attention as enum ('none', 'undecided');
create type app.mode_state as enum ('open', 'closed', 'expired');

-- The same words as src/domain/codes.ts; a test compares the two.
create type app.verdict_code as enum (
  'already', 'waitlisted', 'disputed', 'no_relief',
  'full', 'closed', 'gone', 'overlap', 'not_eligible', 'stale', 'forbidden', 'wrong_state', 'not_open', 'mode_open',
  'roster_conflict', 'roster_changed', 'over_capacity', 'invalid', 'upgrade_required', 'wrong_code',
  'bad_data', 'skipped');
create type app.action_code as enum (
  'invitation_invalid', 'invitation_used', 'invitation_expired', 'too_many_tries', 'forbidden', 'gone', 'invalid',
    'weak_password', 'wrong_password',
  'name_taken', 'not_on_duty_together', 'no_contact', 'last_admin', 'demo_database', 'real_database', 'batch_closed', 'overlap');

-- A text as uuid, or null: a malformed id must not abort a whole push.
create function private.try_uuid(p_text text) returns uuid language sql immutable as $$
  select case when p_text ~* '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' then p_text::uuid end
$$;

-- Is this session (claim session_id) of this login still there? Signing out, a new password and a closed account end
-- sessions, and the access tokens given out for them end at the next call. The server's own tokens name no session;
-- tests use such too.
create function private.session_lives(p_login text, p_session text) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  if p_session is null or to_regclass('auth.sessions') is null then return true; end if;
  return exists (select from auth.sessions where id = private.try_uuid(p_session) and user_id =
    private.try_uuid(p_login));
end $$;

-- Who is asking. Reads the claims the Data API sets; null for anon, and for a token whose session has ended.
create function private.login_id() returns uuid language plpgsql stable security definer set search_path = '' as $$
declare
  v_claims jsonb := nullif(current_setting('request.jwt.claims', true), '')::jsonb;
  v_login text := coalesce(nullif(current_setting('request.jwt.claim.sub', true), ''), v_claims ->> 'sub');
begin
  return case when private.session_lives(v_login, v_claims ->> 'session_id') then v_login::uuid end;
end $$;

-- The session that is asking; null without one.
create function private.session_id() returns uuid language sql stable as $$
  select private.try_uuid(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'session_id')
$$;

-- uuid version 7 (RFC 9562 §5.7): 48 bits of milliseconds, then random. Postgres 17 has none of its own.
create function private.uuid_v7(p_now timestamptz default clock_timestamp()) returns uuid language sql volatile as $$
  select encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid()) placing substring(int8send((extract(epoch from p_now) * 1000)::bigint) from 3) from 1 for 6),
      52, 1), 53, 1), 'hex')::uuid
$$;

-- n characters of Crockford base32 from a strong source (5 bits each).
create function private.random_code(p_chars int) returns text language sql volatile as $$
  select string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (get_byte(b.bytes, i) & 31) + 1, 1), '')
  from (select extensions.gen_random_bytes(p_chars) as bytes) b, generate_series(0, p_chars - 1) i
$$;

-- A code as a person may type it: case, spaces and hyphens do not matter, O and I are read as 0 and 1.
create function private.normal_code(p_text text) returns text language sql immutable as $$
  select translate(upper(regexp_replace(left(coalesce(p_text, ''), 200), '[\s-]', '', 'g')), 'OIL', '011')
$$;

-- The month of a shift, Asia/Shanghai: the one function that names a month scope.
create function private.month_of(p_at timestamptz) returns text language sql stable parallel safe as $$
  select to_char(p_at at time zone interval '+08:00', 'YYYYMM')
$$;

-- Does a span touch the night, 22:00–06:00 Asia/Shanghai?
create function private.is_night(p_starts timestamptz, p_ends timestamptz) returns boolean language sql immutable as $$
  select exists (
    select from generate_series(-1, (p_ends at time zone interval '+08:00')::date - (p_starts at time zone interval '+08:00')::date) d
    where p_starts < (((p_starts at time zone interval '+08:00')::date + d + 1) + time '06:00') at time zone interval '+08:00'
      and p_ends > (((p_starts at time zone interval '+08:00')::date + d) + time '22:00') at time zone interval '+08:00')
$$;

-- Facts about this database: demo or real data, never both.
create table app.setting (
  key text primary key,
  value jsonb not null,
  created_at timestamptz not null default now());
alter table app.setting enable row level security;

-- Counters of the rate limits; one row per bucket and window, until its window is over. Whoever asks chooses part of a bucket's name,
-- so only a hash of it is kept: 16 bytes, whatever was sent.
create table app.rate_window (
  bucket uuid not null,
  opened_at timestamptz not null,
  until timestamptz not null,
  tries int not null default 1,
  primary key (bucket, opened_at));
alter table app.rate_window enable row level security;

-- True while the bucket has room in its current window.
create function private.take_token(p_bucket text, p_max int, p_window_s int) returns boolean
language sql volatile as $$
  insert into app.rate_window as w (bucket, opened_at, until)
  select md5(p_bucket)::uuid, o.at, o.at + make_interval(secs => p_window_s)
  from (select to_timestamp(floor(extract(epoch from now()) / p_window_s) * p_window_s) as at) o
  on conflict (bucket, opened_at) do update set tries = w.tries + 1
  returning w.tries <= p_max
$$;

-- True while the bucket still has room, without taking any.
create function private.has_token(p_bucket text, p_max int, p_window_s int) returns boolean language sql stable as $$
  select not exists (select from app.rate_window
    where bucket = md5(p_bucket)::uuid and opened_at = to_timestamp(floor(extract(epoch from now()) / p_window_s) * p_window_s) and tries >= p_max)
$$;

-- Whose address this is, for limits: with its port, as some proxies write it, or without; an IPv6 one without the half
-- that its subscriber chooses; 'unknown', one shared bucket, for what is no address.
create function private.subscriber_of(p_said text) returns text language plpgsql immutable set search_path = '' as $$
declare v_address inet;
begin
  p_said := regexp_replace(regexp_replace(p_said, '^(\d+(\.\d+){3}):\d+$', '\1'), '^\[(.*)\](:\d+)?$', '\1');
  v_address := host(regexp_replace(p_said, '^::ffff:(?=\d+\.)', '', 'i')::inet);
  return coalesce(host(case when family(v_address) = 6 then network(set_masklen(v_address, 64)) else v_address end),
    'unknown');
exception when invalid_text_representation then
  return 'unknown';
end $$;

-- The address of the caller, for limits.
-- Every proxy writes the address it saw at the end of X-Forwarded-For, and what stands before that the caller may have written: so it is
-- counted from the end, over as many proxies as the setting names. A header that the outermost proxy always writes itself needs no counting.
-- app.setting 'caller_address': {"proxies": 1}, the default, or {"header": "cf-connecting-ip"}.
create function private.caller_address() returns text language plpgsql stable set search_path = '' as $$
declare
  v_how jsonb := coalesce((select value from app.setting where key = 'caller_address'), '{}');
  v_headers jsonb := nullif(current_setting('request.headers', true), '')::jsonb;
  v_chain text[] := string_to_array(v_headers ->> coalesce(lower(v_how ->> 'header'), 'x-forwarded-for'), ',');
  v_proxies int := case when v_how ->> 'proxies' ~ '^[1-9]$' then (v_how ->> 'proxies')::int else 1 end;
begin
  return private.subscriber_of(trim(v_chain[greatest(cardinality(v_chain) - v_proxies + 1, 1)]));
end $$;
