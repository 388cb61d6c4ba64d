-- The door: what a jsonb argument may look like, said once and checked before anything is stored. A value must fit a
-- shape, and a key that the shape does not name is refused. So depth, number of keys and length are bounded by the shape
-- itself, and no check goes deeper than the shape does.
--   "id"         a uuid                          "text 200"   a string of at most 200 characters
--   "int 1 50"   a whole number in a range       "one a b"    one of these words
--   "bool"       true or false                   "among 0 5"  one of these numbers
--   "time"       a moment within a year of the server's clock
--   "fact"       the same by the phone's clock, whose error its offset tells
--   "date"       a day within a year
--   {…}          an object with at most these keys
--   [shape, n]   a list of at most n
-- null fits everywhere but in a list: an intent asks for itself what it cannot do without.
create table private.shape (
  name text primary key, -- an intent, or a function of api and its argument: 'import_rows.meta'
  shape jsonb not null);
alter table private.shape enable row level security;

-- A migration that adds an intent or an argument says its shape here.
create function private.learn_shape(p_name text, p_shape jsonb) returns void language sql as $$
  insert into private.shape (name, shape) values (p_name, p_shape)
  on conflict (name) do update set shape = excluded.shape
$$;

-- A text as a moment, or null. Words like 'now' or 'infinity' are no moment of a phone.
create function private.try_moment(p_text text) returns timestamptz language plpgsql stable as $$
begin
  if p_text !~ '^\d{4}-\d\d-\d\d([T ]\d\d:\d\d[0-9:.+Z-]*)?$' then return null; end if;
  return p_text::timestamptz;
exception when data_exception then return null;
end $$;

-- Is this text a moment within a year of a clock?
create function private.is_near(p_text text, p_clock timestamptz) returns boolean language sql stable as $$
  select length(p_text) <= 40
    and coalesce(private.try_moment(p_text) between p_clock - interval '1 year' and p_clock + interval '1 year', false)
$$;

create function private.fits_scalar(p_value jsonb, p_kind text, p_now timestamptz, p_clock timestamptz) returns boolean
language plpgsql stable as $$
declare w text[] := string_to_array(p_kind, ' '); t text := p_value #>> '{}';
begin
  if jsonb_typeof(p_value) = 'string' then
    return case w[1]
      when 'id' then length(t) = 36 and private.try_uuid(t) is not null
      when 'text' then length(t) <= w[2]::int
      when 'one' then t = any (w[2:])
      when 'time' then private.is_near(t, p_now)
      when 'fact' then private.is_near(t, p_clock)
      when 'date' then length(t) = 10 and private.is_near(t, p_now)
      else false end;
  end if;
  return case jsonb_typeof(p_value)
    when 'number' then case w[1]
      when 'int' then t::numeric between w[2]::numeric and w[3]::numeric and t::numeric = trunc(t::numeric)
      when 'among' then t = any (w[2:])
      else false end
    when 'boolean' then w[1] = 'bool'
    when 'null' then true
    else false end;
end $$;

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

-- The key of an object that does not fit, for refused(invalid); null: it fits. A key that the shape does not name is
-- called 'args': the word the caller chose for it is not repeated.
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

-- What is remembered of arguments that were refused or could not be handled: ids, codes, numbers and times, never the
-- words of a person.
create function private.kept_args(p_args jsonb, p_shape jsonb) returns jsonb language sql stable as $$
  select coalesce(jsonb_object_agg(e.key, e.value), '{}')
  from jsonb_each(case when jsonb_typeof(p_args) = 'object' then p_args else '{}' end) e
  where jsonb_typeof(p_shape -> e.key) = 'string' and p_shape ->> e.key not like 'text%'
    and private.fits_scalar(e.value, p_shape ->> e.key, now(), now())
$$;

-- An argument of an action that must fit a shape as a whole; the size first, before anything looks inside.
create function private.fits_door(p_value jsonb, p_name text, p_bytes int) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  if p_value is null or pg_column_size(p_value) > p_bytes then return false; end if;
  return jsonb_typeof(p_value) <> 'null'
    and private.fits(p_value, (select s.shape from private.shape s where s.name = p_name), now(), now());
end $$;

-- Does a push hold mutations, as src/gateway/wire.ts sends them? Nothing here reads `base`; `args` must fit the shape of
-- their intent.
create function private.are_mutations(p_muts jsonb) returns boolean language plpgsql immutable as $$
declare m jsonb;
begin
  for m in select x from jsonb_array_elements(p_muts) x loop
    if jsonb_typeof(m) <> 'object' then return false; end if;
    if m - '{seq,id,name,v,args,base,device_at,offset_ms,offset_age_s}'::text[] <> '{}' or length(m ->> 'name') > 60
      or not coalesce(m ->> 'seq' ~ '^[0-9]{1,15}$' and m ->> 'v' ~ '^[0-9]{1,6}$'
        and jsonb_typeof(m -> 'name') = 'string', false) then return false; end if;
  end loop;
  return true;
end $$;

-- Is this person anybody here: one with a role, or on a community's list? A login that only signed up is not.
create function private.belongs(p_login uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from app.role_grant g where g.login_id = p_login)
    or exists (select from app.responder r where r.login_id = p_login);
end $$;

-- Refused with HTTP 403 before it costs anything: the phone keeps what it has and asks again later (src/gateway/errors.ts, `outsider`).
create function private.raise_outsider() returns void language plpgsql as $$
begin
  raise sqlstate 'PGRST' using
    message = '{"code":"RW005","message":"this login belongs to no community","details":null,"hint":null}',
    detail = '{"status":403,"headers":{}}';
end $$;

-- What pull asks first: who, and cursors that are numbers. An officer of a city has one for each of its communities.
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

select private.learn_shape(x.name, x.shape::jsonb) from (values
  ('accept_shift', '{"assignment_id":"id","shift_id":"id","offer_id":"id","eta_min":"among 0 5 15 30",
    "on_full":"one refuse waitlist","waitlist_id":"id"}'),
  ('decline_shift', '{"offer_id":"id","assignment_id":"id","reason":"one work ill away other"}'),
  ('withdraw', '{"assignment_id":"id","reason":"one work ill away other"}'),
  ('join_waitlist', '{"waitlist_id":"id","shift_id":"id"}'),
  ('leave_waitlist', '{"waitlist_id":"id"}'),
  ('take_held_place', '{"waitlist_id":"id","assignment_id":"id","eta_min":"among 0 5 15 30"}'),
  ('check_in', '{"assignment_id":"id","at":"fact","way":"one manual qr coordinator","door":"text 60"}'),
  ('check_out', '{"assignment_id":"id","at":"fact","relief_assignment_id":"id","must_leave":"text 2000"}'),
  ('give_handover', '{"assignment_id":"id","at":"fact","to_assignment_id":"id",
    "note":{"done":"text 2000","todo":"text 2000","supplies":"text 2000","risks":"text 2000"}}'),
  ('take_handover', '{"assignment_id":"id","from_assignment_id":"id","at":"fact",
    "note":{"done":"text 2000","todo":"text 2000","supplies":"text 2000","risks":"text 2000"}}'),
  ('force_handover', '{"assignment_id":"id","reason":"text 2000"}'),
  ('take_over', '{"assignment_id":"id","new_assignment_id":"id","responder_id":"id","at":"fact","code":"text 20"}'),
  ('assign', '{"assignment_id":"id","shift_id":"id","responder_id":"id","override_reason":"text 2000"}'),
  ('unassign', '{"assignment_id":"id","reason":"text 2000"}'),
  ('draft_shifts', '{"roster_id":"id","community_id":"id","name":"text 60","starts_on":"date","ends_on":"date",
    "shifts":[{"id":"id","post_id":"id","starts_at":"time","ends_at":"time","capacity":"int 1 50"},1000]}'),
  ('cancel_shift', '{"shift_id":"id","reason":"text 2000"}'),
  ('publish_roster', '{"roster_id":"id","version":"int 0 1000000000"}'),
  ('open_callout', '{"callout_id":"id","community_id":"id","kind":"one real drill","title":"text 80",
    "ground":"text 100","document_no":"text 60",
    "mode_id":"id","mode_hours":"int 1 1000","org_unit_ids":["id",500],"capacity":"int 1 50","offer_min":"int 0 1000",
    "post":{"name":"text 40","kind":"one gate unit_door patrol supplies hotline","task":"text 500","kit":"text 200"},
    "slots":[{"starts_at":"time","ends_at":"time"},60],
    "policy":{"pace":"one waves everyone","ask_later":"one at_12h now","unit_max":"int 1 50",
      "steps":[{"level":"one building estate community street district","minutes":"int 1 240",
        "tiers":["one building estate community unit street",5]},5]}}'),
  ('escalate', '{"ladder_id":"id","as_of":"int 0 1000"}'),
  ('request_reinforcement', '{"reinforcement_id":"id","ladder_id":"id","to_community_id":"id","people":"int 1 200",
    "note":"text 2000"}'),
  ('answer_reinforcement', '{"reinforcement_id":"id","people":"int 0 200"}'),
  ('resume_callout', '{"callout_id":"id","mode_id":"id","mode_hours":"int 1 1000"}'),
  ('save_template', '{"template_id":"id","community_id":"id","key":"text 36","name":"text 40","ground":"text 100",
    "kind":"one gate unit_door patrol supplies hotline","capacity":"int 1 12",
    "pattern":"one 8x3 6x4 4x6 3x8 2x12 day","task":"text 2000","kit":"text 2000"}'),
  ('drop_template', '{"template_id":"id"}'),
  ('stand_down', '{"callout_id":"id","reason":"text 2000"}'),
  ('open_mode', '{"mode_id":"id","org_unit_id":"id","ground":"text 100","document_no":"text 60","hours":"int 1 1000"}'),
  ('renew_mode', '{"mode_id":"id","hours":"int 1 1000"}'),
  ('close_mode', '{"mode_id":"id"}'),
  ('set_consent', '{"purpose":"one public_display location unit_sharing","given":"bool"}'),
  ('dismiss_verdict', '{"mutation_id":"id"}'),
  ('settle_dead_letter', '{"mutation_id":"id"}'),
  ('read_notice', '{"notice_id":"id"}'),
  ('log_call', '{"offer_id":"id","result":"one accepted declined no_answer switched_off","assignment_id":"id",
    "waitlist_id":"id"}'),
  -- an intent the phone gave up: which one, why, and the rows it was about
  ('__skip', '{"original":{"name":"text 60","v":"int 0 999999"},"code":"text 40","ids":["id",50]}'),
  ('import_rows.meta', '{"community_id":"id","file_name":"text 500","demo":"bool"}'),
  -- what a row may not be longer than is said row by row, in the import itself
  ('import_rows.division', '[{"row":"int 0 1000000","code":"text 40","name":"text 500","level":"text 40",
    "parent_code":"text 40"},500]'),
  ('import_rows.building', '[{"row":"int 0 1000000","estate":"text 500","building":"text 500","grid":"text 500",
    "duty_line":"text 100"},500]'),
  ('import_rows.post', '[{"row":"int 0 1000000","estate":"text 500","building":"text 500","name":"text 500",
    "kind":"text 40","setting":"text 40","task":"text 2000","kit":"text 2000","contact":"text 500",
    "night_minimum":"int 0 1000"},500]'),
  ('import_rows.responder', '[{"row":"int 0 1000000","name":"text 500","phone":"text 100","kind":"text 40",
    "estate":"text 500","building":"text 500","display_name":"text 500","public_display":"text 10",
    "skills":["text 100",50],"partner_unit":"text 500","party_org":"text 500","night":"text 10",
    "pinyin":"text 500","initials":"text 100"},500]'),
  ('worker_settle_deliveries', '[{"id":"id","lease":"id",
    "outcome":"one sent retry later failed not_configured unreachable",
    "error":"text 4000","after_s":"int 0 1000000000","gone":["id",100]},1000]')) x(name, shape);
