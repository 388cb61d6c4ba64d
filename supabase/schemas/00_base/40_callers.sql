-- Who is calling: the login and the session of a request, and the address it comes from.

-- The login that is asking, from the claims that the Data API sets. Null for anon and for a token whose session ended.
create function private.login_id() returns uuid language plpgsql stable security definer set search_path = '' as $$
declare
  v_claims jsonb := nullif(current_setting('request.jwt.claims', true), '')::jsonb;
  v_login text := coalesce(nullif(current_setting('request.jwt.claim.sub', true), ''), v_claims ->> 'sub');
begin
  return case when private.session_lives(v_login, v_claims ->> 'session_id') then v_login::uuid end;
end $$;

-- Does this session of this login still exist? Signing out, a new password and a closed account end sessions; the
-- access tokens of an ended session must fail at their next call. A token without a session (the server's own, and
-- those of tests) passes, and so does every token on a Postgres without the table of sessions.
create function private.session_lives(p_login text, p_session text) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  if p_session is null or to_regclass('auth.sessions') is null then return true; end if;
  return exists (
    select from auth.sessions
    where id = private.try_uuid(p_session) and user_id = private.try_uuid(p_login));
end $$;

-- The session that is asking, or null.
create function private.session_id() returns uuid language sql stable as $$
  select private.try_uuid(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'session_id')
$$;

-- The address of the caller, for rate limits.
-- Every proxy appends the address it saw to X-Forwarded-For, and the caller may have written everything before that.
-- So the address is counted from the end, over as many proxies as the setting names. A header that the outermost proxy
-- always writes itself needs no counting.
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

-- The part of an address that names a subscriber. Drops the port that some proxies write. Of an IPv6 address it keeps
-- the first 64 bits, because subscribers choose the rest themselves. A text that is no address gives 'unknown', one
-- bucket that all such callers share.
create function private.subscriber_of(p_said text) returns text language plpgsql immutable set search_path = '' as $$
declare v_address inet;
begin
  p_said := regexp_replace(regexp_replace(p_said, '^(\d+(\.\d+){3}):\d+$', '\1'), '^\[(.*)\](:\d+)?$', '\1');
  v_address := host(regexp_replace(p_said, '^::ffff:(?=\d+\.)', '', 'i')::inet);
  return coalesce(
    host(case when family(v_address) = 6 then network(set_masklen(v_address, 64)) else v_address end),
    'unknown');
exception when invalid_text_representation then
  return 'unknown';
end $$;
