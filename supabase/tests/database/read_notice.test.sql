-- read_notice: a person has seen what he was told.
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
select tests.refuses('read_notice', '{"notice_id":"@n_ping"}', 'refused:gone', 'Not even the coordinator');
select tests.act_as('ping');
select tests.refuses('read_notice', '{"notice_id":"@none"}', 'refused:gone', 'What does not exist is gone');
select is(tests.push('read_notice', '{"notice_id":"@n_ping"}'), 'applied', 'He reads it');
select is((select data ->> 'state' from tests.visible() where tbl = 'my_notice'), 'read', 'And it is no news');
select is(tests.value($$
    select string_agg(concat(channel, ':', state), ' ' order by channel) || coalesce(max(n.next_at)::text, ' over')
    from app.delivery d
    join app.notice n on n.id = d.notice_id
  $$),
  'in_app:read web_push:not_sent over', 'It arrived in the app, and its ladder is over');
select is(tests.push('read_notice', '{"notice_id":"@n_ping"}'), 'applied', 'Reading it on a second phone is no news');
select is((select count(*) from tests.drift()), 0::bigint, 'What phones hold is what is so') from tests.act_as_owner();
select * from finish();
rollback;
