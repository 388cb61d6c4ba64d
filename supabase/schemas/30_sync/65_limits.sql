-- How much one phone and one person may push. A person taps far slower than these limits, and one push carries up to 25
-- taps; they stop a program, not a person.

-- Pushes per second that one phone may keep up. Twenty seconds' worth may come at once, and a person may begin five
-- times as many phones a day.
create function private.push_rate() returns real language sql immutable as $$ select 10::real $$;

-- Answers HTTP 429 with Retry-After, which is what this SQLSTATE means to PostgREST; nothing is consumed. A page of
-- another origin may read that header only if the gateway exposes it, so the seconds stand in the body as well.
create function private.raise_busy(p_after_s int) returns void language plpgsql as $$
begin
  raise sqlstate 'PGRST' using
    message = jsonb_build_object(
      'code', 'RW003', 'message', 'too many requests', 'details', p_after_s::text, 'hint', null)::text,
    detail = jsonb_build_object('status', 429, 'headers', jsonb_build_object(
      'Retry-After', p_after_s::text, 'Access-Control-Expose-Headers', 'Retry-After'))::text;
end $$;

-- How many pushes the phone has left after this one; answers 429 if it had none.
create function private.push_budget(p_client sync.client, p_now timestamptz) returns real language plpgsql as $$
declare
  burst real := 20 * private.push_rate();
  v_left real;
begin
  v_left := least(burst, coalesce(p_client.budget, burst)
    + greatest(extract(epoch from p_now - p_client.seen_at), 0)::real * private.push_rate()) - 1;
  if v_left < 0 then perform private.raise_busy(1); end if;
  return v_left;
end $$;

-- Answers 429 if a person has brought in too much on this day of Asia/Shanghai, over all their phones: 8 MB, some fifty
-- thousand taps, or 2,000 refusals.
create function private.within_day(p_login uuid, p_day date, p_bytes int) returns void language plpgsql as $$
begin
  if exists (
    select from sync.client k
    where k.login_id = p_login and k.day = p_day
    having sum(k.bytes) + p_bytes > 8388608 or sum(k.refusals) >= 2000) then
    perform private.raise_busy(3600);
  end if;
end $$;

-- The client of a phone's first push, locked. If two tabs come first at the same moment, both get the same row. Answers
-- 429 to a person who makes clients without end.
create function private.new_client(p_client uuid, p_login uuid, p_schema int, p_now timestamptz) returns sync.client
language plpgsql as $$
declare c sync.client;
begin
  if (select count(*) from sync.client k where k.login_id = p_login and k.created_at > p_now - interval '1 day')
    >= 5 * private.push_rate() then
    perform private.raise_busy(3600);
  end if;
  insert into sync.client (id, login_id, app_schema, created_at, seen_at)
  values (p_client, p_login, p_schema, p_now, p_now)
  on conflict do nothing;
  select * into c from sync.client where id = p_client for no key update;
  return c;
end $$;
