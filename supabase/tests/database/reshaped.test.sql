-- Calls whose caller reshapes the answer: a cast that fails afterwards would take back what was counted.
begin;
select plan(8);
select tests.make_world();
create function tests.reshaped(p_query text) returns boolean language sql as $$
  select private.is_reshaped(p_query)
$$;
-- such queries are put together here, because the text of this file is the query that the functions look at
create function tests.asked(p_select text, p_after text default '') returns text language sql as $$
  select 'WITH pgrst_source AS (SELECT pgrst_call.pgrst_scalar FROM (SELECT "api"."request_help"("p_code" := $1) '
    || 'pgrst_scalar) pgrst_call) SELECT coalesce(json_agg(_postgrest_t.pgrst_scalar)->0, ''null'') FROM (SELECT '
    || p_select || ' FROM "pgrst_' || 'source" AS "request_help"' || p_after || ') _postgrest_t'
$$;
select is(tests.reshaped(tests.asked('"request_help".*')), false, 'PostgREST''s own query of a whole answer');
select is(tests.reshaped(tests.asked('CAST( to_jsonb("request_help"."pgrst_scalar")->>''x'' AS int )')), true,
  'A part that is cast');
select is(tests.reshaped(tests.asked('"request_help".*', ' WHERE "request_help"."pgrst_scalar" = ''1''')), true,
  'A filter');
select is(tests.reshaped(replace(tests.asked('"pgrst_source".' || '"pgrst_scalar"'), ' AS "request_help"', '')), true,
  'A part, as older versions ask for it');
select is(tests.reshaped(replace(tests.asked('"pgrst_source".*'), ' AS "request_help"', '')), false,
  'And the whole');
select is(tests.reshaped('select api.request_help($1, $2)'), false, 'A plain query');
select is_empty($$
    select p.proname from pg_proc p
    where p.pronamespace = 'api'::regnamespace and (p.prorettype <> 'jsonb'::regtype or p.proretset)
  $$, 'Every function answers one value, which PostgREST calls by that name');
select tests.act_as_anon();
select is(tests.said(api.request_help('nodoor', 'x')), 'refused:gone', 'An ordinary call is counted and answered');
select * from finish();
rollback;
