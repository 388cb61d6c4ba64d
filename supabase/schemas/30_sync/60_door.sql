-- The door: what may come in, checked before anything is stored or costs much. First the shapes of jsonb arguments,
-- then who may push and pull at all.

-- The shape of each jsonb argument. A value must fit its shape, and a key that the shape does not name is refused: so
-- the shape itself bounds depth, number of keys and length, and no check goes deeper than the shape.
--   "id"         a uuid                          "text 200"   a string of at most 200 characters
--   "int 1 50"   a whole number in a range       "one a b"    one of these words
--   "bool"       true or false                   "among 0 5"  one of these numbers
--   "time"       a moment within a year of the server's clock
--   "fact"       the same, or by the phone's own clock: a phone that could not correct it says what it shows
--   "date"       a day within a year
--   {…}          an object with at most these keys
--   [shape, n]   a list of at most n
-- null fits everywhere but in a list; an intent checks itself for what it cannot do without.
create table private.shape (
  name text primary key, -- an intent, or a function of api and its argument: 'import_rows.meta'
  shape jsonb not null);
alter table private.shape enable row level security;

-- Sets the shape of an argument. The file of each intent or action calls it.
create function private.learn_shape(p_name text, p_shape jsonb) returns void language sql as $$
  insert into private.shape (name, shape) values (p_name, p_shape)
  on conflict (name) do update set shape = excluded.shape
$$;

-- A text as a moment, or null if it is none. Words that Postgres would take, like 'now' or 'infinity', are none.
create function private.try_moment(p_text text) returns timestamptz language plpgsql stable as $$
begin
  if p_text !~ '^\d{4}-\d\d-\d\d([T ]\d\d:\d\d[0-9:.+Z-]*)?$' then return null; end if;
  return p_text::timestamptz;
exception when data_exception then
  return null;
end $$;

-- Is this text a moment within a year of a clock?
create function private.is_near(p_text text, p_clock timestamptz) returns boolean language sql stable as $$
  select length(p_text) <= 40
    and coalesce(private.try_moment(p_text) between p_clock - interval '1 year' and p_clock + interval '1 year', false)
$$;

-- Does a value that is no list and no object fit its shape, a word with its limits? p_now is the server's clock,
-- p_clock what the phone's clock shows at that moment.
create function private.fits_scalar(p_value jsonb, p_kind text, p_now timestamptz, p_clock timestamptz) returns boolean
language plpgsql stable as $$
declare
  v_kind text[] := string_to_array(p_kind, ' ');
  v_text text := p_value #>> '{}';
begin
  if jsonb_typeof(p_value) = 'string' then
    return case v_kind[1]
      when 'id' then length(v_text) = 36 and private.try_uuid(v_text) is not null
      when 'text' then length(v_text) <= v_kind[2]::int
      when 'one' then v_text = any (v_kind[2:])
      when 'time' then private.is_near(v_text, p_now)
      when 'fact' then private.is_near(v_text, p_now) or private.is_near(v_text, p_clock)
      when 'date' then length(v_text) = 10 and private.is_near(v_text, p_now)
      else false end;
  end if;
  return case jsonb_typeof(p_value)
    when 'number' then case v_kind[1]
      when 'int' then v_text::numeric between v_kind[2]::numeric and v_kind[3]::numeric
        and v_text::numeric = trunc(v_text::numeric)
      when 'among' then v_text = any (v_kind[2:])
      else false end
    when 'boolean' then v_kind[1] = 'bool'
    when 'null' then true
    else false end;
end $$;

-- Does a value fit a shape of any kind?
create function private.fits(p_value jsonb, p_shape jsonb, p_now timestamptz, p_clock timestamptz) returns boolean
language plpgsql stable as $$
declare v jsonb;
begin
  if jsonb_typeof(p_shape) = 'string' then
    return private.fits_scalar(p_value, p_shape #>> '{}', p_now, p_clock);
  end if;
  if jsonb_typeof(p_value) = 'null' then return true; end if;
  if jsonb_typeof(p_value) <> jsonb_typeof(p_shape) then return false; end if;
  if jsonb_typeof(p_shape) = 'object' then return private.misfit(p_value, p_shape, p_now, p_clock) is null; end if;
  if jsonb_array_length(p_value) > (p_shape ->> 1)::int then return false; end if;
  for v in select e from jsonb_array_elements(p_value) e loop
    if jsonb_typeof(v) = 'null' or not private.fits(v, p_shape -> 0, p_now, p_clock) then return false; end if;
  end loop;
  return true;
end $$;

-- The first key of an object whose value does not fit, for refused(invalid); null if the object fits. A key that the
-- shape does not name is called 'args', because a word that the caller chose is not repeated.
create function private.misfit(p_value jsonb, p_shape jsonb, p_now timestamptz, p_clock timestamptz) returns text
language plpgsql stable as $$
declare k text; v jsonb;
begin
  if jsonb_typeof(p_value) is distinct from 'object' then return 'args'; end if;
  for k, v in select e.key, e.value from jsonb_each(p_value) e loop
    if p_shape -> k is null then return 'args'; end if;
    if not private.fits(v, p_shape -> k, p_now, p_clock) then return k; end if;
  end loop;
  return null;
end $$;

-- What is kept of the arguments of an intent that was refused or failed: ids, codes, numbers and times, never the words
-- of a person.
create function private.kept_args(p_args jsonb, p_shape jsonb) returns jsonb language sql stable as $$
  select coalesce(jsonb_object_agg(e.key, e.value), '{}')
  from jsonb_each(case when jsonb_typeof(p_args) = 'object' then p_args else '{}' end) e
  where jsonb_typeof(p_shape -> e.key) = 'string' and p_shape ->> e.key not like 'text%'
    and private.fits_scalar(e.value, p_shape ->> e.key, now(), now())
$$;

-- Has an argument of an action at most p_bytes, and does it fit the shape of that name? The size is checked first,
-- before anything looks inside.
create function private.fits_door(p_value jsonb, p_name text, p_bytes int) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  if p_value is null or pg_column_size(p_value) > p_bytes then return false; end if;
  return jsonb_typeof(p_value) <> 'null'
    and private.fits(p_value, (select s.shape from private.shape s where s.name = p_name), now(), now());
end $$;

-- Is each element of a push a mutation, as src/gateway/wire.ts sends them? `args` are checked later, by the shape of
-- their intent; nothing reads `base`.
create function private.are_mutations(p_muts jsonb) returns boolean language plpgsql immutable as $$
declare m jsonb;
begin
  for m in select x from jsonb_array_elements(p_muts) x loop
    if jsonb_typeof(m) <> 'object' then return false; end if;
    if m - '{seq,id,name,v,args,base,device_at,offset_ms,offset_age_s}'::text[] <> '{}'
      or length(m ->> 'name') > 60
      or not coalesce(m ->> 'seq' ~ '^[0-9]{1,15}$' and m ->> 'v' ~ '^[0-9]{1,6}$'
        and jsonb_typeof(m -> 'name') = 'string', false) then
      return false;
    end if;
  end loop;
  return true;
end $$;

-- Does this login hold a role, or belong to a person on a community's list? One that only signed up does neither.
create function private.belongs(p_login uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from app.role_grant g where g.login_id = p_login)
    or exists (select from app.responder r where r.login_id = p_login);
end $$;

-- Answers HTTP 403 to a login that does not belong, before the request costs anything. The phone keeps what it has and
-- asks again later (src/gateway/errors.ts, `outsider`).
create function private.raise_outsider() returns void language plpgsql as $$
begin
  raise sqlstate 'PGRST' using
    message = '{"code":"RW005","message":"this login belongs to no community","details":null,"hint":null}',
    detail = '{"status":403,"headers":{}}';
end $$;

-- The cursors of a pull, once it is clear that the caller belongs and that they are versions by scope. The limit of
-- 512 KB leaves room for an officer of a city, who has a cursor for each of its communities.
create function private.admit_pull(p_cursors jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if private.login_id() is null then raise exception 'not signed in' using errcode = '42501'; end if;
  if not private.belongs(private.login_id()) then perform private.raise_outsider(); end if;
  if pg_column_size(p_cursors) > 524288 then raise exception 'too many cursors' using errcode = 'RW002'; end if;
  if jsonb_typeof(p_cursors) is distinct from 'object' or exists (
    select from jsonb_each(p_cursors) c
    where jsonb_typeof(c.value) <> 'number' or c.value #>> '{}' !~ '^[0-9]{1,15}$' or length(c.key) > 100) then
    raise exception 'cursors are versions by scope' using errcode = '22023';
  end if;
  return p_cursors;
end $$;
