-- No table is readable or writable, and every right is named: a new table or function needs a line here.
begin;
create temp table surface (fn text primary key, who text[]) on commit drop;
insert into surface
select 'api.' || x, '{anon,authenticated}'::text[]
from unnest('{sign_in_name,invitation,judge_password,reset_password,feedback,request_help,duty_board,
   who_am_i,report_place,send_report,report_receipt,join_by_receipt}'::text[]) x;
insert into surface
select 'api.' || x, '{authenticated}'::text[]
from unnest('{push,pull,redeem_invitation,change_password,seal_key,invite,appoint,appointed,units_below,issue_reset,
   issue_role_reset,join_record,decline_record,reveal_contact,reveal_request,reveal_report,reveal_list,
   leave_community,close_account,import_rows,revert_import,
   import_batches,set_duty_line,link_phone,save_push_subscription,drop_push_subscription,set_robot,drop_robot,
   test_robot,robots,callout_report,save_responder,end_responder,save_unit,remove_unit,save_post,end_post,
   setup_progress,holidays,save_holidays,calendar_link,make_calendar_link,drop_calendar_link,
   appoint_liaison,end_liaison,list_people}'::text[]) x;
insert into surface
select 'api.' || x, '{service_role}'::text[]
from unnest('{worker_claim_deliveries,worker_settle_deliveries,worker_calendar_feed}'::text[]) x;
-- functions that the wrappers of api call as the caller
insert into surface
select 'private.' || x, '{anon,authenticated}'::text[]
from unnest('{login_id,sign_in_name,invitation,judge_password,reset_password,feedback,request_help,
   duty_board,report_place,send_report,report_receipt,join_by_receipt}'::text[]) x;
insert into surface
select 'private.' || x, '{authenticated}'::text[]
from unnest('{push,pull,current_epoch,known_epoch,admit_pull,my_ranked_scopes,my_scopes,may_join,redeem_invitation,
   change_password,seal_key,invite,appoint,appointed,units_below,issue_reset,issue_role_reset,join_record,
   decline_record,reveal_contact,reveal_request,reveal_report,reveal_list,leave_community,close_account,
   import_rows,revert_import,import_batches,set_duty_line,link_phone,
   save_push_subscription,drop_push_subscription,set_robot,drop_robot,test_robot,robots,callout_report,save_responder,
   end_responder,save_unit,remove_unit,save_post,end_post,setup_progress,holidays,save_holidays,
   calendar_link,make_calendar_link,drop_calendar_link,appoint_liaison,end_liaison,list_people}'::text[]) x;
insert into surface
select 'private.' || x, '{service_role}'::text[]
from unnest('{worker_claim_deliveries,worker_settle_deliveries,worker_calendar_feed}'::text[]) x;
create temp view ours as
  select n.nspname as schema, c.relname as name, c.relkind, c.relrowsecurity
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('app', 'sync', 'projection', 'private') and c.relkind in ('r', 'v', 'p', 'm', 'f');
create temp view functions as
  select p.oid, n.nspname as schema, p.proname as name,
    array(select format_type(t, null) from unnest(p.proargtypes) with ordinality a(t, i) order by i) as args,
    p.prosecdef, p.proconfig,
    coalesce((select who from surface s where s.fn = n.nspname || '.' || p.proname), '{}') as who
  from pg_proc p
  join pg_namespace n on n.oid = p.pronamespace
  where n.nspname in ('api', 'private', 'mutator', 'sync') and p.prokind = 'f';
grant select on ours, functions, surface to anon, authenticated;

select plan((select count(*) filter (where relkind = 'r') + 3 * count(*) + count(*)
             from ours)::int + (select 2 * count(*) + count(*) filter (where prosecdef) from functions)::int + 26);

-- Row-level security
select ok(relrowsecurity, format('Row-level security is on for %s.%s', schema, name))
from ours
where relkind = 'r'
order by schema, name;
select policies_are('sync', 'entry', '{people read the entries of their scopes}',
  'Entries are read by scope, under one policy');
select policies_are('sync', 'scope', '{people read the heads of their scopes}',
  'Heads are read by scope, under one policy');
select policies_are('sync', 'client', '{people read their own clients}',
  'Clients are read by their person, under one policy');
select is((select count(*) from pg_policies where schemaname in ('app', 'sync')),
  3::bigint, 'There is no other policy');
select policy_roles_are('sync', 'entry', 'people read the entries of their scopes', '{authenticated}',
  'The policy on entries is for signed-in people');
select policy_cmd_is('sync', 'entry', 'people read the entries of their scopes', 'select',
  'The policy on entries is for reading');
select policy_cmd_is('sync', 'scope', 'people read the heads of their scopes', 'select',
  'The policy on heads is for reading');
select policy_cmd_is('sync', 'client', 'people read their own clients', 'select',
  'The policy on clients is for reading');

-- Grants on tables and views
select table_privs_are(schema, name, 'anon', '{}', format('anon has no right on %s.%s', schema, name))
from ours
order by schema, name;
select table_privs_are(schema, name, 'authenticated',
  case when schema = 'sync' and name in ('entry', 'scope', 'client') then '{SELECT}' else '{}' end::text[],
  format('authenticated has only what pull needs on %s.%s', schema, name))
from ours
order by schema, name;
select schema_privs_are('app', 'authenticated', '{}', 'authenticated cannot even name what lies in app'),
  schema_privs_are('app', 'anon', '{}', 'nor can anon'),
  schema_privs_are('projection', 'authenticated', '{}', 'authenticated cannot name projections'),
  schema_privs_are('projection', 'anon', '{}', 'nor can anon name projections'),
  schema_privs_are('mutator', 'authenticated', '{}', 'authenticated cannot name intents'),
  schema_privs_are('mutator', 'anon', '{}', 'nor can anon name intents'),
  schema_privs_are('sync', 'anon', '{}', 'anon cannot name the scopes'),
  schema_privs_are('sync', 'authenticated', '{USAGE}', 'authenticated reads scopes and makes nothing there'),
  schema_privs_are('api', 'anon', '{USAGE}', 'anon makes nothing in api'),
  schema_privs_are('api', 'authenticated', '{USAGE}', 'authenticated makes nothing in api'),
  schema_privs_are('private', 'anon', '{USAGE}', 'anon makes nothing in private'),
  schema_privs_are('private', 'authenticated', '{USAGE}', 'authenticated makes nothing in private');

-- Grants on functions
select function_privs_are(schema, name, args, 'anon',
  case when 'anon' = any (who) then '{EXECUTE}' else '{}' end::text[],
  format('anon and %s.%s(%s)', schema, name, array_to_string(args, ', ')))
from functions
order by schema, name;
select function_privs_are(schema, name, args, 'authenticated',
  case when 'authenticated' = any (who) then '{EXECUTE}' else '{}' end::text[],
  format('authenticated and %s.%s(%s)', schema, name, array_to_string(args, ', ')))
from functions
order by schema, name;
select ok('search_path=""' = any (proconfig),
  format('%s.%s runs as its owner, so it fixes its search path', schema, name))
from functions
where prosecdef
order by schema, name;
select is_empty($$select fn from surface where fn not in (select schema || '.' || name from functions)$$,
  'Every function of the surface exists');
select is((select count(*) from functions where schema = 'api' and who = '{}'),
  0::bigint, 'Every function of api is granted to somebody');

select tests.make_world();
-- Acting as anon
select tests.act_as_anon();
select throws_ok(format('select 1 from %I.%I limit 1', schema, name),
  '42501', null, format('anon reads nothing of %s.%s', schema, name))
from ours
order by schema, name;
-- Acting as admin: the highest role of all
select tests.act_as('admin');
select throws_ok(format('select 1 from %I.%I limit 1', schema, name),
  '42501', null, format('Admin does not read %s.%s either', schema, name))
from ours
where not (schema = 'sync' and name in ('entry', 'scope', 'client'))
order by schema, name;
select throws_ok(x.sql, '42501', null, x.sentence) from (values
  ($$insert into sync.entry values ('x', 'shift', gen_random_uuid(), 1, 'P', '{}')$$, 'Nobody writes an entry'),
  ($$update sync.entry set data = '{}'$$, 'Nobody changes an entry'),
  ($$delete from sync.entry$$, 'Nobody deletes an entry'),
  ($$update sync.scope set head = 0$$, 'Nobody sets a head back'),
  ($$update sync.client set lmid = 0$$, 'Nobody sets their own numbers back')) x(sql, sentence);
select is((select count(*) from sync.entry where scope not in (select private.my_scopes())),
  0::bigint, 'Of entries a person sees those of their scopes');
select is((select count(*) from sync.scope where id not in (select private.my_scopes())),
  0::bigint, 'Of heads a person sees those of their scopes');
select * from finish();
rollback;
