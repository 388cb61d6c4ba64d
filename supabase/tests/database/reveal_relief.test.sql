-- reveal_contact: a person on post may call the relief that comes to it, from the check-in until the hand-over,
-- and nobody else of that shift's post.
begin;
select plan(16);
select tests.make_world();
select tests.make_shift('now', now() - interval '2 hours', 2, 3, 'door'),
  tests.make_shift('next', now(), 2, 2, 'door'), tests.make_shift('later', now() + interval '2 hours', 2, 2, 'door');
select tests.make_assignment('a_ping', 'ping', 'now'),
  tests.make_assignment('a_mei', 'mei', 'next'), tests.make_assignment('a_qiang', 'qiang', 'later');
grant execute on all functions in schema tests to anon, authenticated;

select tests.act_as('ping');
select tests.denies($$select api.reveal_contact(tests.id('mei.person'), '等您接班')$$,
  'refused:not_on_duty_together', 'Before they have checked in, a person on the way sees no number');
select tests.act_as_owner();
update app.assignment set state = 'on_post', on_post_at = now() where id = tests.id('a_ping');
select tests.act_as('ping');
select is(tests.said(api.reveal_contact(tests.id('mei.person'), ' ')), 'refused:invalid', 'A reason is asked for');
select is(api.reveal_contact(tests.id('mei.person'), '等您接班') ->> 'status',
  'applied', 'The person on post sees the number of the relief');
select tests.denies($$select api.reveal_contact(tests.id('qiang.person'), '等您接班')$$,
  'refused:not_on_duty_together', 'But not of somebody who comes after the relief');
select tests.act_as('mei');
select tests.denies($$select api.reveal_contact(tests.id('ping.person'), '我来接班')$$,
  'refused:not_on_duty_together', 'The relief, who stands nowhere yet, sees no number');
select tests.act_as_owner();
select is(tests.value($$
    select string_agg(concat_ws(' ', login_id = tests.id('ping'), responder_id = tests.id('mei.person'), reason), ', ')
    from app.contact_reveal
  $$), 't t 等您接班', 'The one look is logged, with who, whose number and why');
insert into app.handover (id, community_id, to_assignment_id, taken_at)
values (tests.id('a_ping'), tests.id('community'), tests.id('a_mei'), now());
select tests.act_as('ping');
select tests.denies($$select api.reveal_contact(tests.id('mei.person'), '等您接班')$$,
  'refused:not_on_duty_together', 'After the relief has taken over, nobody is called any more, still there or not');
select tests.act_as_owner();
delete from app.handover;
select tests.act_as('ping');
select is(api.reveal_contact(tests.id('mei.person'), '等您接班') ->> 'status', 'applied', 'Until then they are');
select tests.act_as_owner();
update app.shift set post_id = tests.id('gate') where id = tests.id('next');
select tests.act_as('ping');
select tests.denies($$select api.reveal_contact(tests.id('mei.person'), '等您接班')$$,
  'refused:not_on_duty_together', 'Who comes to another post is no relief');
select tests.act_as_owner();
update app.shift set post_id = tests.id('door') where id = tests.id('next');
update app.assignment set state = 'done', off_post_at = now() where id = tests.id('a_ping');
select tests.act_as('ping');
select tests.denies($$select api.reveal_contact(tests.id('mei.person'), '等您接班')$$,
  'refused:not_on_duty_together', 'A person who has left calls nobody');
select * from finish();
rollback;
