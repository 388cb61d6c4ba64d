-- Counters of the rate limits: one row per bucket and window, until the window is over. The caller chooses part of a
-- bucket's name, so only a hash of the name is kept: 16 bytes, whatever was sent.
create table app.rate_window (
  bucket uuid not null,
  opened_at timestamptz not null,
  until timestamptz not null,
  tries int not null default 1,
  primary key (bucket, opened_at));
alter table app.rate_window enable row level security;

-- Does the caller reshape the answer of a function? PostgREST lets them select, cast and filter parts of it
-- (`?select=`), as columns of its table "pgrst_source", mostly under the function's name. A cast that fails does so
-- after the function, and takes back what was counted in it. An answer that is taken whole names no such column.
create function private.is_reshaped(p_query text) returns boolean language sql immutable parallel safe as $$
  select position(
    coalesce(substring(p_query from 'FROM "pgrst_source" AS ("[^"]+")'), '"pgrst_source"') || '."' in p_query) > 0
$$;

-- Fails for such a call, so that nobody tries a code or a password that is not counted.
create function private.refuse_reshaped() returns void language plpgsql stable as $$
begin
  if private.is_reshaped(current_query()) then
    raise exception 'the answer of this function is taken whole' using errcode = '42501';
  end if;
end $$;

-- Counts one try in the bucket's present window of p_window_s seconds. True while no more than p_max were made in it.
create function private.take_token(p_bucket text, p_max int, p_window_s int) returns boolean
language sql volatile as $$
  select private.refuse_reshaped();
  insert into app.rate_window as w (bucket, opened_at, until)
  select md5(p_bucket)::uuid, o.at, o.at + make_interval(secs => p_window_s)
  from (select to_timestamp(floor(extract(epoch from now()) / p_window_s) * p_window_s) as at) o
  on conflict (bucket, opened_at) do update set tries = w.tries + 1
  returning w.tries <= p_max
$$;

-- Has the bucket room for one more try? Counts nothing.
create function private.has_token(p_bucket text, p_max int, p_window_s int) returns boolean language sql stable as $$
  select private.refuse_reshaped();
  select not exists (
    select from app.rate_window
    where bucket = md5(p_bucket)::uuid
      and opened_at = to_timestamp(floor(extract(epoch from now()) / p_window_s) * p_window_s)
      and tries >= p_max)
$$;
