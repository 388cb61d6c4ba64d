-- close_mode goes back to ordinary times.
begin;
select plan(17);
select tests.make_world();
insert into app.mode (id, org_unit_id, ground, document_no, opened_by, opened_at, renewed_at, expires_at) values
  (tests.id('m1'), tests.id('community'), '防汛', '1号', tests.id('coordinator'), now(), now(), now() + interval '1 day'),
  (tests.id('m2'), tests.id('street'), '防汛', '2号', tests.id('officer'), now(), now(), now() + interval '1 day');

-- Acting as ping, admin and the coordinator of another community
select tests.act_as('ping');
select tests.refuses('close_mode', '{"mode_id":"@m1"}', 'refused:forbidden', 'A responder closes nothing');
select tests.act_as('admin');
select tests.refuses('close_mode', '{"mode_id":"@m1"}', 'refused:forbidden', 'Admin closes nothing');
select tests.act_as('other_coordinator');
select tests.refuses('close_mode', '{"mode_id":"@m1"}', 'refused:forbidden',
  'A coordinator acts in their own community only');

-- Acting as the coordinator
select tests.act_as('coordinator');
select tests.refuses('close_mode', '{"mode_id":"@m2"}', 'refused:forbidden',
  'A coordinator does not close the street''s mode');
select tests.refuses('close_mode', '{"mode_id":"@no_such"}', 'refused:gone', 'A mode that does not exist is gone');
select is(tests.push('close_mode', '{"mode_id":"@m1"}'), 'applied', 'The coordinator closes their own mode');
select is(tests.state_of('mode', 'm1') || ' ' || tests.state_of('mode', 'm2'), 'closed open',
  'The mode of the street goes on');
select is(tests.value($$select (private.mode_of(tests.id('building_1'))).id$$),
  tests.id('m2')::text, 'It holds for the buildings of the community');
select is(tests.push('close_mode', '{"mode_id":"@m1"}'), 'applied:already', 'Closing twice answers already');
select is(tests.events('mode_closed'), 1::bigint, 'The log has one closing');
select is(tests.push('open_mode',
    '{"mode_id":"@m3","org_unit_id":"@community","ground":"防汛","document_no":"3号","hours":24}'),
  'applied', 'A closed mode makes room for a new one');

-- Acting as the officer
select tests.act_as('officer');
select is(tests.push('close_mode', '{"mode_id":"@m3"}'), 'applied', 'An officer closes a mode below their unit');
select * from finish();
rollback;
