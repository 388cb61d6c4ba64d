-- answer_reinforcement: promise a number of people, who are then asked by name, or none.
begin;
select plan(20);
select tests.make_world();
create function tests.raise_line() returns void language plpgsql as $$
begin
  perform tests.push('open_callout', jsonb_build_object('callout_id', '@c1', 'community_id', '@community', 'kind', 'real', 'title', '红色防线', 'ground', '防汛', 'document_no', '7号', 'mode_id', '@m1', 'mode_hours', 24,
    'org_unit_ids', '["@building_1"]'::jsonb, 'post', '{"name":"楼内巡访","kind":"patrol","task":null,"kit":null}'::jsonb, 'capacity', 9, 'offer_min', 6,
    'policy', '{"pace":"waves","ask_later":"now","unit_max":null,"steps":[{"level":"community","minutes":15,"tiers":["community"]}]}'::jsonb,
    'slots', jsonb_build_array(jsonb_build_object('starts_at', now() + interval '3 hours', 'ends_at', now() + interval '6 hours'))));
end $$;
create function tests.asking(p_over jsonb default '{}') returns jsonb language sql stable security definer as $$
  select jsonb_build_object('reinforcement_id', '@r1', 'ladder_id', (select id from app.ladder where callout_id = tests.id('c1')), 'to_community_id', '@other_community', 'people', 5, 'note', '夜里缺人，电话 13800001111') || p_over
$$;
grant execute on all functions in schema tests to authenticated;
select tests.act_as('coordinator');
select tests.raise_line();
select is(tests.push('request_reinforcement', tests.asking()), 'applied', 'The coordinator asks the next community');
select tests.act_as('wei');
select tests.refuses('answer_reinforcement', '{"reinforcement_id":"@r1","people":2}', 'refused:forbidden', 'A responder promises nobody');
select tests.act_as('coordinator');
select tests.refuses('answer_reinforcement', '{"reinforcement_id":"@r1","people":2}', 'refused:forbidden', 'Nor who asked');
select tests.act_as('other_coordinator');
select tests.refuses('answer_reinforcement', '{"reinforcement_id":"@no_such","people":2}', 'refused:gone', 'What does not exist is gone');
select tests.refuses('answer_reinforcement', '{"reinforcement_id":"@r1","people":-1}', 'refused:invalid', 'Fewer than none is no promise');
select is(tests.push('answer_reinforcement', '{"reinforcement_id":"@r1","people":2}'), 'applied', 'He promises two');
select is(tests.detail(), '{"asked":1}', 'And his people are asked: there is one');
select is(tests.value($$select tier || ' ' || state from app.offer where callout_id = tests.id('c1') and responder_id = tests.id('wei.person')$$), '5 sent', 'By name, as of the street');
select is(tests.value($$select state || ' ' || promised from app.reinforcement where id = tests.id('r1')$$), 'promised 2', 'The promise is kept');
select is(tests.push('answer_reinforcement', '{"reinforcement_id":"@r1","people":0}'), 'applied:already', 'It is answered once');
select is(tests.value($$select count(*) from app.notice where kind = 'reinforcement' and login_id = tests.id('coordinator')$$), '1', 'Who asked is told');
select tests.act_as('wei');
select is(tests.push('accept_shift', jsonb_build_object('assignment_id', '@a_wei', 'shift_id', tests.value($$select shift_id from app.offer where responder_id = tests.id('wei.person')$$), 'on_full', 'refuse', 'eta_min', null)), 'applied', 'And may come');
select tests.act_as('coordinator');
select is(tests.push('request_reinforcement', tests.asking('{"reinforcement_id":"@r2"}')), 'applied', 'He may ask again');
select tests.act_as('other_coordinator');
select is(tests.push('answer_reinforcement', '{"reinforcement_id":"@r2","people":0}') || ' ' || tests.value($$select state from app.reinforcement where id = tests.id('r2')$$), 'applied declined', 'This time nobody can be spared');
select is(tests.events('reinforcement_answered'), 2::bigint, 'The log says both');
select is((select count(*) from tests.drift()), 0::bigint, 'What phones hold is what is so');
select * from finish();
rollback;
