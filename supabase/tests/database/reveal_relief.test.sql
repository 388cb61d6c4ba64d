-- reveal_contact: whoever stands on a post may call the relief that comes to it, and nobody else of that shift's post.
begin;
select plan(8);
select tests.make_world();
select tests.make_shift('now', now() - interval '2 hours', 2, 3, 'door'),
  tests.make_shift('next', now(), 2, 2, 'door'), tests.make_shift('later', now() + interval '2 hours', 2, 2, 'door');
select tests.make_assignment('a_ping', 'ping', 'now', 'on_post'),
  tests.make_assignment('a_mei', 'mei', 'next'), tests.make_assignment('a_qiang', 'qiang', 'later');
grant execute on all functions in schema tests to anon, authenticated;

select tests.act_as('ping');
select is(api.reveal_contact(tests.id('mei.person'), '等您接班') ->> 'status',
  'applied', 'The person on post sees the number of the relief');
select tests.denies($$select api.reveal_contact(tests.id('qiang.person'), '等您接班')$$,
  'refused:not_on_duty_together', 'But not of somebody who comes after the relief');
select tests.act_as('mei');
select tests.denies($$select api.reveal_contact(tests.id('ping.person'), '我来接班')$$,
  'refused:not_on_duty_together', 'The relief, who stands nowhere yet, sees no number');
select tests.act_as_owner();
select is((select count(*) from app.contact_reveal), 1::bigint, 'The look is logged');
update app.assignment set state = 'done', off_post_at = now() where id = tests.id('a_ping');
select tests.act_as('ping');
select tests.denies($$select api.reveal_contact(tests.id('mei.person'), '等您接班')$$,
  'refused:not_on_duty_together', 'Whoever has left calls nobody');
select * from finish();
rollback;
