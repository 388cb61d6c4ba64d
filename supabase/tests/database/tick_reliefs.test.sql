-- tick_reliefs: a relief that does not come. +5 min: a reminder; +10 min: the coordinators are told. Safe when run
-- twice, and hours late.
begin;
select plan(19);
select tests.make_world();
create function tests.told(p_step text) returns text language sql stable as $$
  select coalesce(string_agg(l.sign_in_name, ' ' order by l.sign_in_name), 'nobody')
  from app.notice n
  join app.login l on l.id = n.login_id
  where n.kind = 'relief_late' and n.step = p_step
$$;
create function tests.look(p_minutes numeric) returns text language plpgsql as $$
begin
  perform private.tick_reliefs(now() + make_interval(secs => p_minutes * 60));
  return tests.told('5min') || ', ' || tests.told('10min') || ', ' || tests.events('relief_late');
end $$;
select tests.make_callout('drill');
select tests.make_shift('first', now() - interval '2 hours', 2, 2, 'door', 'drill'),
  tests.make_shift('second', now(), 5, 2, 'door', 'drill');
select tests.make_assignment('a_ping', 'ping', 'first', 'on_post'), tests.make_assignment('a_qiang', 'qiang', 'second'),
  tests.make_assignment('a_nobody', 'nobody', 'second');

-- Acting as ping
select tests.act_as('ping');
select throws_ok($$select private.tick_reliefs(now())$$, '42501', null, 'Nobody runs the scheduler through the API');
select tests.act_as_owner();
select is(tests.look(4.9), 'nobody, nobody, 0', 'Before five minutes nobody is told');
select is(tests.look(5), 'qiang, nobody, 0', 'At five minutes the late person is told, if they have a login');
select is(tests.look(9.9), 'qiang, nobody, 0', 'Once');
select is(tests.look(10), 'qiang, coordinator, 1', 'At ten minutes the coordinators are told, with an event');
select is(tests.look(10), 'qiang, coordinator, 1', 'A second tick says nothing twice');
select is(tests.look(200), 'qiang, coordinator, 1', 'A tick hours later says nothing twice');
select is(tests.value($$
    select shift_id = tests.id('second') and responder_id is null and detail ->> 'minutes' = '10'
    from app.event
    where kind = 'relief_late'
  $$),
  'true', 'The event names the shift; two were expected, so it names nobody');
select tests.commit();
select tests.act_as('coordinator');
select is((select count(*)
           from tests.visible(tests.scope('lead', 'community'))
           where tbl = 'lead_event' and data ->> 'kind' = 'relief_late'),
  1::bigint, 'Leads read the event');
select tests.act_as_owner();

-- Cases that are no late relief
delete from app.notice;
select tests.make_shift('g1', now() - interval '2 hours', 2, 2, 'gate', 'drill'),
  tests.make_shift('g2', now(), 5, 2, 'gate', 'drill');
select tests.make_assignment('a_mei', 'mei', 'g2');
select is(tests.look(11), 'qiang, nobody, 1', 'Without a person to relieve nobody is late');
select tests.make_assignment('a_chen', 'coordinator', 'g1', 'on_post');
update app.assignment set on_post_at = now() where id = tests.id('a_qiang');
delete from app.notice;
update app.assignment set on_post_at = now() + interval '1 minute', state = 'on_post' where id = tests.id('a_mei');
select is(tests.look(11), 'nobody, nobody, 1', 'A person who has come is not late, and neither is the second of two');
update app.assignment set on_post_at = null, state = 'accepted' where id = tests.id('a_mei');
update app.callout set state = 'stood_down' where id = tests.id('drill');
select is(tests.look(11), 'nobody, nobody, 1', 'After a stand-down nobody is called');
update app.callout set state = 'filled' where id = tests.id('drill');
select is(tests.look(301), 'nobody, nobody, 1', 'After the shift''s end nobody is called');

select is_empty('select * from tests.drift()', 'Phones hold what the projections say');

-- A real call-out asks for a check-in only while its mode is open
insert into app.mode (id, org_unit_id, ground, document_no, opened_by, opened_at, renewed_at, expires_at, state)
values (tests.id('m'), tests.id('community'), '防汛', '1号', tests.id('coordinator'), now() - interval '3 hours',
  now() - interval '3 hours', now() + interval '1 hour', 'expired');
update app.callout set kind = 'real', mode_id = tests.id('m') where id = tests.id('drill');
select is(tests.look(300 - 0.1), 'nobody, nobody, 1', 'Without an open mode no check-in is asked for');
update app.mode set state = 'open' where id = tests.id('m');
select is(tests.look(300 - 0.1), 'mei, coordinator, 2', 'Hours late both people are told at once');
select is(tests.value($$
    select responder_id = tests.id('mei.person') from app.event where kind = 'relief_late' and shift_id = tests.id('g2')
  $$),
  'true', 'One person was expected: the event names them');
delete from app.notice;
update app.assignment set state = 'withdrawn' where id = tests.id('a_mei');
update app.shift set filled = 0 where id = tests.id('g2');
delete from app.notice;
select is(tests.look(299), 'nobody, nobody, 2', 'The same shift is not told again');
select tests.make_shift('h1', now() - interval '150 minutes', 2, 2, 'door'),
  tests.make_shift('h2', now() - interval '30 minutes', 5, 2, 'door');
select is(tests.look(11), 'nobody, nobody, 2', 'A roster needs no relief');
select * from finish();
rollback;
