-- request_reinforcement: a community asks another of its street for people.
begin;
select plan(23);
select tests.make_world();
grant execute on all functions in schema tests to authenticated;
select tests.act_as('coordinator');
select is(tests.push('open_callout',
    tests.a_line('c1',
      '{"capacity":9,"policy":{"pace":"waves","ask_later":"now","unit_max":null,"steps":[{"level":"community",
       "minutes":15,"tiers":["community"]}]}}')),
  'applied', 'A call-out opens');
select tests.act_as('ping');
select tests.refuses('request_reinforcement', tests.asking(), 'refused:forbidden',
  'A responder asks nobody for people');
select tests.act_as('other_coordinator');
select tests.refuses('request_reinforcement', tests.asking(), 'refused:forbidden',
  'The coordinator next door requests nothing for this community');
select tests.act_as('coordinator');
select tests.refuses('request_reinforcement', tests.asking('{"reinforcement_id":"r"}'), 'refused:invalid',
  'A request needs an id');
select tests.refuses('request_reinforcement', tests.asking('{"ladder_id":"@no_such"}'), 'refused:gone',
  'A slot that does not exist is gone');
select tests.refuses('request_reinforcement', tests.asking('{"to_community_id":"@community"}'), 'refused:invalid',
  'A community does not ask itself');
select tests.refuses('request_reinforcement', tests.asking('{"people":0}'), 'refused:invalid',
  'A request asks for at least one person');
select is(tests.push('request_reinforcement', tests.asking()), 'applied', 'The coordinator asks the next community');
select is((select data ->> 'to_name' || ' ' || (data ->> 'state') || ' ' || (data ->> 'note')
           from tests.visible()
           where tbl = 'reinforcement'),
  '乙社区 asked 夜里缺人，电话 ***', 'The asking coordinator sees the request, without a number');
select is(tests.push('request_reinforcement', tests.asking('{"reinforcement_id":"@r2"}')),
  'applied:already', 'One request is open at a time');
select is((select string_agg(data ->> 'name', ' ') from tests.visible() where tbl = 'neighbour'),
  '乙社区', 'The coordinator sees the neighbours by name');
select tests.act_as('other_coordinator');
select is((select data ->> 'from_name' || ' ' || (data ->> 'people') from tests.visible() where tbl = 'reinforcement'),
  '甲社区 5', 'The coordinator next door sees the request');
select is(tests.value($$
    select count(*) from app.notice where kind = 'reinforcement' and login_id = tests.id('other_coordinator')
  $$),
  '1', 'The coordinator next door is told');
select tests.act_as('ping');
select is((select count(*) from tests.visible() where tbl in ('reinforcement', 'neighbour')),
  0::bigint, 'A responder sees no request');
select tests.act_as('coordinator');
select is(tests.push('stand_down', '{"callout_id":"@c1","reason":null}'), 'applied', 'The call-out is stood down');
select is(tests.push('request_reinforcement', tests.asking('{"reinforcement_id":"@r3"}')),
  'refused:not_open', 'Nobody is asked for a call-out that is over');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
