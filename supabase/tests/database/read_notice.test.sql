-- read_notice: a person has seen a notice. Seeing it confirms nothing.
begin;
select plan(13);
select tests.make_world();
select tests.make_callout('line');
select tests.make_shift('s', now() + interval '1 hour', 3, 5, 'door', 'line');
select tests.make_offer('o_ping', 'ping', 's');
update app.notice set id = tests.id('n_ping');
create function tests.went_all() returns text language sql stable security definer as $$
  select string_agg(concat(channel, ':', state), ' ' order by channel)
    || case when max(n.next_at) is null then ' over' else ' goes on' end
  from app.delivery d
  join app.notice n on n.id = d.notice_id
$$;
grant execute on all functions in schema tests to anon, authenticated;
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
select is(tests.went_all(), 'in_app:read web_push:not_sent goes on',
  'It arrived in the app, and its request is still unanswered');
select is(tests.push('read_notice', '{"notice_id":"@n_ping"}'), 'applied',
  'Reading it on a second phone answers already');
select tests.act_as_owner();
select private.plan_deliveries(tests.at(1, '12:00') + make_interval(mins => m)) from generate_series(1, 4) m;
select is(tests.went_all(), 'in_app:read web_push:not_sent sms:queued call:queued over',
  'It goes on by SMS and to the call list');
select is(tests.value($$select count(*) from projection.call_lead$$), '1',
  'A coordinator may call who saw it and is silent');
select is((select count(*) from tests.drift()), 0::bigint,
  'Phones hold what the projections say') from tests.act_as_owner();
select * from finish();
rollback;
