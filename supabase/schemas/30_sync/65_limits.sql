-- Pushes a second one phone may keep up; twenty seconds' worth may come at once, and a person may begin five times as many phones a day.
-- A person taps slower, and a push carries up to 25 taps.
create function private.push_rate() returns real language sql immutable as $$ select 10::real $$;

-- Too much was asked: HTTP 429 with Retry-After (PostgREST's way to say both), nothing consumed. A page of another origin may read that header
-- only where the gateway lets it, so the seconds stand in the body as well.
create function private.raise_busy(p_after_s int) returns void language plpgsql as $$
begin
  raise sqlstate 'PGRST' using
    message = jsonb_build_object('code', 'RW003', 'message', 'too many requests', 'details', p_after_s::text, 'hint', null)::text,
    detail = jsonb_build_object('status', 429, 'headers',
      jsonb_build_object('Retry-After', p_after_s::text, 'Access-Control-Expose-Headers', 'Retry-After'))::text;
end $$;

-- What is left after this push.
create function private.push_budget(p_client sync.client, p_now timestamptz) returns real language plpgsql as $$
declare burst real := 20 * private.push_rate(); v_left real;
begin
  v_left := least(burst, coalesce(p_client.budget, burst) + greatest(extract(epoch from p_now - p_client.seen_at), 0)::real * private.push_rate()) - 1;
  if v_left < 0 then perform private.raise_busy(1); end if;
  return v_left;
end $$;

-- What one person may bring in on one day of Asia/Shanghai, over all phones: some fifty thousand taps, and far more mistakes than a person makes.
create function private.within_day(p_login uuid, p_day date, p_bytes int) returns void language plpgsql as $$
begin
  if exists (select from sync.client k where k.login_id = p_login and k.day = p_day
    having sum(k.bytes) + p_bytes > 8388608 or sum(k.refusals) >= 2000) then
    perform private.raise_busy(3600);
  end if;
end $$;

-- The first push of a phone, locked. Two tabs that both come first meet here; a person who makes phones without end is slowed.
create function private.new_client(p_client uuid, p_login uuid, p_schema int, p_now timestamptz) returns sync.client language plpgsql as $$
declare c sync.client;
begin
  if (select count(*) from sync.client k where k.login_id = p_login and k.created_at > p_now - interval '1 day') >= 5 * private.push_rate() then perform private.raise_busy(3600); end if;
  insert into sync.client (id, login_id, app_schema, created_at, seen_at) values (p_client, p_login, p_schema, p_now, p_now) on conflict do nothing;
  select * into c from sync.client where id = p_client for no key update;
  return c;
end $$;
