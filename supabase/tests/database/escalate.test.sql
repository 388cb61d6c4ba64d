-- escalate: the next rung now, guarded by the rung the leader saw.
begin;
select plan(34);
select tests.make_world();
create function tests.ladder() returns text language sql stable security definer as $$
  select id::text from app.ladder where callout_id = tests.id('c1')
$$;
create function tests.up(p_as_of int) returns jsonb language sql stable as $$
  select jsonb_build_object('ladder_id', tests.ladder(), 'as_of', p_as_of)
$$;
grant execute on all functions in schema tests to authenticated;
select tests.act_as_owner();
select tests.make_responder('p' || n, '邻居' || n, 'community', 'building_1', '1990000010' || n)
from generate_series(1, 9) n;
insert into app.login (id, sign_in_name, email, name)
select tests.id('p' || n), 'p' || n, 'up' || n || '@login.invalid', '邻居' || n
from generate_series(1, 9) n;
update app.responder r set login_id = l.id from app.login l where l.name = r.name and l.name like '邻居%';
-- nobody else lives in the estate
update app.responder set home_building_id = null where id in (tests.id('qiang.person'), tests.id('nobody.person'));
select tests.act_as('coordinator');
-- one place, and a building full of people: a ladder that rests on its first rung
select is(tests.push('open_callout',
    tests.a_line('c1',
      jsonb_build_object('offer_min', 60,
        'policy', tests.policy('{"steps":[{"level":"building","minutes":5,"tiers":["building"]},{"level":"estate",
         "minutes":10,"tiers":["estate"]},{"level":"community","minutes":15,"tiers":["community","unit"]},
         {"level":"street","minutes":30,"tiers":[]}]}')))),
  'applied', 'A call-out opens');
select is(tests.rungs('c1'),
  'climbing 1: building start, estate coming, community coming, street coming', 'Its ladder stands on the first rung');

-- Acting as people who may not
select tests.act_as('ping');
select tests.refuses('escalate', tests.up(1), 'refused:forbidden', 'A responder escalates nothing');
select tests.act_as('grid_lead');
select tests.refuses('escalate', tests.up(1), 'refused:forbidden', 'A grid lead escalates nothing');
select tests.act_as('other_coordinator');
select tests.refuses('escalate', tests.up(1), 'refused:forbidden', 'The coordinator next door escalates nothing');
select tests.act_as('admin');
select tests.refuses('escalate', tests.up(1), 'refused:forbidden', 'Admin escalates nothing');

-- Acting as the coordinator
select tests.act_as('coordinator');
select tests.refuses('escalate', '{"ladder_id":"@no_such","as_of":1}', 'refused:gone',
  'A call-out that does not exist is gone');
select tests.refuses('escalate', tests.up(1) - 'as_of', 'refused:invalid', 'Escalating needs the rung the leader saw');
select tests.refuses('escalate', tests.up(0), 'refused:moved_on', 'A tap on a rung that has passed is refused');
select is(tests.detail() ->> 'position' || ' ' || (tests.detail() ->> 'level'),
  '1 building', 'The refusal says where the ladder stands');
select is(tests.push('escalate', tests.up(1)), 'applied', 'The coordinator escalates');
select is(tests.rungs('c1'),
  'climbing 3: building start, estate nobody, community forced, street coming',
  'An empty rung is skipped at once with its reason, the next one is opened');
select is(tests.value($$
    select by_login = tests.id('coordinator')
    from app.escalation
    where ladder_id = tests.ladder()::uuid and position = 3
  $$),
  'true', 'The log names the coordinator');
select is(tests.value($$select next_at - now() from app.ladder where id = tests.ladder()::uuid$$),
  '00:15:00', 'The next rung has its own minutes');
select tests.refuses('escalate', tests.up(1), 'refused:moved_on', 'The second of two taps skips no rung');
select is(tests.events('escalated'), 1::bigint, 'The log has one entry for two taps');
-- Acting as the officer of the street
select tests.act_as('officer');
select is(tests.push('escalate', tests.up(3)), 'applied', 'An officer above the community may escalate too');
select is(tests.value($$select position from app.ladder where id = tests.ladder()::uuid$$),
  '4', 'The last rung is reached');
select tests.refuses('escalate', tests.up(4), 'refused:wrong_state', 'Beyond the last rung there is none');
select is((select data ->> 'position' from tests.visible() where tbl = 'ladder'), '4',
  'The officer sees the ladder, in counts');
select tests.act_as('coordinator');
select is((select jsonb_array_length(data -> 'rungs') from tests.visible() where tbl = 'ladder'),
  4, 'The coordinator sees the ladder too');
select is(tests.push('stand_down', '{"callout_id":"@c1","reason":null}'), 'applied', 'The call-out is stood down');
select tests.refuses('escalate', tests.up(4), 'refused:not_open', 'A call-out that is over is not escalated');
select tests.act_as('ping');
select is((select count(*) from tests.visible() where tbl = 'ladder'), 0::bigint, 'A responder sees no ladder');
select * from finish();
rollback;
