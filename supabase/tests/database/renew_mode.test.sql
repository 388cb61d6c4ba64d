-- renew_mode: an open mode goes on for at most another 72 hours from now.
begin;
select plan(20);
select tests.make_world();
insert into app.mode (id, org_unit_id, ground, document_no, opened_by, opened_at, renewed_at, expires_at, reminded_at)
values (tests.id('m1'), tests.id('community'), '防汛', '1号', tests.id('coordinator'), now() - interval '23 hours',
    now() - interval '23 hours', now() + interval '1 hour', now()),
  (tests.id('m2'), tests.id('street'), '防汛', '2号', tests.id('officer'), now(), now(), now() + interval '1 day', null);
insert into app.mode (id, org_unit_id, ground, document_no, opened_by, opened_at, renewed_at, expires_at, state)
values (tests.id('m3'), tests.id('community'), '防汛', '3号', tests.id('coordinator'), now() - interval '2 days',
  now() - interval '2 days', now() - interval '1 day', 'expired');

-- Acting as ping and the coordinator of another community
select tests.act_as('ping');
select tests.refuses('renew_mode', '{"mode_id":"@m1","hours":24}', 'refused:forbidden', 'A responder renews nothing');
select tests.act_as('other_coordinator');
select tests.refuses('renew_mode', '{"mode_id":"@m1","hours":24}', 'refused:forbidden',
  'A coordinator renews modes of their own community only');
select tests.act_as('admin');
select tests.refuses('renew_mode', '{"mode_id":"@m1","hours":24}', 'refused:forbidden', 'Admin renews nothing');

-- Acting as the coordinator
select tests.act_as('coordinator');
select tests.refuses('renew_mode', '{"mode_id":"@m2","hours":24}', 'refused:forbidden',
  'A coordinator does not renew the street''s mode');
select tests.refuses('renew_mode', '{"mode_id":"@m3","hours":24}', 'refused:not_open',
  'A mode that expired is opened again, not renewed');
select tests.refuses('renew_mode', '{"mode_id":"@no_such","hours":24}', 'refused:gone',
  'A mode that does not exist is gone');
select tests.refuses('renew_mode', '{"mode_id":"@m1","hours":"long"}', 'refused:invalid', 'Hours are a number');
select is(tests.push('renew_mode', '{"mode_id":"@m1","hours":99}'), 'applied',
  'A coordinator renews the mode of their community');
select is(tests.value($$
    select (expires_at = now() + interval '72 hours') || ' ' || renewals || ' ' || (reminded_at is null)
    from app.mode
    where id = tests.id('m1')
  $$),
  'true 1 true', 'The mode lasts 72 hours from now at most, counts the renewal and may be reminded of again');
select is(tests.events('mode_renewed'), 1::bigint, 'The log has the renewal');

-- Acting as the officer
select tests.act_as('officer');
select is(tests.push('renew_mode', '{"mode_id":"@m1","hours":2}'), 'applied',
  'An officer renews a mode below their node');
select is(tests.value($$
    select (expires_at = now() + interval '2 hours') || ' ' || renewals from app.mode where id = tests.id('m1')
  $$),
  'true 2', 'An officer may make a mode shorter');
-- Acting as the owner: the owner makes no mode longer either
select tests.act_as_owner();
select throws_ok($$update app.mode set expires_at = renewed_at + interval '73 hours' where id = tests.id('m1')$$,
  '23514', null, 'No mode runs longer than 72 hours');
select * from finish();
rollback;
