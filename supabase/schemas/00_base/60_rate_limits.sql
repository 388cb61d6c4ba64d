-- Counters of the rate limits: one row per bucket and window, until the window is over. The caller chooses part of a
-- bucket's name, so only a hash of the name is kept: 16 bytes, whatever was sent.
create table app.rate_window (
  bucket uuid not null,
  opened_at timestamptz not null,
  until timestamptz not null,
  tries int not null default 1,
  primary key (bucket, opened_at));
alter table app.rate_window enable row level security;

-- Counts one try in the bucket's present window of p_window_s seconds. True while no more than p_max were made in it.
create function private.take_token(p_bucket text, p_max int, p_window_s int) returns boolean
language sql volatile as $$
  insert into app.rate_window as w (bucket, opened_at, until)
  select md5(p_bucket)::uuid, o.at, o.at + make_interval(secs => p_window_s)
  from (select to_timestamp(floor(extract(epoch from now()) / p_window_s) * p_window_s) as at) o
  on conflict (bucket, opened_at) do update set tries = w.tries + 1
  returning w.tries <= p_max
$$;

-- Has the bucket room for one more try? Counts nothing.
create function private.has_token(p_bucket text, p_max int, p_window_s int) returns boolean language sql stable as $$
  select not exists (
    select from app.rate_window
    where bucket = md5(p_bucket)::uuid
      and opened_at = to_timestamp(floor(extract(epoch from now()) / p_window_s) * p_window_s)
      and tries >= p_max)
$$;
