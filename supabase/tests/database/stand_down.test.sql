-- stand_down: coming shifts end, pending people are thanked, people on post may leave. The mode stays.
begin;
select plan(22);
select tests.make_world();
insert into app.mode (id, org_unit_id, ground, document_no, opened_by, opened_at, renewed_at, expires_at)
values (tests.id('m'), tests.id('community'), '防汛', '1号', tests.id('coordinator'), now(), now(),
  now() + interval '1 day');
insert into app.callout (id, community_id, kind, title, policy, mode_id, attention, opened_by, opened_at)
values (tests.id('c1'), tests.id('community'), 'real', '红色防线', '{"version":1,"offer_min":6,"steps":[]}', tests.id('m'),
  'undecided', tests.id('coordinator'), now());
select tests.make_shift('running', now() - interval '1 hour', 3, 2, 'door', 'c1'),
  tests.make_shift('coming', now() + interval '2 hours', 3, 2, 'door', 'c1');
select tests.make_assignment('a_ping', 'ping', 'running', 'on_post'),
  tests.make_assignment('a_qiang', 'qiang', 'coming');
select tests.make_offer('o_mei', 'mei', 'coming'), tests.make_waiting('w_chen', 'coordinator', 'coming', 1);
select tests.make_offer('o_nobody', 'nobody', 'coming');
update app.offer set state = 'declined' where id = tests.id('o_nobody');

-- Acting as ping, the officer, and the coordinator of another community
select tests.act_as('ping');
select tests.refuses('stand_down', '{"callout_id":"@c1","reason":null}', 'refused:forbidden',
  'A responder stands nothing down');
select tests.act_as('officer');
select tests.refuses('stand_down', '{"callout_id":"@c1","reason":null}', 'refused:forbidden',
  'An officer stands down no community''s call-out');
select tests.act_as('other_coordinator');
select tests.refuses('stand_down', '{"callout_id":"@c1","reason":null}', 'refused:forbidden',
  'A coordinator stands down call-outs of their own community only');

-- Acting as the coordinator
select tests.act_as('coordinator');
select tests.refuses('stand_down', '{"callout_id":"@no_such","reason":null}', 'refused:gone',
  'A call-out that does not exist is gone');
select is(tests.push('stand_down', '{"callout_id":"@c1","reason":"水退了"}'),
  'applied', 'A coordinator stands the call-out down');
select is(tests.value($$
    select state || ' ' || attention || ' ' || (stood_down_at = now()) from app.callout where id = tests.id('c1')
  $$),
  'stood_down none true', 'The call-out is stood down, and waits for no decision');
select is(tests.state_of('shift', 'running') || ' ' || tests.state_of('shift', 'coming'),
  'stood_down stood_down', 'Its shifts are stood down');
select is(tests.state_of('assignment', 'a_qiang') || ', ' || tests.places('coming'),
  'released, 0 filled, 0 held of 2', 'A person who was to come is released');
select is(tests.state_of('assignment', 'a_ping') || ', ' || tests.places('running'),
  'on_post, 1 filled, 0 held of 2', 'A person on post stays until they leave');
select is(tests.state_of('offer', 'o_mei') || ' ' || tests.state_of('offer', 'o_nobody'),
  'withdrawn declined', 'A person who was asked is thanked; a no stays a no');
select is(tests.state_of('waitlist_entry', 'w_chen'), 'passed', 'A person on the waitlist is released');
select is(tests.state_of('mode', 'm'), 'open', 'The mode stays open');
select is(tests.events('stood_down') || ' ' || tests.events('released'),
  '1 1', 'The log says what happened and who was released');
select is(tests.push('stand_down', '{"callout_id":"@c1","reason":null}'),
  'applied:already', 'Standing down twice answers already');

-- Acting as ping and mei
select tests.act_as('ping');
select is(tests.push('check_out',
    '{"assignment_id":"@a_ping","at":"@now","relief_assignment_id":null,"must_leave":null}'),
  'applied', 'A person on post leaves without relief');
select tests.act_as('mei');
select tests.refuses('accept_shift', '{"assignment_id":"@x","shift_id":"@coming","on_full":"refuse"}', 'refused:closed',
  'A late yes is refused as closed');
select is((select data ->> 'state' from tests.visible() where tbl = 'my_offer'),
  'withdrawn', 'The card says the request was withdrawn');
select * from finish();
rollback;
