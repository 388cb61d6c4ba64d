-- log_call: a coordinator calls people that no channel reached; a yes or no by phone is the person's own answer.
begin;
select plan(52);
select tests.make_world();
select tests.make_callout('line');
select tests.make_shift('door_now', now(), 3, 1, 'door', 'line'),
  tests.make_shift('gate_now', now(), 3, 1, 'gate', 'line');
select tests.make_offer('o_ping', 'ping', 'door_now'), tests.make_offer('o_qiang', 'qiang', 'door_now'),
  tests.make_offer('o_mei', 'mei', 'gate_now');
select private.plan_deliveries(tests.at(1, '12:00')), private.plan_deliveries(tests.at(1, '12:01')),
  private.plan_deliveries(tests.at(1, '12:03')), tests.commit();
create function tests.listed() returns text language sql as $$
  select string_agg(concat(o.data ->> 'name', c.data ->> 'calls', c.data ->> 'result'),
    ' ' order by o.data ->> 'name' collate "C")
  from tests.visible() c
  join tests.visible() o on o.tbl = 'offer_lead' and o.pk = c.pk
  where c.tbl = 'call_lead'
$$;
-- Writes a call down so many minutes from now.
create function tests.notes(
  p_minutes int, p_offer text, p_result text, p_place text default 'c', p_id text default null)
returns text language sql security definer as $$
  select tests.push('log_call',
    jsonb_build_object('offer_id', tests.id(p_offer), 'result', p_result, 'assignment_id', tests.id(p_place),
      'waitlist_id', tests.id('w')),
    case when p_id is null then '{}' else jsonb_build_object('id', tests.id(p_id)) end,
    now() + make_interval(mins => p_minutes))
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- People who may not log a call
select tests.act_as('ping');
select is(tests.listed(), null, 'A responder has no call list');
select tests.refuses('log_call', '{"offer_id":"@o_mei","result":"accepted","assignment_id":"@c","waitlist_id":"@w"}',
  'refused:forbidden', 'A responder answers for nobody');
select tests.act_as('other_coordinator');
select tests.refuses('log_call', '{"offer_id":"@o_mei","result":"no_answer","assignment_id":"@c","waitlist_id":"@w"}',
  'refused:forbidden', 'The coordinator of another community answers for nobody');
select tests.act_as('officer');
select tests.refuses('log_call', '{"offer_id":"@o_mei","result":"no_answer","assignment_id":"@c","waitlist_id":"@w"}',
  'refused:forbidden', 'An officer answers for nobody');
select tests.act_as('uninvited');
select tests.keeps_out('log_call', '{"offer_id":"@o_mei","result":"no_answer","assignment_id":"@c","waitlist_id":"@w"}',
  'A login that belongs nowhere answers for nobody');

-- The coordinator calls
select tests.act_as('coordinator');
select is(tests.listed(), '李平0 王强0 赵梅0', 'The call list shows the people nothing reached');
select tests.refuses('log_call', '{"offer_id":"@none","result":"no_answer","assignment_id":"@c","waitlist_id":"@w"}',
  'refused:gone', 'An offer that does not exist is gone');
select tests.refuses('log_call', '{"offer_id":"@o_mei","result":"perhaps","assignment_id":"@c","waitlist_id":"@w"}',
  'refused:invalid', 'An unknown outcome is bad data');
select tests.refuses('log_call', '{"offer_id":"@o_mei","result":"accepted","assignment_id":"c","waitlist_id":"@w"}',
  'refused:invalid', 'A yes needs the id of a place');
select is(tests.push('log_call', '{"offer_id":"@o_mei","result":"no_answer","assignment_id":"@c","waitlist_id":"@w"}'),
  'applied', 'Mei does not answer the call');
select is(tests.push('log_call',
    '{"offer_id":"@o_mei","result":"switched_off","assignment_id":"@c","waitlist_id":"@w"}', '{"id":"@m2"}'),
  'applied', 'Mei''s phone is switched off at the next call');
select is(tests.listed() like '%赵梅2%', true, 'Mei stays on the list, called twice');
select is(tests.state_of('offer', 'o_mei') || ' ' || tests.places('gate_now'),
  'sent 0 filled, 0 held of 1', 'Mei may still answer in the app');
select is(tests.push('log_call',
    '{"offer_id":"@o_ping","result":"accepted","assignment_id":"@a_ping","waitlist_id":"@w"}'),
  'applied', 'Ping says yes');
select is(tests.places('door_now') || ' ' || tests.state_of('assignment', 'a_ping') || ' '
    || tests.state_of('offer', 'o_ping'),
  '1 filled, 0 held of 1 accepted accepted', 'Ping has the place, counted like any other');
select is(tests.value($$
    select created_by = tests.id('coordinator') and responder_id = tests.id('ping.person')
    from app.assignment
    where id = tests.id('a_ping')
  $$),
  'true', 'The place is marked as given through the coordinator');
select is(tests.push('log_call',
    '{"offer_id":"@o_ping","result":"accepted","assignment_id":"@a_ping2","waitlist_id":"@w"}'),
  'applied:already', 'A second yes takes no second place');
select is(tests.push('log_call',
    '{"offer_id":"@o_qiang","result":"accepted","assignment_id":"@a_qiang","waitlist_id":"@w_qiang"}'),
  'applied:waitlisted', 'The place is gone: qiang waits for it, as if by an own tap');
select is(tests.state_of('waitlist_entry', 'w_qiang'), 'waiting', 'Qiang is on the waitlist');
select is(tests.push('log_call', '{"offer_id":"@o_mei","result":"declined","assignment_id":"@c","waitlist_id":"@w"}'),
  'applied', 'Mei says no');
select is(tests.state_of('offer', 'o_mei') || ' '
    || tests.value($$select reason from app.offer where id = tests.id('o_mei')$$),
  'declined call', 'Mei''s offer is declined');
select is(tests.listed(), '王强1accepted', 'A person who has answered leaves the list');
select is(tests.value($$
    select string_agg(result::text, ' ' order by id::text = tests.id('m2')::text)
    from app.call_log
    where offer_id = tests.id('o_mei') and result <> 'declined'
  $$),
  'no_answer switched_off', 'Every call is on record');
select is(tests.events('called'), 6::bigint, 'Every call is in the log, without a name');
select tests.act_as_owner();
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select is((select count(*) from app.event where detail::text ~ '李平|199' or reason ~ '李平|199'),
  0::bigint, 'No name or number stands in an event');

-- What was written down by mistake is taken back
select tests.act_as('ping');
select tests.refuses('log_call', '{"offer_id":"@o_mei","result":"undone","assignment_id":"@c","waitlist_id":"@w"}',
  'refused:forbidden', 'A responder takes nothing back');
select tests.act_as('coordinator');
select is(tests.notes(1, 'o_mei', 'undone'),
  'applied', 'A no is taken back');
select is(tests.state_of('offer', 'o_mei') || ' ' || tests.listed(), 'sent 王强1accepted 赵梅3undone',
  'Mei is asked as before and stands on the list again');
select is(tests.notes(2, 'o_mei', 'undone'),
  'applied:already', 'Taking back twice answers already');
select is(tests.notes(3, 'o_ping', 'undone'),
  'applied', 'A yes is taken back');
select is(tests.state_of('assignment', 'a_ping') || ' ' || tests.state_of('offer', 'o_ping') || ' '
    || tests.places('door_now') || ' ' || tests.state_of('waitlist_entry', 'w_qiang'),
  'withdrawn sent 0 filled, 1 held of 1 held', 'The place is free again, and held for the person who waits');
select is(tests.notes(4, 'o_qiang', 'undone'),
  'applied', 'A yes that led to the waitlist is taken back');
select is(tests.state_of('waitlist_entry', 'w_qiang') || ' ' || tests.places('door_now'),
  'left 0 filled, 0 held of 1', 'Qiang waits no more');
select is(tests.value($$select string_agg(result::text, ' ' order by result) from app.call_log
    where offer_id = tests.id('o_ping')$$),
  'accepted accepted undone', 'Nothing is deleted: the correction stands beside what it corrects');
select is(tests.notes(5, 'o_ping', 'accepted', 'a_ping3', 'm9'),
  'applied', 'Ping says yes after all');
select tests.act_as_owner();
update app.assignment set state = 'on_post', on_post_at = now() where id = tests.id('a_ping3');
select tests.act_as('coordinator');
select tests.refuses('log_call', '{"offer_id":"@o_ping","result":"undone","assignment_id":"@c","waitlist_id":"@w"}',
  'refused:wrong_state', 'The yes of a person on post stands');
select tests.act_as_owner();
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say after it');
update app.call_log set at = at - interval '31 minutes' where offer_id = tests.id('o_mei');
select tests.act_as('coordinator');
select is(tests.notes(6, 'o_mei', 'declined', 'c', 'm10'),
  'applied', 'Mei says no again');
select tests.act_as_owner();
update app.call_log set at = now() - interval '31 minutes' where id = tests.id('m10');
delete from app.call_log where result = 'undone' and offer_id = tests.id('o_mei');
select tests.act_as('coordinator');
select tests.refuses('log_call', '{"offer_id":"@o_mei","result":"undone","assignment_id":"@c","waitlist_id":"@w"}',
  'refused:wrong_state', 'After half an hour an answer stands');
select is(tests.push('stand_down', '{"callout_id":"@line","reason":null}'), 'applied', 'The call-out is stood down');
select is(tests.listed(), null, 'Nobody is left to call');
select * from finish();
rollback;
