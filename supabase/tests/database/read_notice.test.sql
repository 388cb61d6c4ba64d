-- read_notice: a person has seen a notice.
begin;
select plan(11);
select tests.make_world();
select tests.make_callout('line');
select tests.make_shift('s', now() + interval '1 hour', 3, 5, 'door', 'line');
select tests.make_offer('o_ping', 'ping', 's');
update app.notice set id = tests.id('n_ping');
select private.plan_deliveries(tests.at(1, '12:00'));

select tests.act_as('mei');
select tests.refuses('read_notice', '{"notice_id":"@n_ping"}', 'refused:gone', 'Nobody reads another person''s notice');
select tests.act_as('coordinator');
select tests.refuses('read_notice', '{"notice_id":"@n_ping"}', 'refused:gone',
  'The coordinator reads no notice of another person');
select tests.act_as('ping');
select tests.refuses('read_notice', '{"notice_id":"@none"}', 'refused:gone', 'A notice that does not exist is gone');
select is(tests.push('read_notice', '{"notice_id":"@n_ping"}'), 'applied', 'A person reads their notice');
select is((select data ->> 'state' from tests.visible() where tbl = 'my_notice'), 'read',
  'A notice that was read is not new');
select is(tests.value($$
    select string_agg(concat(channel, ':', state), ' ' order by channel) || coalesce(max(n.next_at)::text, ' over')
    from app.delivery d
    join app.notice n on n.id = d.notice_id
  $$),
  'in_app:read web_push:not_sent over', 'The notice arrived in the app, and its ladder is over');
select is(tests.push('read_notice', '{"notice_id":"@n_ping"}'), 'applied',
  'Reading it on a second phone answers already');
select is((select count(*) from tests.drift()), 0::bigint,
  'Phones hold what the projections say') from tests.act_as_owner();
select * from finish();
rollback;
