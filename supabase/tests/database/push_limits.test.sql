-- Limits per phone: pushes a second, phones a day; limits per person and day: bytes, refusals, dead letters.
begin;
select plan(29);
select tests.make_world();

-- Acting as ping
select tests.act_as('ping');
select is(tests.push('set_consent', '{"purpose":"location","given":true}'), 'applied', 'A first push needs no budget');
select tests.act_as_owner();
select is((select budget from sync.client), 199::real, 'A first push leaves 199 that may come at once');
update sync.client set budget = 0;
select tests.act_as('ping');
select throws_ok($$select tests.push('set_consent', '{"purpose":"location","given":false}')$$,
  'PGRST', null, 'A phone that used them up is told to wait');
select tests.act_as_owner();
select is((select lmid from sync.client), 1::bigint, 'Nothing was consumed');
select tests.act_as('ping');
select is(tests.push('set_consent', '{"purpose":"location","given":false}', '{}', now() + interval '100 milliseconds'),
  'applied', 'A tenth of a second later one more may come');
select tests.act_as_owner();
update sync.client set seen_at = now() + interval '2 days';
select tests.act_as('ping');
select throws_ok($$select tests.push('set_consent', '{"purpose":"location","given":true}')$$,
  'PGRST', null, 'A server clock that stepped back gives nothing and takes nothing');

-- Acting as ping on many phones
select tests.act_as_owner();
insert into sync.client (id, login_id, created_at)
select gen_random_uuid(), tests.id('ping'), now() - interval '25 hours'
from generate_series(1, 60);
insert into sync.client (id, login_id) select gen_random_uuid(), tests.id('ping') from generate_series(1, 48);
select tests.act_as('ping');
select lives_ok($$select api.push(tests.id('phone 50'), 1, '[]')$$, 'The fiftieth phone of a day is accepted');
select throws_ok($$select api.push(tests.id('phone 51'), 1, '[]')$$, 'PGRST', null,
  'The fifty-first phone of a day is refused');
-- Acting as qiang
select tests.act_as('qiang');
select lives_ok($$select api.push(tests.id('qiang phone'), 1, '[]')$$,
  'One person''s flood does not limit another person');

-- A day's budget, over all phones of a person
select tests.push('withdraw', '{"assignment_id":"@no_such","reason":"work"}'),
  tests.push('__skip', '{"original":{"name":"withdraw","v":1}}');
select tests.act_as_owner();
select is((select refusals || ' ' || dead_letters || ' ' || (bytes between 200 and 2000) || ' '
             || (day = (now() at time zone interval '+08:00')::date)
           from sync.client
           where login_id = tests.id('qiang') and lmid = 2),
  '2 1 true true', 'A phone''s pushes are counted on their day');
-- A push that fails takes its counts back, so nothing of it may have run
create sequence tests.ran;
create function tests.count_run() returns trigger language plpgsql security definer as $$
begin
  perform nextval('tests.ran');
  return new;
end $$;
create trigger counts_runs before insert on app.event for each row execute function tests.count_run();
create trigger counts_runs before insert on sync.result for each row execute function tests.count_run();
create function tests.tap(p_seq bigint, p_id text, p_over jsonb default '{}') returns jsonb language sql stable as $$
  select jsonb_build_object('seq', p_seq, 'id', tests.id(p_id), 'name', 'ask_support', 'v', 1,
    'args', jsonb_build_object('assignment_id', tests.id('no_such')), 'device_at', now(), 'offset_ms', 0) || p_over
$$;
-- Sends a tap and a second thing from the phone of qiang, which has sent two.
create function tests.tail(p_last jsonb) returns jsonb language sql as $$
  select api.push(tests.id(tests.id('qiang') || ' phone'), 1, jsonb_build_array(tests.tap(3, 'first tap'), p_last))
$$;
grant execute on all functions in schema tests to authenticated;
insert into sync.client (id, login_id) values (tests.id('mei phone'), tests.id('mei'));
insert into sync.result (mutation_id, client_id, login_id, seq, name, v, status, at)
values (tests.id('of mei'), tests.id('mei phone'), tests.id('mei'), 1, 'withdraw', 1, 'applied', now());
alter sequence tests.ran restart;
select tests.act_as('qiang');
select throws_ok($$select tests.tail(tests.tap(4, 'x', '{"id":"4"}'))$$, 'RW001', null, 'A last tap without an id');
select throws_ok($$select tests.tail(tests.tap(2, 'x'))$$, 'RW001', null, 'A last tap under a number of before');
select throws_ok($$select tests.tail(tests.tap(3, 'x'))$$, 'RW001', null, 'Two taps under one number');
select throws_ok($$select tests.tail(tests.tap(4, 'of mei'))$$, '42501', null, 'A last tap of somebody else');
select is(tests.value('select is_called from tests.ran'), 'false', 'Nothing of a push runs that ends badly');
select is((select string_agg(r ->> 'seq' || ' ' || (r ->> 'replayed'), ', ')
           from jsonb_array_elements(tests.tail(tests.tap(3, 'first tap')) -> 'results') r),
  '3 false, 3 true', 'One tap twice in a push is answered twice');
select is(tests.value('select is_called from tests.ran'), 'true', 'What is counted as run is what runs');
select tests.act_as_owner();
drop trigger counts_runs on app.event;
drop trigger counts_runs on sync.result;
delete from sync.result where client_id = tests.id('mei phone');
create function tests.spend(p_column text, p_value bigint, p_day int default 0) returns void language plpgsql as $$
begin
  update sync.client set bytes = 0, refusals = 0, dead_letters = 0;
  execute format('update sync.client set day = $2, %I = $1
    where login_id = tests.id(''qiang'') and id = tests.id(''qiang phone'')', p_column)
  using p_value, (now() at time zone interval '+08:00')::date + p_day;
end $$;
select tests.spend('bytes', 8388000);
select tests.act_as('qiang');
select throws_ok($$
    select api.push(tests.id('other phone'), 1,
      jsonb_build_array(jsonb_build_object('seq', 1, 'id', gen_random_uuid(), 'name', 'withdraw', 'v', 1,
          'args', jsonb_build_object('reason', repeat('x', 1000)))))
  $$,
  'PGRST', null, 'After 8 MB a person waits, on every phone');
select tests.act_as_owner();
select is((select count(*) from sync.client where id = tests.id('other phone')), 0::bigint,
  'A refused push leaves nothing');
select tests.spend('refusals', 2000);
select tests.act_as('qiang');
select throws_ok($$select api.push(tests.id('qiang phone'), 1, '[]')$$, 'PGRST', null,
  'After 2,000 refusals a person waits');
select tests.act_as_owner();
select tests.spend('dead_letters', 100);
select tests.act_as('qiang');
select is(tests.push('__skip', '{"original":{"name":"withdraw","v":1}}'),
  'failed:skipped', 'After 100 dead letters taps are still taken');
select tests.act_as_owner();
select is((select count(*)
           from sync.result
           where login_id = tests.id('qiang') and status = 'failed' and community_id is null),
  1::bigint, 'No coordinator reads a further dead letter');
select tests.act_as_owner();
select tests.spend('dead_letters', 100, -1);
select tests.act_as('qiang');
select lives_ok($$select api.push(tests.id('qiang phone'), 1, '[]')$$, 'Yesterday''s counts are forgotten');
select tests.act_as('mei');
select lives_ok($$select api.push(tests.id('mei phone'), 1, '[]')$$,
  'One person''s budget does not limit another person');

-- Acting as a login that redeemed nothing
select tests.act_as('uninvited');
select throws_ok($$select api.push(tests.id('her phone'), 1, '[]')$$,
  'PGRST', '{"code":"RW005","message":"this login belongs to no community","details":null,"hint":null}',
  'A login that belongs nowhere pushes nothing');
select throws_ok($$select api.pull(tests.id('her phone'), 1, '{}')$$,
  'PGRST', '{"code":"RW005","message":"this login belongs to no community","details":null,"hint":null}',
  'A login that belongs nowhere pulls nothing');
select tests.act_as_owner();
select is((select count(*) from sync.client where login_id = tests.id('uninvited')), 0::bigint,
  'A login that belongs nowhere leaves no phone');

-- Rate limits keep 16 bytes of a name, for as long as their window
select ok(private.take_token('x:' || repeat('y', 1000000), 1, 60)
    and not private.take_token('x:' || repeat('y', 1000000), 1, 60),
  'A bucket of any name counts');
select is((select max(pg_column_size(w.*)) < 100 from app.rate_window w), true, 'A bucket''s row is small');
select * from finish();
rollback;
