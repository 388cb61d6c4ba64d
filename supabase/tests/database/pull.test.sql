-- pull: one snapshot, whole versions, the person's scopes only.
begin;
select plan(25);
select tests.make_world();
select tests.make_shift('s' || i, tests.at(0, '08:00') + make_interval(hours => 3 * i), 3, 3)
from generate_series(1, 12) i;
select tests.commit();
select tests.make_assignment('a1', 'ping', 's5'), tests.make_assignment('a2', 'qiang', 's5');
select tests.commit();
update app.shift set capacity = 4 where post_id = tests.id('door');
select tests.commit();
create function tests.page(p_cursors jsonb, p_limit int default 10000, p_epoch uuid default null)
returns jsonb language sql as $$ select api.pull(tests.id('phone'), 1, p_cursors, p_epoch, p_limit) $$;
-- Pulls page by page as a phone does: the largest version received per scope is the next cursor; a scope without
-- entries left is at its head.
create function tests.pages(p_limit int)
returns table (page int, scope text, tbl text, pk uuid, ver bigint, data jsonb) language plpgsql as $$
declare cur jsonb := '{}'; a jsonb; n int := 0;
begin
  loop
    n := n + 1;
    a := tests.page(cur, p_limit);
    return query select n, e ->> 0, e ->> 1, (e ->> 2)::uuid, (e ->> 3)::bigint,
  e -> 5 from jsonb_array_elements(a -> 'entries') e;
    select jsonb_object_agg(s.key,
    greatest(coalesce((cur ->> s.key)::bigint, 0),
      case
        when (a ->> 'more')::boolean then coalesce((select max((e ->> 3)::bigint)
            from jsonb_array_elements(a -> 'entries') e
            where e ->> 0 = s.key),
          0)
        else (s.value ->> 'head')::bigint
      end)) into cur
  from jsonb_each(a -> 'scopes') s;
    exit when not (a ->> 'more')::boolean or n > 200;
  end loop;
end $$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as anon
select tests.act_as_anon();
select throws_ok($$select api.pull(gen_random_uuid(), 1, '{}')$$, '42501', null, 'Nobody pulls without signing in');

-- Acting as ping
select tests.act_as('ping');
select is(tests.page('{}') - '{now,epoch,scopes,entries}'::text[],
  '{"min_client":1,"lmid":0,"more":false}', 'A first pull takes everything');
select is((select array_agg(distinct x)
           from (select e ->> 0 as x from jsonb_array_elements(tests.page('{}') -> 'entries') e) y
           where x <> all (tests.scopes())),
  null, 'Every entry lies in a scope of the person');
select is((select bool_and((s.value ->> 'n')::int = (select count(*)
               from jsonb_array_elements(a -> 'entries') e
               where e ->> 0 = s.key and e ->> 4 = 'P'))
           from tests.page('{}') a, jsonb_each(a -> 'scopes') s),
  true, 'n counts the live rows of each scope');
select is((select bool_and((s.value ->> 'sum')::numeric = (select coalesce(sum((e ->> 3)::numeric), 0)
               from jsonb_array_elements(a -> 'entries') e
               where e ->> 0 = s.key))
           from tests.page('{}') a, jsonb_each(a -> 'scopes') s),
  true, 'sum adds up their versions');
select is((select array_agg(kind order by first)
           from (select case
                     when e ->> 0 like 'user:%' then 'user'
                     when e ->> 0 like '%:open' then 'open'
                     when e ->> 0 like tests.scope('org', 'community', 0) then 'this month'
                     else 'rest'
                   end as kind, min(i) as first
                 from jsonb_array_elements(tests.page('{}') -> 'entries') with ordinality x(e, i)
                 group by 1) o),
  (select array_agg(k order by i)
   from unnest('{user,open,this month,rest}'::text[]) with ordinality u(k, i)
   where k in (select case
                 when e ->> 0 like 'user:%' then 'user'
                 when e ->> 0 like '%:open' then 'open'
                 when e ->> 0 like tests.scope('org', 'community', 0) then 'this month'
                 else 'rest'
               end
               from jsonb_array_elements(tests.page('{}') -> 'entries') e)),
  'Own rows come first, then open, then this month, then the rest');
select is((select count(*)
           from (select e ->> 0 as scope, (e ->> 3)::bigint as ver, lag(e ->> 0) over (order by i) as scope_before,
                   lag((e ->> 3)::bigint) over (order by i) as ver_before
                 from jsonb_array_elements(tests.page('{}') -> 'entries') with ordinality x(e, i)) o
           where scope = scope_before and ver < ver_before),
  0::bigint, 'Within a scope versions come in order');

-- paging
select set_eq('select scope, tbl, pk, ver, data from tests.pages(' || n || ')',
  'select scope, tbl, pk, ver, data from tests.pages(10000)', 'Pages of ' || n || ' give what one page gives')
from unnest('{1,2,4,7}'::int[]) n;
select is((select count(*)
           from (select scope, ver from tests.pages(4) group by scope, ver having count(distinct page) > 1) x),
  0::bigint, 'A page never splits a version');
select ok((select max(page) from tests.pages(4)) > 1 and (select max(page) from tests.pages(1)) > 3,
  'The pull took several pages');
select is((select bool_and(c <= 4 + v)
           from (select page, count(*) as c, max(n) as v
                 from (select page, count(*) over (partition by scope, ver) as n from tests.pages(4)) y
                 group by page) z),
  true, 'A page is longer than asked only to keep a version whole');

-- going on from heads
select is((select jsonb_array_length(tests.page((select jsonb_object_agg(s.key, s.value -> 'head')
                 from jsonb_each(tests.page('{}') -> 'scopes') s)) -> 'entries')),
  0, 'From the heads a pull brings nothing new');
select set_config('tests.heads',
  (select jsonb_object_agg(s.key, s.value -> 'head') from jsonb_each(tests.page('{}') -> 'scopes') s)::text, true);
select is(tests.push('withdraw', '{"assignment_id":"@a1","reason":"work"}'), 'applied', 'Ping gives a place back');
select is((select array_agg((e ->> 1) || ' ' || (e ->> 4) order by e ->> 1)
           from jsonb_array_elements(tests.page(current_setting('tests.heads')::jsonb) -> 'entries') e
           where (e ->> 0) like 'org:%'),
  '{"assignment D","shift P"}', 'The next pull brings what changed, and a tombstone for what is gone');
select is((select count(*) from jsonb_array_elements(tests.page('{}') -> 'entries') e where e ->> 4 = 'D'),
  0::bigint, 'A first pull brings no tombstones');
select is((tests.page('{}') ->> 'lmid')::int, 0, 'A phone does not receive the number of another phone');
select is((api.pull(tests.id(private.login_id() || ' phone'), 1, '{}') ->> 'lmid')::int,
  1, 'The phone learns up to which number its mutations are decided');

-- resets
select is((select bool_or((s.value ->> 'reset')::boolean)
           from jsonb_each(tests.page(current_setting('tests.heads')::jsonb, 10000,
               (tests.page('{}') ->> 'epoch')::uuid) -> 'scopes') s),
  false, 'The same epoch goes on');
select is((select bool_and((s.value ->> 'reset')::boolean)
           from jsonb_each(tests.page(current_setting('tests.heads')::jsonb, 10000, gen_random_uuid()) -> 'scopes') s),
  true, 'A foreign epoch starts every scope over');
select is((select count(*)
           from jsonb_array_elements(tests.page(current_setting('tests.heads')::jsonb, 10000,
               gen_random_uuid()) -> 'entries')),
  (select count(*) from jsonb_array_elements(tests.page('{}') -> 'entries')),
  'Starting over brings the whole live set');
select is((select array_agg(s.key)
           from jsonb_each(tests.page(jsonb_build_object(tests.scope('org', 'community'), 999999)) -> 'scopes') s
           where (s.value ->> 'reset')::boolean),
  array[tests.scope('org', 'community')], 'A head from the future starts that scope over');
select is((select count(*)
           from jsonb_object_keys(tests.page(jsonb_build_object(tests.scope('org', 'other_community'),
                 1)) -> 'scopes') k
           where k = tests.scope('org', 'other_community')),
  0::bigint, 'Asking for a scope of another person does not give it');
select * from finish();
rollback;
