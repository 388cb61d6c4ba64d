-- answer_reinforcement promises a number of people, who are then asked by name, or none.
begin;
select plan(26);
select tests.make_world();
grant execute on all functions in schema tests to authenticated;
select tests.act_as('coordinator');
select is(tests.push('open_callout',
    tests.a_line('c1',
      '{"capacity":9,"policy":{"pace":"waves","ask_later":"now","unit_max":null,"steps":[{"level":"community",
       "minutes":15,"tiers":["community"]}]}}')),
  'applied', 'A call-out is opened');
select is(tests.push('request_reinforcement', tests.asking()), 'applied', 'The coordinator asks the next community');
select tests.act_as('wei');
select tests.refuses('answer_reinforcement', '{"reinforcement_id":"@r1","people":2}', 'refused:forbidden',
  'A responder promises nobody');
select tests.act_as('coordinator');
select tests.refuses('answer_reinforcement', '{"reinforcement_id":"@r1","people":2}', 'refused:forbidden',
  'The asking coordinator promises nobody');
select tests.act_as('other_coordinator');
select tests.refuses('answer_reinforcement', '{"reinforcement_id":"@no_such","people":2}', 'refused:gone',
  'What does not exist is gone');
select tests.refuses('answer_reinforcement', '{"reinforcement_id":"@r1","people":-1}', 'refused:invalid',
  'A promise is not negative');
select is(tests.push('answer_reinforcement', '{"reinforcement_id":"@r1","people":2}'), 'applied',
  'The coordinator promises two');
select is(tests.detail(), '{"asked":1}', 'Their people are asked: there is one');
select is(tests.value($$
    select tier || ' ' || state
    from app.offer
    where callout_id = tests.id('c1') and responder_id = tests.id('wei.person')
  $$),
  '5 sent', 'Asked by name, as people of the street');
select is(tests.value($$select state || ' ' || promised from app.reinforcement where id = tests.id('r1')$$),
  'promised 2', 'The promise is kept');
select is(tests.push('answer_reinforcement', '{"reinforcement_id":"@r1","people":0}'),
  'applied:already', 'Answering twice answers already');
select is(tests.value($$
    select count(*) from app.notice where kind = 'reinforcement' and login_id = tests.id('coordinator')
  $$),
  '1', 'The asking coordinator is told');
select tests.act_as('wei');
select is(tests.push('accept_shift',
    jsonb_build_object('assignment_id', '@a_wei',
      'shift_id', tests.value($$select shift_id from app.offer where responder_id = tests.id('wei.person')$$),
      'on_full', 'refuse', 'eta_min', null)),
  'applied', 'The asked person may come');
select tests.act_as('coordinator');
select is(tests.push('request_reinforcement', tests.asking('{"reinforcement_id":"@r2"}')),
  'applied', 'The coordinator may ask again');
select tests.act_as('other_coordinator');
select is(tests.push('answer_reinforcement', '{"reinforcement_id":"@r2","people":0}') || ' '
    || tests.value($$select state from app.reinforcement where id = tests.id('r2')$$),
  'applied declined', 'This time nobody can be spared');
select is(tests.events('reinforcement_answered'), 2::bigint, 'The log has both answers');
select tests.act_as('coordinator');
select is(tests.push('request_reinforcement', tests.asking('{"reinforcement_id":"@r3"}')),
  'applied', 'The coordinator asks a third time');
select is(tests.push('stand_down', '{"callout_id":"@c1","reason":null}'),
  'applied', 'They stand the call-out down before an answer');
select is(tests.value($$
    select string_agg(state::text, ' ' order by asked_at, id = tests.id('r3')) from app.reinforcement
  $$),
  'promised declined withdrawn', 'The unanswered request is withdrawn, answers stay');
select tests.act_as('other_coordinator');
select tests.refuses('answer_reinforcement', '{"reinforcement_id":"@r3","people":2}', 'refused:not_open',
  'Nobody promises people to a call-out that is over');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
