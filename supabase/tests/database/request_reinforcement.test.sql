-- request_reinforcement: a community asks another of its street for people.
begin;
select plan(22);
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
select tests.act_as('ping');
select tests.refuses('request_reinforcement', tests.asking(), 'refused:forbidden', 'A responder asks nobody for people');
select tests.act_as('other_coordinator');
select tests.refuses('request_reinforcement', tests.asking(), 'refused:forbidden', 'Nor the coordinator next door for this community');
select tests.act_as('coordinator');
select tests.refuses('request_reinforcement', tests.asking('{"reinforcement_id":"r"}'), 'refused:invalid', 'It needs an id');
select tests.refuses('request_reinforcement', tests.asking('{"ladder_id":"@no_such"}'), 'refused:gone', 'A slot that does not exist is gone');
select tests.refuses('request_reinforcement', tests.asking('{"to_community_id":"@community"}'), 'refused:invalid', 'Nobody asks himself');
select tests.refuses('request_reinforcement', tests.asking('{"people":0}'), 'failed:bad_data', 'Nor for nobody');
select is(tests.push('request_reinforcement', tests.asking()), 'applied', 'The coordinator asks the next community');
select is((select data ->> 'to_name' || ' ' || (data ->> 'state') || ' ' || (data ->> 'note') from tests.visible() where tbl = 'reinforcement'), '乙社区 asked 夜里缺人，电话 ***', 'He sees it, without a number');
select is(tests.push('request_reinforcement', tests.asking('{"reinforcement_id":"@r2"}')), 'applied:already', 'One question at a time');
select is((select string_agg(data ->> 'name', ' ') from tests.visible() where tbl = 'neighbour'), '乙社区', 'He knows his neighbours by name');
select tests.act_as('other_coordinator');
select is((select data ->> 'from_name' || ' ' || (data ->> 'people') from tests.visible() where tbl = 'reinforcement'), '甲社区 5', 'The one next door sees it');
select is(tests.value($$select count(*) from app.notice where kind = 'reinforcement' and login_id = tests.id('other_coordinator')$$), '1', 'And is told');
select tests.act_as('ping');
select is((select count(*) from tests.visible() where tbl in ('reinforcement', 'neighbour')), 0::bigint, 'A responder sees neither');
select tests.act_as('coordinator');
select is(tests.push('stand_down', '{"callout_id":"@c1","reason":null}'), 'applied', 'Stood down');
select is(tests.push('request_reinforcement', tests.asking('{"reinforcement_id":"@r3"}')), 'refused:not_open', 'Then nobody is asked for it');
select is((select count(*) from tests.drift()), 0::bigint, 'What phones hold is what is so');
select * from finish();
rollback;
