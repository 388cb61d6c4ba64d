-- open_callout: open a call-out. Mode, call-out, posts, shifts and offers in one transaction, or nothing.
begin;
select plan(84);
select tests.make_world();
select tests.make_shift('elsewhere', tests.at(1, '12:00'), 3, 1, 'gate');
select tests.make_assignment('a_qiang', 'qiang', 'elsewhere');
create function tests.a_callout(p_name text, p_over jsonb default '{}') returns jsonb language sql stable as $$
  select jsonb_build_object('callout_id', tests.id(p_name), 'community_id', tests.id('community'), 'kind', 'real',
    'title', '红色防线', 'ground', '防汛Ⅱ级响应', 'document_no', '宁防〔2026〕7号', 'mode_id', tests.id(p_name || '.mode'),
    'mode_hours', 24, 'org_unit_ids', jsonb_build_array(tests.id('building_1'), tests.id('building_2')),
    'post', '{"name":"单元门岗","kind":"unit_door","task":"登记来访","kit":"红袖章"}'::jsonb, 'capacity', 2, 'offer_min', 6,
    'slots', jsonb_build_array(jsonb_build_object('starts_at', tests.at(1, '10:00'), 'ends_at', tests.at(1, '13:00')),
      jsonb_build_object('starts_at', tests.at(1, '13:00'), 'ends_at', tests.at(1, '16:00'))))
    || p_over
$$;
create function tests.default_policy() returns jsonb language sql stable security definer as $$
  select private.default_policy()
$$;
grant execute on all functions in schema tests to authenticated;

-- Acting as ping, the grid lead, the officer and admin
select tests.act_as('ping');
select tests.refuses('open_callout', tests.a_callout('c1'), 'refused:forbidden', 'A responder opens no call-out');
select tests.act_as('grid_lead');
select tests.refuses('open_callout', tests.a_callout('c1'), 'refused:forbidden', 'A grid lead opens no call-out');
select tests.act_as('officer');
select tests.refuses('open_callout', tests.a_callout('c1'), 'refused:forbidden',
  'An officer opens a mode, not a call-out');
select tests.act_as('admin');
select tests.refuses('open_callout', tests.a_callout('c1'), 'refused:forbidden', 'Admin is no duty role');
-- Acting as the coordinator of another community
select tests.act_as('other_coordinator');
select tests.refuses('open_callout', tests.a_callout('c1'), 'refused:forbidden',
  'A coordinator opens call-outs in their own community only');

-- Acting as the coordinator
select tests.act_as('coordinator');
select tests.refuses('open_callout', tests.a_callout('c1', '{"ground":""}'), 'refused:invalid',
  'A real call-out needs its ground');
select tests.refuses('open_callout', tests.a_callout('c1', '{"document_no":null}'), 'refused:invalid',
  'A real call-out needs its document number');
select tests.refuses('open_callout', tests.a_callout('c1', '{"org_unit_ids":[]}'), 'refused:invalid',
  'A call-out needs a place');
select tests.refuses('open_callout',
  tests.a_callout('c1',
    jsonb_build_object('org_unit_ids', jsonb_build_array(tests.id('building_1'), tests.id('other_building')))),
  'refused:invalid', 'A building that is not in the community is not left out silently');
select tests.refuses('open_callout', tests.a_callout('c1', '{"slots":[]}'), 'refused:invalid',
  'A call-out needs a time');
select tests.refuses('open_callout', tests.a_callout('c1') - 'slots', 'refused:invalid',
  'A missing list of times is refused too');
select tests.refuses('open_callout',
  tests.a_callout('c1', jsonb_build_object('slots', jsonb_build_array(
    jsonb_build_object('starts_at', tests.at(-1, '10:00'), 'ends_at', tests.at(-1, '13:00')),
    jsonb_build_object('starts_at', now() - interval '3 hours', 'ends_at', now())))),
  'refused:slots_over', 'A call-out for times that are over is refused');
select is(tests.value($$select count(*) from app.mode$$), '0', 'It opens no mode');
select tests.refuses('open_callout', tests.a_callout('c1', '{"capacity":0}'), 'refused:invalid',
  'A place for nobody is bad data');
select tests.refuses('open_callout', tests.a_callout('c1', '{"kind":"rehearsal"}'), 'refused:invalid',
  'A kind that does not exist is bad data');
select tests.refuses('open_callout', tests.a_callout('c1', '{"callout_id":"c"}'), 'refused:invalid',
  'A call-out needs an id');

select is(tests.push('open_callout', tests.a_callout('c1')), 'applied', 'A coordinator opens the call-out');
select is(tests.detail(),
  '{"asked":4}',
  'The call-out asks the three people here who are free, and one of the street, as three are too few');
select is(tests.value($$
    select org_unit_id = tests.id('community') and state = 'open' and expires_at = now() + interval '24 hours'
    from app.mode
    where id = tests.id('c1.mode')
  $$),
  'true', 'The emergency mode opens with it, for a day');
select is(tests.value($$
    select state || ' ' || kind || ' ' || mode_id || ' ' || policy from app.callout where id = tests.id('c1')
  $$),
  'open real ' || tests.id('c1.mode') || ' ' || (tests.default_policy() || '{"version":2,"offer_min":6}')::text,
  'The call-out is open and keeps its policy');
select is(tests.value($$
    select count(*) || ' ' || sum(capacity) from app.shift where callout_id = tests.id('c1') and state = 'open'
  $$),
  '4 8', 'Each building has each slot with its places');
select is(tests.value($$select count(*) from app.post where name = '单元门岗' and community_id = tests.id('community')$$),
  '2', 'A post of that name is used; a missing one is made');
select is(tests.value($$
    select count(*)
    from app.offer
    where callout_id = tests.id('c1') and slot_starts_at = tests.at(1, '10:00')
      and expires_at = now() + interval '6 minutes'
  $$),
  '4', 'All offers are for the first slot, with six minutes to answer');
select is(tests.value($$
    select p.org_unit_id = tests.id('building_1')
    from app.offer o
    join app.shift s on s.id = o.shift_id
    join app.post p on p.id = s.post_id
    where o.responder_id = tests.id('ping.person')
  $$),
  'true', 'A person who lives in a building is asked for its door');
select is(tests.value($$
    select count(*) from app.offer where responder_id in (tests.id('qiang.person'), tests.id('nobody.person'))
  $$),
  '0', 'People who serve then or have no login are not asked');
select is(tests.value($$select tier from app.offer where responder_id = tests.id('wei.person')$$),
  '5', 'A person of the next community is asked as the reserve of the street');
select tests.refuses('open_callout', tests.a_callout('c9', '{"policy":{"pace":"fast"}}'), 'refused:invalid',
  'A policy out of bounds is refused');
select tests.refuses('open_callout',
  tests.a_callout('c9',
    jsonb_build_object('policy',
      tests.default_policy() || '{"steps":[{"level":"street","minutes":5,"tiers":["building"]}]}')),
  'refused:invalid', 'A rung asks people of its own area only');
select is(tests.events('callout_opened'), 1::bigint, 'The log names the rung''s area');

select is(tests.push('open_callout', tests.a_callout('c2', '{"kind":"drill","ground":"","document_no":""}')),
  'applied', 'A drill needs no ground');
select is(tests.value($$select mode_id is null from app.callout where id = tests.id('c2')$$),
  'true', 'A drill opens no mode');
select is(tests.detail(), '{"asked":0}', 'A person with a live offer is not asked again');
select is(tests.push('open_callout', tests.a_callout('c1')),
  'applied:already', 'The same call-out opened by a second tap is one call-out');
select is(tests.value($$
    select count(*) from app.callout where community_id = tests.id('community') and kind = 'real'
  $$),
  '1', 'Exactly one call-out is there');
select is(tests.value($$select count(*) from app.mode where org_unit_id = tests.id('community')$$),
  '1', 'Exactly one mode is there');
select is(tests.push('stand_down', '{"callout_id":"@c1","reason":null}'), 'applied',
  'The first call-out is stood down');
select is(tests.push('open_callout', tests.a_callout('c3')), 'applied', 'A further call-out opens');
select is(tests.value($$select mode_id = tests.id('c1.mode') from app.callout where id = tests.id('c3')$$),
  'true', 'It stands under the mode that is open');
select is(tests.push('stand_down', '{"callout_id":"@c3","reason":null}') || ' '
    || tests.push('stand_down', '{"callout_id":"@c2","reason":null}'),
  'applied applied', 'Both are stood down');

-- Acting as the owner: the street opened a mode, mei does not serve at night, ping is still on post
select tests.act_as_owner();
update app.mode set state = 'closed' where id = tests.id('c1.mode');
insert into app.mode (id, org_unit_id, ground, document_no, opened_by, opened_at, renewed_at, expires_at)
values (tests.id('street.mode'), tests.id('street'), '防汛Ⅱ级响应', '1号', tests.id('officer'), now(), now(),
  now() + interval '1 day');
update app.responder set night = 'no' where id = tests.id('mei.person');
select tests.make_shift('long', now() - interval '9 hours', 8, 1, 'gate');
select tests.make_assignment('a_ping', 'ping', 'long', 'on_post');
-- Acting as the coordinator
select tests.act_as('coordinator');
select is(tests.push('open_callout',
    tests.a_callout('c4',
      jsonb_build_object('slots',
        jsonb_build_array(jsonb_build_object('starts_at', tests.at(2, '22:00'), 'ends_at', tests.at(3, '02:00')))))),
  'applied', 'A call-out for the night opens');
select is(tests.value($$select mode_id = tests.id('street.mode') from app.callout where id = tests.id('c4')$$),
  'true', 'It stands under the mode of the street');
select is(tests.value($$
    select count(*) from app.offer where callout_id = tests.id('c4') and responder_id = tests.id('mei.person')
  $$),
  '0', 'A person who does not serve at night is not asked at night');
select is(tests.value($$
    select count(*) from app.offer where callout_id = tests.id('c4') and responder_id = tests.id('ping.person')
  $$),
  '0', 'A person who is still on post is not asked');
select is(tests.value($$
    select count(*) from app.offer where callout_id = tests.id('c4') and responder_id = tests.id('qiang.person')
  $$),
  '1', 'A person who is free is asked');
select tests.act_as_owner();
select throws_ok($$update app.callout set policy = '{}' where id = tests.id('c4')$$,
  '23514', null, 'The policy of a call-out never changes');

insert into app.org_unit (id, level, name, parent_id)
select tests.id('many' || i), 'building', 'B' || i, tests.id('estate')
from generate_series(1, 67) i;
select tests.act_as('coordinator');
select is(tests.push('open_callout',
    tests.a_callout('c5',
      jsonb_build_object('org_unit_ids', (select jsonb_agg('@many' || i) from generate_series(1, 67) i),
        'slots', (select jsonb_agg(jsonb_build_object('starts_at', tests.at(2, '22:00') + i * interval '1 minute',
                      'ends_at', tests.at(3, '02:00')))
                  from generate_series(1, 60) i)))),
  'refused:invalid', 'A call-out has at most 4,000 shifts');
select is(tests.push('open_callout',
    tests.a_callout('c6', '{"kind":"drill","post":{"name":"岗13800138000","kind":"gate","task":null,"kit":null}}')),
  'applied', 'A post has a number in its name');
select cmp_ok(tests.value($$
    select count(*)
    from app.shift s
    join app.post p on p.id = s.post_id
    where s.callout_id = tests.id('c6') and p.name = '岗***'
  $$)::int,
  '>', 0, 'Its shifts show the name without the number');
select tests.commit();
select is(tests.push('stand_down', '{"callout_id":"@c6","reason":null}'), 'applied', 'That call-out is stood down');

-- Acting as ping: the call-out reaches a responder
select tests.act_as('ping');
select is((select data ->> 'opened_by_name' from tests.visible() where tbl = 'callout' and pk = tests.id('c4')),
  '陈立群', 'A responder sees who opened the call-out');
select is((select count(*) from tests.visible() where scope = tests.scope('org', 'community') and tbl = 'shift'),
  2::bigint, 'A responder sees its open shifts');
-- Acting as the coordinator: a call-out that comes late
select tests.act_as('coordinator');
select is(tests.push('open_callout',
    tests.a_callout('c7',
      jsonb_build_object('kind', 'drill', 'slots', jsonb_build_array(
        jsonb_build_object('starts_at', now() - interval '3 hours', 'ends_at', now() - interval '1 hour'),
        jsonb_build_object('starts_at', now() - interval '1 hour', 'ends_at', now() + interval '1 hour'))))),
  'applied', 'A call-out whose first slot is over opens for the rest');
select is(tests.value($$select count(*) || ' ' || min(starts_at) from app.shift where callout_id = tests.id('c7')$$),
  tests.value($$select '2 ' || (now() - interval '1 hour')::text$$), 'Only the slot that runs has shifts');
select tests.commit();
select tests.act_as_owner();
select private.tick_callouts(now() + interval '2 hours');
select is(tests.value($$select state from app.callout where id = tests.id('c7')$$),
  'open', 'It is not filled by being over with nobody on post');

-- A call-out that asks for a skill: qiang has it, ping and mei have not; earlier requests are over
update app.offer set state = 'expired' where state = 'sent';
update app.responder set skills = '{送药,急救}' where id = tests.id('qiang.person');
update app.responder set skills = '{送药}' where id in (tests.id('ping.person'), tests.id('mei.person'));
select tests.act_as('coordinator');
select tests.refuses('open_callout',
  tests.a_callout('c8', jsonb_build_object('policy', tests.default_policy() || '{"skill":""}')), 'refused:invalid',
  'A skill without a name is bad data');
select is(tests.push('open_callout',
    tests.a_callout('c8', jsonb_build_object('policy', tests.default_policy() || '{"skill":" 急救 "}', 'slots',
      jsonb_build_array(jsonb_build_object('starts_at', tests.at(5, '10:00'), 'ends_at', tests.at(5, '13:00')))))),
  'applied', 'A call-out asks for a skill');
select is(tests.value($$
    select string_agg(distinct r.name, ' ') from app.offer o
    join app.responder r on r.id = o.responder_id
    where o.callout_id = tests.id('c8')
  $$),
  tests.value($$select name from app.responder where id = tests.id('qiang.person')$$),
  'Only people who have it are asked');
select is(tests.value($$select distinct requirement from app.shift where callout_id = tests.id('c8')$$),
  '{"skill": "急救"}', 'Its shifts require it');
select is(tests.value($$select policy ->> 'skill' from app.callout where id = tests.id('c8')$$),
  '急救', 'Its policy says so');
select tests.commit();
select is((select distinct data ->> 'skill' from tests.visible() where tbl = 'shift' and pk = tests.value($$
    select id from app.shift where callout_id = tests.id('c8') limit 1
  $$)::uuid),
  '急救', 'A phone sees what a shift asks for');
select tests.act_as('ping');
select tests.refuses('accept_shift', jsonb_build_object('assignment_id', tests.id('a_skill'), 'offer_id', null,
    'eta_min', 15, 'on_full', 'refuse', 'waitlist_id', tests.id('w_skill'), 'shift_id', tests.value($$
      select id from app.shift where callout_id = tests.id('c8') limit 1
    $$)),
  'refused:not_eligible', 'A person without the skill takes no place of it');
-- Acting as qiang: they waited with the skill, and lost it since
select tests.act_as_owner();
update app.shift set capacity = 1, filled = 0, held = 0 where callout_id = tests.id('c8');
insert into app.waitlist_entry (id, shift_id, responder_id, rank, state)
select tests.id('w_' || p.n), s.id, tests.id(p.n || '.person'), p.rank, 'waiting'
from (values ('ping', 1), ('qiang', 2)) p(n, rank)
cross join (select id from app.shift where callout_id = tests.id('c8') order by id limit 1) s;
select private.hold_next(shift_id, now()) from app.waitlist_entry where id = tests.id('w_ping');
select is(tests.state_of('waitlist_entry', 'w_ping') || ' ' || tests.state_of('waitlist_entry', 'w_qiang'),
  'waiting held', 'A place is held for the first who is what the shift asks for');
update app.responder set skills = '{}' where id = tests.id('qiang.person');
select tests.act_as('qiang');
select tests.refuses('take_held_place', '{"waitlist_id":"@w_qiang","assignment_id":"@a_held","eta_min":null}',
  'refused:not_eligible', 'A person who lost the skill takes no place that was held for them');
select tests.act_as('coordinator');
select is(tests.push('stand_down', '{"callout_id":"@c8","reason":null}'), 'applied', 'That call-out is stood down');
select * from finish();
rollback;
