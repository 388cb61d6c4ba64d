-- Loaded once before the pgTAP files: fixed names, actors, one-line intents, and readers that see past row-level
-- security.
create extension if not exists pgtap with schema extensions;
create schema if not exists tests;

-- Every row of the world has a name. Its id is made from the name, so a test can write @ping instead of a uuid.
create function tests.id(p_name text) returns uuid language sql immutable as $$ select md5('tests:' || p_name)::uuid $$;

-- Replaces every "@name" in arguments by the id of that name, and "@now" by this moment.
create function tests.args(p_args jsonb) returns jsonb language plpgsql stable as $$
declare t text := replace(p_args::text, '"@now"', to_jsonb(now())::text); n text;
begin
  for n in select distinct m[1] from regexp_matches(t, '"@([^"]+)"', 'g') m loop
    t := replace(t, '"@' || n || '"', '"' || tests.id(n) || '"');
  end loop;
  return t::jsonb;
end $$;

-- A time of day in Asia/Shanghai, some days from today.
create function tests.at(p_days int, p_time time) returns timestamptz language sql stable as $$
  select (((now() at time zone interval '+08:00')::date + p_days) + p_time) at time zone interval '+08:00'
$$;

-- Actors. A file that never calls one of these proves nothing: the session's own role is above row-level security.
create function tests.act_as(p_name text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', jsonb_build_object('sub', tests.id(p_name), 'role', 'authenticated')::text,
      true),
    set_config('role', 'authenticated', true), set_config('tests.acted', 'yes', true);
end $$;
create function tests.act_as_anon() returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', '{"role":"anon"}', true), set_config('role', 'anon', true),
    set_config('tests.acted', 'yes', true);
end $$;
-- Acts as the owner of the database again, to prepare the next scene.
create function tests.act_as_owner() returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', '', true), set_config('role', session_user, true);
end $$;

-- Stamps what is pending, as a commit does, and lets later changes gather again.
create function tests.commit() returns void language plpgsql security definer as $$
begin
  set constraints all immediate;
  set constraints sync.pending_is_stamped_at_commit deferred;
end $$;

-- Pushes one mutation of the acting person with a sound clock, through api.push, or private.push when a time is given.
-- Answers 'status' or 'status:code'.
create function tests.push(p_name text, p_args jsonb, p_over jsonb default '{}', p_now timestamptz default null)
returns text language plpgsql as $$
declare
  v_client uuid := tests.id(private.login_id() || ' phone');
  v_seq bigint := coalesce((select lmid from sync.client where id = v_client), 0) + 1;
  v_muts jsonb; v jsonb;
begin
  v_muts := jsonb_build_array(jsonb_build_object('seq', v_seq, 'id', gen_random_uuid(), 'name', p_name, 'v', 1,
      'args', tests.args(p_args), 'base', '{}'::jsonb, 'device_at', coalesce(p_now, now()), 'offset_ms', 0,
      'offset_age_s', 1)
      || tests.args(p_over));
  if p_now is null then v := api.push(v_client, 1, v_muts); else v := private.push(v_client, 1, v_muts, p_now); end if;
  set constraints sync.pending_is_stamped_at_commit deferred;
  perform set_config('tests.answer', v::text, true);
  return case
    when jsonb_array_length(v -> 'results') > 0
      then concat_ws(':', v #>> '{results,0,status}', v #>> '{results,0,code}')
    when (v ->> 'hold')::boolean then 'hold'
    else 'none'
  end;
end $$;
-- The detail of the last push.
create function tests.detail() returns jsonb language sql stable as $$
  select current_setting('tests.answer')::jsonb #> '{results,0,detail}'
$$;
-- The answer of an action as 'status' or 'status:code'.
create function tests.said(p_answer jsonb) returns text language sql immutable as $$
  select concat_ws(':', p_answer ->> 'status', p_answer ->> 'code')
$$;

-- All rows of app in one hash, without counts of tries. Equal hashes before and after mean that nothing changed.
create function tests.fingerprint() returns text language plpgsql security definer as $$
declare t text; one text; h text := '';
begin
  for t in select tablename from pg_catalog.pg_tables where schemaname = 'app' and tablename not in ('rate_window',
    'sign_in_try') order by 1 loop
    execute format('select md5(string_agg(x::text, '' '' order by x::text)) from app.%I x', t) into one;
    h := h || t || coalesce(one, '');
  end loop;
  return md5(h);
end $$;

-- Two assertions: the intent is refused with this code, and no row changed.
create function tests.refuses(p_name text, p_args jsonb, p_verdict text, p_sentence text, p_over jsonb default '{}',
  p_now timestamptz default null)
returns setof text language plpgsql as $$
declare v_before text := tests.fingerprint();
begin
  return next extensions.is(tests.push(p_name, p_args, p_over, p_now), p_verdict, p_sentence);
  return next extensions.is(tests.fingerprint(), v_before, p_sentence || ', and nothing changed');
end $$;
-- The same for an action; p_sql is a select that answers jsonb.
create function tests.denies(p_sql text, p_said text, p_sentence text) returns setof text language plpgsql as $$
declare v_before text := tests.fingerprint(); v jsonb;
begin
  execute p_sql into v;
  return next extensions.is(tests.said(v), p_said, p_sentence);
  return next extensions.is(tests.fingerprint(), v_before, p_sentence || ', and nothing changed');
end $$;
-- The same for an error that is raised.
create function tests.raises(p_sql text, p_sqlstate char(5), p_sentence text) returns setof text language plpgsql as $$
declare v_before text := tests.fingerprint();
begin
  return next extensions.throws_ok(p_sql, p_sqlstate, null, p_sentence);
  return next extensions.is(tests.fingerprint(), v_before, p_sentence || ', and nothing changed');
end $$;

-- The same for a login that belongs nowhere: its push is refused before the intent.
create function tests.keeps_out(p_name text, p_args jsonb, p_sentence text) returns setof text language sql as $$
  select tests.raises(format('select tests.push(%L, %L)', p_name, p_args), 'PGRST', p_sentence)
$$;

-- Tables whose rows hold a pattern, in every schema that keeps personal data.
create function tests.holding(p_pattern text) returns text[] language plpgsql security definer as $$
declare t record; hit boolean; found text[] := '{}';
begin
  for t in
    select schemaname, tablename
    from pg_catalog.pg_tables
    where schemaname in ('app', 'sync', 'auth', 'realtime')
    order by 1, 2
  loop
    execute format('select exists (select from %I.%I x where x::text ~ $1)', t.schemaname, t.tablename)
    into hit using p_pattern;
    if hit then found := found || (t.schemaname || '.' || t.tablename); end if;
  end loop;
  return found;
end $$;

-- Readers for assertions. They see every row, no matter who acts.
create function tests.state_of(p_table text, p_name text) returns text language plpgsql security definer as $$
declare v text;
begin
  execute format('select state::text from app.%I where id = $1', p_table) into v using tests.id(p_name);
  return v;
end $$;
create function tests.places(p_shift text) returns text language sql stable security definer as $$
  select format('%s filled, %s held of %s', filled, held, capacity) from app.shift where id = tests.id(p_shift)
$$;
create function tests.events(p_kind text) returns bigint language sql stable security definer as $$
  select count(*) from app.event where kind = p_kind
$$;
-- One value of a query, read above row-level security.
create function tests.value(p_sql text) returns text language plpgsql security definer as $$
declare v text;
begin
  execute p_sql into v;
  return v;
end $$;

-- Rows the acting person receives in one scope, or in all of their scopes, through api.pull from nothing.
create function tests.visible(p_scope text default null)
returns table (scope text, tbl text, pk uuid, data jsonb) language sql as $$
  select e ->> 0, e ->> 1, (e ->> 2)::uuid, e -> 5
  from jsonb_array_elements(api.pull(tests.id(private.login_id() || ' phone'), 1, '{}', null, 10000) -> 'entries') e
  where e ->> 4 = 'P' and (p_scope is null or e ->> 0 = p_scope)
$$;
-- The scopes of the acting person, in order.
create function tests.scopes() returns text[] language sql as $$
  select array_agg(k order by k)
  from jsonb_object_keys(api.pull(tests.id(private.login_id() || ' phone'), 1, '{}', null, 10000) -> 'scopes') k
$$;
-- The real name of a scope such as 'lead:community'; months are given as 0 (this one), -1, 1.
create function tests.scope(p_kind text, p_name text, p_month int default null)
returns text language sql stable security definer as $$
  select concat_ws(':', p_kind, tests.id(p_name),
    case
      when p_month is not null then private.month_of(now(), p_month)
      when p_kind = 'org' then 'open'
    end)
$$;

-- Runs the scheduler at a moment, or so many minutes from now. `again` is one assertion: another run changes nothing.
create function tests.tick(p_at timestamptz) returns void language sql security definer as $$
  select private.tick(p_at)
$$;
create function tests.tick(p_minutes numeric) returns void language sql security definer as $$
  select private.tick(now() + make_interval(secs => p_minutes * 60))
$$;
create function tests.again(p_at timestamptz, p_sentence text) returns text language plpgsql as $$
declare v_before text := tests.fingerprint();
begin
  perform tests.tick(p_at);
  return extensions.is(tests.fingerprint(), v_before, p_sentence);
end $$;
create function tests.again(p_minutes numeric, p_sentence text) returns text language sql as $$
  select tests.again(now() + make_interval(secs => p_minutes * 60), p_sentence)
$$;

-- Rows whose scopes differ from the projections after a commit. Empty when sync is sound.
create function tests.drift()
returns table (tbl text, scope text, pk uuid, held jsonb, projected jsonb) language plpgsql security definer as $$
declare t text;
begin
  perform tests.commit();
  for t in select viewname from pg_catalog.pg_views where schemaname = 'projection' order by 1 loop
    return query execute format('select %1$L, coalesce(w.scope, e.scope), coalesce(w.pk, e.pk), e.data, w.data
      from (select s.scope, v.pk, v.data from projection.%1$I v, unnest(v.scopes) s(scope) where s.scope is not null) w
      full join (select e.scope, e.pk, e.data from sync.entry e where e.tbl = %1$L and e.op = ''P'') e
        on e.scope = w.scope and e.pk = w.pk
      where w.data is distinct from e.data', t);
  end loop;
end $$;
