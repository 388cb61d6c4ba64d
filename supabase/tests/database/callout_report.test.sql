-- The after-action report: a small story with known figures, and the people who may read it.
begin;
select plan(24);
select tests.make_world();
create function tests.figure(p_path text[]) returns text language sql as $$
  select api.callout_report(tests.id('line')) #>> (array['report'] || p_path)
$$;
grant execute on all functions in schema tests to anon, authenticated;
select tests.act_as_owner();
-- opened five hours ago; two shifts of two places at one door, 4 h ago – 2 h ago and 2 h ago – now; stood down one hour
-- ago
insert into app.mode (id, org_unit_id, ground, document_no, opened_by, opened_at, renewed_at, expires_at)
values (tests.id('line.mode'), tests.id('community'), '防汛Ⅱ级', '7号', tests.id('coordinator'), now() - interval '5 hours',
  now() - interval '5 hours', now() + interval '10 hours');
insert into app.callout (id, community_id, kind, title, state, policy, mode_id, opened_by, opened_at, stood_down_at)
values (tests.id('line'), tests.id('community'), 'real', '红色防线', 'stood_down', '{}', tests.id('line.mode'),
  tests.id('coordinator'), now() - interval '5 hours', now() - interval '1 hour');
select tests.make_shift('first', now() - interval '4 hours', 2, 2, 'door', 'line'),
  tests.make_shift('second', now() - interval '2 hours', 2, 2, 'door', 'line');
-- ping said yes after 10 min, came 6 min late and stayed to the end; qiang after 30 min, on time, left 30 min early;
-- mei took the second and came 15 min late
select tests.make_assignment('a_ping', 'ping', 'first', 'done'),
  tests.make_assignment('a_qiang', 'qiang', 'first', 'done'), tests.make_assignment('a_mei', 'mei', 'second', 'done');
update app.assignment
set accepted_at = now() - interval '290 minutes', on_post_at = now() - interval '234 minutes',
off_post_at = now() - interval '120 minutes'
where id = tests.id('a_ping');
update app.assignment
set accepted_at = now() - interval '270 minutes', on_post_at = now() - interval '240 minutes',
off_post_at = now() - interval '150 minutes'
where id = tests.id('a_qiang');
update app.assignment
set accepted_at = now() - interval '250 minutes', on_post_at = now() - interval '105 minutes',
off_post_at = now() - interval '60 minutes'
where id = tests.id('a_mei');
select tests.make_offer('o1', 'ping', 'first'), tests.make_offer('o2', 'qiang', 'first'),
  tests.make_offer('o3', 'mei', 'second'), tests.make_offer('o4', 'coordinator', 'second');
update app.offer set state = 'accepted' where id in (tests.id('o1'), tests.id('o2'), tests.id('o3'));
update app.offer set state = 'declined' where id = tests.id('o4');
select tests.make_offer('o5', 'ping', 'second');
update app.offer set state = 'declined' where id = tests.id('o5');

-- Acting as the coordinator
select tests.act_as('coordinator');
select is(tests.figure('{title}') || ' ' || tests.figure('{ground}') || ' ' || tests.figure('{document_no}'),
  '红色防线 防汛Ⅱ级 7号', 'The report names the call-out and its basis');
select is(tests.figure('{places}'), '4', 'It counts four places');
select is(tests.figure('{first_accept}')::numeric, 10.0, 'The first yes came after ten minutes');
select is(tests.figure('{fill,n}') || ' ' || tests.figure('{fill,p50}') || ' ' || tests.figure('{fill,p90}'),
  '3 30.0 46.0', 'Half of the yeses within half an hour');
select is(tests.figure('{on_post,p50}'), '6.0', 'Half of the people were there six minutes after the start');
-- first: ping missing 6, qiang missing 30; second until the stand-down: 15 min nobody (2 places), then 45 min one
-- missing
select is(tests.figure('{empty_minutes}')::numeric,
  6 + 30 + 15 * 2 + 45::numeric, 'Places stood empty for 111 minutes');
select is(tests.figure('{gaps,n}') || ' ' || tests.figure('{gaps,minutes}'),
  '1 15', 'One handover had a gap of a quarter of an hour');
select is(tests.figure('{over_limit_hours}')::numeric, 0::numeric, 'Nobody stayed too long');
select is(tests.figure('{people,asked}') || ' ' || tests.figure('{people,accepted}') || ' '
    || tests.figure('{people,declined}'),
  '4 3 1', 'Four people were asked, one of them twice; a yes to one request is a yes');
select is((select sum(tests.figure(array['people', part])::int)
  from unnest(array['accepted', 'declined', 'silent', 'thanked']) part),
  tests.figure('{people,asked}')::bigint, 'The parts add up to the people asked');
select is(api.callout_report(tests.id('line')) ->> 'compare', null, 'There is no earlier event to compare with');
select is_empty($$
    select api.callout_report(tests.id('line'))::text as t
    where api.callout_report(tests.id('line'))::text ~ '李平|王强|赵梅|199000'
  $$,
  'The report names nobody');

-- The officer of the street
select tests.act_as('officer');
select is(tests.figure('{places}') || ' ' || coalesce(tests.figure('{people,asked}'), 'hidden'),
  '4 hidden', 'An officer sees places, and no count that could point at a person');
select tests.act_as('ping');
select is(tests.said(api.callout_report(tests.id('line'))), 'refused:forbidden', 'A responder does not read it');
select tests.act_as('other_coordinator');
select is(tests.said(api.callout_report(tests.id('line'))), 'refused:forbidden',
  'The coordinator next door does not read it');
select is(tests.said(api.callout_report(tests.id('no_such'))), 'refused:gone',
  'A call-out that does not exist is gone');
select tests.act_as_anon();
select throws_ok($$select api.callout_report(tests.id('line'))$$, '42501', null,
  'A caller without a login does not read it');

-- A drill beside the real event; a stayer of fourteen hours
select tests.act_as_owner();
select tests.make_callout('drill');
select tests.make_shift('long', now() - interval '16 hours', 15, 1, 'gate', 'line');
select tests.make_assignment('a_long', 'coordinator', 'long', 'done');
update app.assignment
set on_post_at = now() - interval '16 hours', off_post_at = now() - interval '2 hours'
where id = tests.id('a_long');
select tests.act_as('coordinator');
select is(api.callout_report(tests.id('drill')) #>> '{compare,title}',
  '红色防线', 'A drill stands beside the last real event');
select is(tests.figure('{over_limit_hours}')::numeric, 2::numeric, 'One person stayed two hours too long');
select is(jsonb_array_length(api.callout_report(tests.id('line')) #> '{report,rungs}'),
  0, 'A call-out without ladders climbed none');

-- A drill that is stood down before its shift: one said yes and was let go with the rest, a second shift was cancelled
select tests.act_as_owner();
select tests.make_shift('soon', now() + interval '30 minutes', 2, 2, 'door', 'drill'),
  tests.make_shift('called_off', now() - interval '1 hour', 2, 3, 'gate', 'drill');
update app.shift set state = 'cancelled' where id = tests.id('called_off');
update app.callout set opened_at = now() - interval '20 minutes' where id = tests.id('drill');
select tests.make_offer('o_yes', 'ping', 'soon');
update app.offer set state = 'accepted' where id = tests.id('o_yes');
select tests.make_assignment('a_yes', 'ping', 'soon', 'released'), tests.make_assignment('a_put', 'mei', 'first', 'done');
update app.assignment set accepted_at = now() - interval '13 minutes' where id = tests.id('a_yes');
-- a coordinator put mei on the first shift of the real event, and noted her arrival 20 min after its start
update app.assignment set accepted_at = null, on_post_at = now() - interval '220 minutes',
  off_post_at = now() - interval '200 minutes'
where id = tests.id('a_put');
select tests.act_as('coordinator');
select is(api.callout_report(tests.id('drill')) #> '{report,first_accept}', '7.0'::jsonb,
  'The first yes counts, though its place ended with the drill');
select is(api.callout_report(tests.id('drill')) #>> '{report,fill,n}' || ' '
    || (api.callout_report(tests.id('drill')) #>> '{report,people,accepted}'), '1 1',
  'As many yeses as people who said yes');
select is(api.callout_report(tests.id('drill')) #>> '{report,places}' || ' '
    || (api.callout_report(tests.id('drill')) #>> '{report,empty_minutes}'), '2 0',
  'A cancelled shift has no places and stands empty for nobody');
select is(tests.figure('{on_post,n}'), '4', 'Who was put there and came has arrived too');
select * from finish();
rollback;
