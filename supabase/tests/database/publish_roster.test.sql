-- publish_roster: drafts become open shifts and plans become places, all or nothing.
begin;
select plan(46);
select tests.make_world();
insert into app.roster (id, community_id, name, starts_on, ends_on)
values (tests.id('r1'), tests.id('community'), '下周', tests.at(1, '00:00')::date, tests.at(8, '00:00')::date);
insert into app.shift (id, community_id, post_id, roster_id, starts_at, ends_at, capacity, state)
values (tests.id('morning'), tests.id('community'), tests.id('door'), tests.id('r1'), tests.at(1, '08:00'),
    tests.at(1, '11:00'), 1, 'draft'),
  (tests.id('noon'), tests.id('community'), tests.id('door'), tests.id('r1'), tests.at(1, '11:00'),
    tests.at(1, '14:00'), 2, 'draft'),
  (tests.id('gone_by'), tests.id('community'), tests.id('door'), tests.id('r1'), tests.at(-2, '11:00'),
    tests.at(-2, '14:00'), 1, 'draft');
insert into app.draft_assignment (id, shift_id, responder_id)
values (tests.id('d_ping'), tests.id('morning'), tests.id('ping.person')),
  (tests.id('d_qiang'), tests.id('morning'), tests.id('qiang.person')),
  (tests.id('d_mei'), tests.id('noon'), tests.id('mei.person')),
  (tests.id('d_old'), tests.id('gone_by'), tests.id('mei.person'));
select tests.make_shift('elsewhere', tests.at(1, '12:00'), 3, 1, 'gate');
select tests.make_assignment('a_mei', 'mei', 'elsewhere');

-- A roster that leaves somebody too little rest (R17)
insert into app.roster (id, community_id, name, starts_on, ends_on)
values (tests.id('r2'), tests.id('community'), '下下周', tests.at(2, '00:00')::date, tests.at(5, '00:00')::date);
insert into app.shift (id, community_id, post_id, roster_id, starts_at, ends_at, capacity, state)
values (tests.id('late'), tests.id('community'), tests.id('gate'), tests.id('r2'), tests.at(2, '16:00'),
    tests.at(2, '20:00'), 1, 'draft'),
  (tests.id('early'), tests.id('community'), tests.id('gate'), tests.id('r2'), tests.at(3, '06:00'),
    tests.at(3, '10:00'), 1, 'draft'),
  (tests.id('long'), tests.id('community'), tests.id('door'), tests.id('r2'), tests.at(3, '10:00'),
    tests.at(3, '20:00'), 1, 'draft');
insert into app.draft_assignment (id, shift_id, responder_id)
values (tests.id('t_late'), tests.id('late'), tests.id('qiang.person')),
  (tests.id('t_early'), tests.id('early'), tests.id('qiang.person')),
  (tests.id('t_long'), tests.id('long'), tests.id('qiang.person'));

-- Acting as ping
select tests.act_as('ping');
select tests.refuses('publish_roster', '{"roster_id":"@r1","version":1}', 'refused:forbidden',
  'A responder publishes nothing');
select is((select count(*) from tests.visible() where tbl = 'roster' and pk = tests.id('r1')),
  0::bigint, 'A responder receives nothing of the draft');
-- Acting as the officer and the coordinator of another community
select tests.act_as('officer');
select tests.refuses('publish_roster', '{"roster_id":"@r1","version":1}', 'refused:forbidden',
  'An officer publishes nothing');
select tests.act_as('other_coordinator');
select tests.refuses('publish_roster', '{"roster_id":"@r1","version":1}', 'refused:forbidden',
  'A coordinator publishes rosters of their own community only');

-- Acting as the coordinator
select tests.act_as('coordinator');
select tests.refuses('publish_roster', '{"roster_id":"@r1","version":7}', 'refused:roster_changed',
  'A roster changed since it was seen is not published');
select is(tests.detail(), '{"version":1}', 'The refusal tells the version');
select tests.refuses('publish_roster', '{"roster_id":"@r1"}', 'refused:roster_changed',
  'A roster without the version seen is not published');
select tests.refuses('publish_roster', '{"roster_id":"@r1","version":1}', 'refused:over_capacity',
  'More people than places are not published');
select is(tests.detail() #>> '{shifts,0,shift_id}', tests.id('morning')::text,
  'The refusal names the shift with too many people');
select is(tests.push('unassign', '{"assignment_id":"@d_qiang","reason":null}'), 'applied',
  'The coordinator takes one person off');
select tests.refuses('publish_roster', '{"roster_id":"@r1","version":1}', 'refused:roster_conflict',
  'A person booked twice at once is not published');
select is(tests.detail() #>> '{people,0,name}', '赵梅', 'The refusal names the person');
select is(tests.push('unassign', '{"assignment_id":"@a_mei","reason":null}'), 'applied',
  'The coordinator releases that person elsewhere');
select is(tests.push('publish_roster', '{"roster_id":"@r1","version":1}'), 'applied', 'The roster is published');
select is(tests.state_of('roster', 'r1') || ' ' || tests.state_of('shift', 'morning') || ' '
    || tests.state_of('shift', 'noon'),
  'published open open', 'The roster''s shifts are open');
select is(tests.places('morning') || '; ' || tests.places('noon') || '; ' || tests.places('gone_by'),
  '1 filled, 0 held of 1; 1 filled, 0 held of 2; 0 filled, 0 held of 1',
  'Each planned person of a coming shift holds a place');
select is(tests.value($$
    select string_agg(state::text, ' ') from app.assignment where id in (tests.id('d_ping'), tests.id('d_mei'))
  $$),
  'assigned assigned', 'Those places await confirmation, under the id of the plan');
select is(tests.value($$
    select count(*) from app.draft_assignment where id in (tests.id('d_ping'), tests.id('d_mei'))
  $$), '0', 'No plan is left');
select is(tests.events('roster_published'), 1::bigint, 'The log has the publication');
select tests.refuses('publish_roster', '{"roster_id":"@no_such","version":1}', 'refused:gone',
  'A roster that does not exist is gone');

-- Acting as ping
select tests.act_as('ping');
select is((select count(*) from tests.visible() where tbl = 'my_assignment' and pk = tests.id('d_ping')),
  1::bigint, 'Ping receives their card');
select is((select count(distinct pk) from tests.visible() where tbl = 'roster' and pk = tests.id('r1')),
  1::bigint, 'Ping receives the roster');

-- Acting as the coordinator
select tests.act_as('coordinator');
select tests.refuses('publish_roster', '{"roster_id":"@r2","version":1,"override_reason":"人手不够"}',
  'refused:roster_tired', 'Nobody lifts a hard limit of rest, whatever the reason');
select is(tests.detail() #>> '{people,0,hard}', 'day_hours', 'The refusal says which');
select is(tests.push('unassign', '{"assignment_id":"@t_long","reason":null}'), 'applied',
  'The coordinator takes them off the long shift');
select tests.refuses('publish_roster', '{"roster_id":"@r2","version":1}', 'refused:roster_tired',
  'A soft limit is lifted by a reason only');
select tests.refuses('publish_roster', jsonb_build_object('roster_id', '@r2', 'version', 1,
    'override_reason', '人手不够', 'seen', repeat('a', 64)), 'refused:roster_changed',
  'People whom the coordinator has not seen are not published');
select is(tests.push('save_availability', '{"responder_id":"@qiang.person","fits":[]}'), 'applied',
  'Nothing suits qiang, which is lifted in the same way');
select is(tests.push('add_absence', jsonb_build_object('absence_id', '@leave', 'responder_id', '@qiang.person',
    'reason', '看病', 'starts_at', now(), 'ends_at', now() + interval '20 days')), 'applied',
  'They are away, too');
select is(tests.push('publish_roster', jsonb_build_object('roster_id', '@r2', 'version', 1,
    'override_reason', '人手不够', 'seen', tests.value($$
      select private.seen_people(array[tests.id('late'), tests.id('early'), tests.id('long')])
    $$))),
  'applied', 'With a reason the roster is published');
select is(tests.value($$
    select string_agg(array_to_string(limits, ',') || ' ' || reason || ' '
      || (by_login = tests.id('coordinator'))::text, '; ' order by id)
    from app.override where id in (tests.id('t_late'), tests.id('t_early'))
  $$),
  'rest,away,off_hours 人手不够 true; rest,away,off_hours 人手不够 true', 'The reason is kept with the name, for each turn');

-- Duty of a month that nobody would see
select tests.act_as_owner();
insert into app.roster (id, community_id, name, starts_on, ends_on)
values (tests.id('far'), tests.id('community'), '很久以后', (private.publish_until(now()) - interval '1 day')::date,
  (private.publish_until(now()) + interval '2 days')::date);
insert into app.shift (id, community_id, post_id, roster_id, starts_at, ends_at, capacity, state)
values (tests.id('far_shift'), tests.id('community'), tests.id('door'), tests.id('far'), private.publish_until(now()),
  private.publish_until(now()) + interval '3 hours', 1, 'draft');
select tests.act_as('coordinator');
select tests.refuses('publish_roster', '{"roster_id":"@far","version":1}', 'refused:too_early',
  'A roster beyond the third month after this one is not published');
select tests.act_as_owner();
update app.shift set starts_at = starts_at - interval '3 hours', ends_at = ends_at - interval '3 hours'
where id = tests.id('far_shift');
select tests.commit();
select tests.act_as('coordinator');
select is(tests.push('publish_roster', '{"roster_id":"@far","version":1}'), 'applied', 'Its last hours are');
select tests.commit();
select is((select count(*) from tests.visible() where pk = tests.id('far_shift')), 1::bigint,
  'The coordinator still has them');
select * from finish();
rollback;
