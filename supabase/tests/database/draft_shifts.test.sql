-- draft_shifts: a coordinator makes a roster and adds shifts to it. Nobody else sees them until they are published.
begin;
select plan(75);
select tests.make_world();
create function tests.a_shift(
  p_id text, p_post text, p_hours numeric default 3, p_capacity int default 1, p_from time default '08:00')
returns jsonb language sql stable as $$
  select jsonb_build_object('id', tests.id(p_id), 'post_id', tests.id(p_post), 'starts_at', tests.at(1, p_from),
    'ends_at', tests.at(1, p_from) + make_interval(secs => p_hours * 3600), 'capacity', p_capacity)
$$;
create function tests.a_roster(p_shifts jsonb, p_roster text default 'r1', p_community text default 'community')
returns jsonb language sql stable as $$
  select jsonb_build_object('roster_id', tests.id(p_roster), 'community_id', tests.id(p_community), 'name', '本周',
    'starts_on', tests.at(0, '00:00')::date, 'ends_on', tests.at(7, '00:00')::date, 'shifts', p_shifts)
$$;
-- What coordinators read of a shift that was changed or is gone.
create function tests.edit_of(p_shift text) returns text language sql as $$
  select data ->> 'what' || ' ' || (data ->> 'by_name') || ' ' || (data ->> 'post_name') || ' '
    || to_char((data ->> 'starts_at')::timestamptz at time zone interval '+08:00', 'HH24')
  from tests.visible() where tbl = 'shift_edit' and pk = tests.id(p_shift)
$$;
create function tests.seen(p_shift text, variadic p_people text[]) returns jsonb language sql stable as $$
  select jsonb_build_array(jsonb_build_object('shift_id', tests.id(p_shift),
    'people', (select coalesce(jsonb_agg(tests.id(x || '.person')), '[]') from unnest(p_people) x)))
$$;
create function tests.version_of(p_roster text) returns int language sql stable security definer as $$
  select version from app.roster where id = tests.id(p_roster)
$$;
grant execute on all functions in schema tests to authenticated;

-- Acting as ping
select tests.act_as('ping');
select tests.refuses('draft_shifts', tests.a_roster(jsonb_build_array(tests.a_shift('s1', 'door'))),
  'refused:forbidden', 'A responder drafts nothing');
-- Acting as the grid lead, the officer and admin
select tests.act_as('grid_lead');
select tests.refuses('draft_shifts', tests.a_roster(jsonb_build_array(tests.a_shift('s1', 'door'))),
  'refused:forbidden', 'A grid lead drafts nothing');
select tests.act_as('officer');
select tests.refuses('draft_shifts', tests.a_roster(jsonb_build_array(tests.a_shift('s1', 'door'))),
  'refused:forbidden', 'An officer drafts nothing');
select tests.act_as('admin');
select tests.refuses('draft_shifts', tests.a_roster(jsonb_build_array(tests.a_shift('s1', 'door'))),
  'refused:forbidden', 'Admin is no duty role');
-- Acting as the coordinator of another community
select tests.act_as('other_coordinator');
select tests.refuses('draft_shifts', tests.a_roster(jsonb_build_array(tests.a_shift('s1', 'door'))),
  'refused:forbidden', 'A coordinator acts in their own community only');

-- Acting as the coordinator
select tests.act_as('coordinator');
select is(tests.push('draft_shifts',
    tests.a_roster(jsonb_build_array(tests.a_shift('s1', 'door'), tests.a_shift('s2', 'gate', 4, 2)))),
  'applied', 'A coordinator makes a roster with two shifts');
select is(tests.state_of('roster', 'r1') || ' ' || tests.state_of('shift', 's1') || ' ' || tests.places('s2'),
  'draft draft 0 filled, 0 held of 2', 'All of it is a draft');
select is(tests.value($$select version from app.roster where id = tests.id('r1')$$), '2',
  'The version of the roster goes up');
select is(tests.push('draft_shifts',
    tests.a_roster(jsonb_build_array(tests.a_shift('s1', 'door'), tests.a_shift('s3', 'door', 3, 1, '11:00')))),
  'applied', 'More shifts are added to the roster');
select is(tests.value($$select count(*) from app.shift where roster_id = tests.id('r1')$$),
  '3', 'A shift that exists is not made again');
select tests.refuses('draft_shifts', tests.a_roster(jsonb_build_array(tests.a_shift('s4', 'other_door'))),
  'refused:invalid', 'A post of another community takes no shift');
select is(tests.detail(), '{"field":"shifts"}', 'The refusal names the field');
select tests.refuses('draft_shifts', tests.a_roster(jsonb_build_array(tests.a_shift('s4', 'no_such'))),
  'refused:invalid', 'A post that does not exist takes no shift');
select tests.refuses('draft_shifts', tests.a_roster(jsonb_build_array(tests.a_shift('s4', 'door', 25))),
  'refused:invalid', 'A shift is at most 24 hours');
select tests.refuses('draft_shifts', tests.a_roster(jsonb_build_array(tests.a_shift('s4', 'door', -1))),
  'refused:invalid', 'A shift ends after it begins');
select tests.refuses('draft_shifts', tests.a_roster(jsonb_build_array(tests.a_shift('s4', 'door', 3, 0))),
  'refused:invalid', 'A shift has at least one place');
select tests.refuses('draft_shifts', tests.a_roster(jsonb_build_array(tests.a_shift('s4', 'door', 3, 51))),
  'refused:invalid', 'A shift has at most fifty places');
select tests.refuses('draft_shifts', tests.a_roster('[]') || '{"roster_id":"r"}', 'refused:invalid',
  'A roster needs an id');
select tests.refuses('draft_shifts',
  tests.a_roster('[]', 'r2') || jsonb_build_object('ends_on', tests.at(200, '00:00')::date), 'refused:invalid',
  'A roster is at most three months');
select tests.refuses('draft_shifts', tests.a_roster('"many"', 'r2'), 'refused:invalid',
  'Shifts that are not a list are bad data');


-- One post, one shift at a time
select tests.refuses('draft_shifts', tests.a_roster(jsonb_build_array(
    tests.a_shift('s6', 'door', 4, 1, '14:00'), tests.a_shift('s7', 'door', 4, 1, '10:00'))),
  'refused:post_covered', 'A plan that overlaps a draft of its post is refused as a whole');
select is(tests.detail(),
  jsonb_build_object('shifts', jsonb_build_array(jsonb_build_object('shift_id', tests.id('s7')))),
  'The refusal names the shifts');
select tests.refuses('draft_shifts', tests.a_roster(jsonb_build_array(
    tests.a_shift('s6', 'door', 4, 1, '14:00'), tests.a_shift('s7', 'door', 4, 1, '17:00'))),
  'refused:post_covered', 'Shifts of one plan do not overlap either');
select is(tests.push('draft_shifts', tests.a_roster(jsonb_build_array(tests.a_shift('s6', 'door', 4, 1, '14:00')))),
  'applied', 'A shift that touches another is made');

select is(tests.push('draft_shifts', tests.a_roster(jsonb_build_array(tests.a_shift('s9', 'gate')
      || jsonb_build_object('starts_at', tests.at(7, '02:00'), 'ends_at', tests.at(7, '05:00'))))),
  'applied', 'The last night of a roster may begin after midnight');

-- Drafts that go with a plan
select is(tests.push('draft_shifts', tests.a_roster(jsonb_build_array(
      tests.a_shift('s7', 'door', 4, 1, '08:00'), tests.a_shift('s8', 'door', 2, 1, '12:00')))
    || jsonb_build_object('drop', jsonb_build_array(tests.id('s1'), tests.id('s3'), tests.id('no_such')))),
  'applied', 'A plan takes the place of drafts it names');
select is(tests.value($$
    select string_agg(to_char(starts_at at time zone interval '+08:00', 'HH24'), ' ' order by starts_at)
    from app.shift where post_id = tests.id('door') and roster_id = tests.id('r1')$$),
  '08 12 14', 'The drafts are gone, the others stand');
select tests.act_as_owner();
insert into app.draft_assignment (id, shift_id, responder_id)
values (tests.id('d7'), tests.id('s7'), tests.id('ping.person'));
select tests.act_as('coordinator');
select is(tests.push('draft_shifts', tests.a_roster('[]') || jsonb_build_object('drop',
      jsonb_build_array(tests.id('s7'), tests.id('s8')))),
  'applied', 'Drafts are taken back without a plan');
select is(tests.value($$select count(*) from app.draft_assignment where id = tests.id('d7')$$), '0',
  'Nobody is planned on them any more');
select is(tests.push('draft_shifts', tests.a_roster(jsonb_build_array(tests.a_shift('s7', 'door', 4, 1, '08:00')))),
  'applied', 'What was taken back is made again under its id');
select tests.act_as_owner();
update app.shift set state = 'open' where id = tests.id('s7');
select tests.act_as('coordinator');
select tests.refuses('draft_shifts',
  tests.a_roster('[]') || jsonb_build_object('drop', jsonb_build_array(tests.id('s7'))),
  'refused:wrong_state', 'A shift that is published is not dropped');
select tests.act_as_owner();
update app.shift set state = 'draft' where id = tests.id('s7');
select tests.act_as('other_coordinator');
select tests.refuses('draft_shifts', tests.a_roster('[]', 'r9', 'other_community')
    || jsonb_build_object('drop', jsonb_build_array(tests.id('s6'))),
  'refused:forbidden', 'Nobody drops a draft of another community');

-- Nobody's plan goes unseen
select tests.act_as_owner();
update app.login set name = '书记' where id = tests.id('coordinator');
insert into app.draft_assignment (id, shift_id, responder_id)
values (tests.id('e1'), tests.id('s7'), tests.id('ping.person')), (tests.id('e2'), tests.id('s7'), tests.id('mei.person'));
select tests.act_as('coordinator');
select tests.refuses('draft_shifts', tests.a_roster('[]') || jsonb_build_object(
    'drop', jsonb_build_array(tests.id('s7')), 'seen', tests.seen('s7', 'ping')),
  'refused:roster_changed', 'A draft with somebody the coordinator did not see is not dropped');
select is(
  (select array_agg(p - 'name' || jsonb_build_object('named', p ? 'name'))
   from jsonb_array_elements(tests.detail() -> 'people') p),
  array[jsonb_build_object('responder_id', tests.id('mei.person'), 'starts_at', tests.at(1, '08:00'),
    'ends_at', tests.at(1, '12:00'), 'named', true)],
  'The refusal names them and their shift');
select tests.refuses('draft_shifts', tests.a_roster('[]') || jsonb_build_object(
    'drop', jsonb_build_array(tests.id('s7')), 'seen', '[]'::jsonb),
  'refused:roster_changed', 'Nor by a coordinator who saw nobody');
select tests.refuses('draft_shifts', tests.a_roster('[]') || jsonb_build_object(
    'drop', jsonb_build_array(tests.id('s7')), 'seen', '[{"shift_id":"x","people":[]}]'::jsonb),
  'refused:invalid', 'What was seen is said by ids');
select is(tests.value($$select count(*) from app.draft_assignment where shift_id = tests.id('s7')$$), '2',
  'Both are still planned');
select is(tests.edit_of('s7'), null, 'Nothing happened to it');
create temp table before as select tests.version_of('r1') as version;
select is(tests.push('draft_shifts', tests.a_roster('[]') || jsonb_build_object(
    'drop', jsonb_build_array(tests.id('s7')), 'seen', tests.seen('s7', 'ping', 'mei', 'qiang'))),
  'applied', 'A draft goes where everybody on it was seen, and somebody who has left it');
select is(tests.version_of('r1') - (select version from before), 1, 'The roster is one version further');
select is(tests.edit_of('s7'), 'dropped 书记 单元门岗 08', 'Other coordinators read who dropped it, and where and when it was');
select is(tests.push('draft_shifts', tests.a_roster(jsonb_build_array(tests.a_shift('s7', 'door', 4, 1, '08:00')))),
  'applied', 'It is made again');
select is(tests.edit_of('s7'), null, 'What is back was not dropped');
select is(tests.push('draft_shifts', tests.a_roster('[]', 'r2') || jsonb_build_object(
    'drop', jsonb_build_array(tests.id('s7')), 'seen', '[]'::jsonb)), 'applied', 'A draft of another roster goes');
select is(tests.version_of('r1') - (select version from before), 3, 'Its own roster is another version, too');

-- Acting as the coordinator of another community, adding to this roster
select tests.act_as('other_coordinator');
select tests.refuses('draft_shifts',
  tests.a_roster(jsonb_build_array(tests.a_shift('s5', 'other_door')), 'r1', 'other_community'), 'refused:forbidden',
  'Nobody adds to the roster of another community');

-- Acting as ping: a responder does not see the draft
select tests.act_as('ping');
select is((select count(*) from tests.visible() where tbl in ('roster', 'shift')),
  0::bigint, 'A responder receives nothing of a draft');

-- A post that asks for a skill
select tests.act_as_owner();
update app.post set skill = '急救' where id = tests.id('gate');
select tests.act_as('coordinator');
select is(tests.push('draft_shifts', tests.a_roster(
    jsonb_build_array(tests.a_shift('skilled', 'gate', 3, 1, '20:00')), 'r_skill')),
  'applied', 'A shift is drafted for a post that asks for a skill');
select is(tests.value($$select requirement ->> 'skill' from app.shift where id = tests.id('skilled')$$), '急救',
  'It is for people who have it');
select tests.refuses('assign', '{"assignment_id":"@d_skill","shift_id":"@skilled","responder_id":"@mei.person",
  "override_reason":"缺人"}', 'refused:not_eligible', 'Nobody without it is put on the draft');
select tests.act_as_owner();
insert into app.draft_assignment (id, shift_id, responder_id)
values (tests.id('d_skill'), tests.id('skilled'), tests.id('mei.person'));
select tests.act_as('coordinator');
select tests.refuses('publish_roster', jsonb_build_object('roster_id', tests.id('r_skill'), 'version',
    tests.value($$select version from app.roster where id = tests.id('r_skill')$$)::int), 'refused:roster_conflict',
  'A roster with somebody who lacks it is not published');
select * from finish();
rollback;
