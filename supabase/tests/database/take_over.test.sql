-- take_over: a running shift handed to a person who is present; the record splits at that minute.
begin;
select plan(71);
select tests.make_world();
select tests.make_callout('drill');
select tests.make_shift('first', now() - interval '2 hours', 3, 2, 'door', 'drill'),
  tests.make_shift('second', now() + interval '1 hour', 2, 1, 'door', 'drill');
select tests.make_shift('elsewhere', now() + interval '30 minutes', 2, 2, 'gate', 'drill'),
  tests.make_shift('over', now() - interval '3 hours', 2, 2, 'gate', 'drill'),
  tests.make_shift('after', now() - interval '1 hour', 90.0 / 60, 1, 'gate', 'drill');
select tests.make_assignment('a_ping', 'ping', 'first', 'on_post'),
  tests.make_assignment('a_nobody', 'nobody', 'first', 'accepted');
update app.assignment set on_post_at = starts_at where id = tests.id('a_ping');
-- a skill that nobody has: who stands there takes over all the same
update app.shift set requirement = '{"skill":"急救"}' where id = tests.id('first');

grant execute on all functions in schema tests to anon, authenticated;

-- Acting as a bystander, another coordinator, the officer, a grid lead, a login that belongs nowhere, anon
select tests.act_as('mei');
select tests.refuses('take_over', tests.swap('a_ping', 'a_mei', 'mei'), 'refused:forbidden',
  'Nobody takes a shift away from another');
select tests.act_as('other_coordinator');
select tests.refuses('take_over', tests.swap('a_ping', 'a_mei', 'mei'), 'refused:forbidden',
  'A coordinator swaps people of their own community only');
select tests.act_as('officer');
select tests.refuses('take_over', tests.swap('a_ping', 'a_mei', 'mei'), 'refused:forbidden',
  'An officer acts for nobody');
select tests.act_as('grid_lead');
select tests.refuses('take_over', tests.swap('a_ping', 'a_mei', 'mei'), 'refused:forbidden',
  'A grid lead forces a handover, but swaps nobody');
select tests.act_as('uninvited');
select tests.keeps_out('take_over', tests.swap('a_ping', 'a_mei', 'mei'), 'A login that belongs nowhere swaps nobody');
select tests.act_as_anon();
select tests.raises($$select api.push(gen_random_uuid(), 1, '[{"seq":1}]')$$,
  '42501', 'Nobody swaps anybody without signing in');

-- Acting as ping
select tests.act_as('ping');
select tests.refuses('take_over', tests.swap('no_such', 'a_mei', 'mei'), 'refused:gone',
  'A shift that does not exist is gone');
select tests.refuses('take_over', tests.swap('a_ping', 'a_mei', 'ping'), 'refused:invalid',
  'Nobody hands over to themselves');
select tests.refuses('take_over', tests.swap('a_ping', 'a_mei', 'wei'), 'refused:not_eligible',
  'A shift is not handed to a person of another community');
select is(tests.push('take_over', tests.swap('a_ping', 'a_mei', 'no_such')), 'refused:wrong_code',
  'A shift is not handed to an unknown person');
select is(tests.push('take_over', tests.swap('a_ping', 'a_mei', 'nobody')),
  'refused:wrong_code', 'A shift is not handed to a person without their code');
select is(tests.push('take_over', tests.swap('a_ping', 'a_mei', 'mei') - 'code'),
  'refused:wrong_code', 'A shift is not handed to a person who is only named');
select is(tests.push('take_over',
    tests.swap('a_ping', 'a_mei', 'mei') || jsonb_build_object('code', tests.shown('qiang'))),
  'refused:wrong_code', 'A shift is not handed over by the code of another person');
select is(tests.push('take_over',
    tests.swap('a_ping', 'a_mei', 'mei') || jsonb_build_object('code', tests.shown('mei', now(), -2))),
  'refused:wrong_code', 'A shift is not handed over by a code of ten minutes ago');
select is(tests.push('take_over',
    tests.swap('a_ping', 'a_mei', 'mei') || jsonb_build_object('code', left(tests.shown('mei'), 5))),
  'refused:wrong_code', 'A shift is not handed over by half a code');
select is(tests.push('take_over', tests.swap('a_ping', 'a_mei', 'mei') || '{"code":{"a":1}}'),
  'refused:invalid', 'A shift is not handed over by other words');
select is(tests.push('take_over',
    (tests.swap('a_ping', 'a_mei', 'mei') - 'at')
      || jsonb_build_object('code', tests.shown('mei', now() - interval '60 days')),
    jsonb_build_object('device_at', now() - interval '60 days')),
  'refused:wrong_code', 'A shift is not handed over by a code seen two months ago, with the clock set back to then');
select is(tests.value($$
    select string_agg(distinct state::text || ' ' || responder_id, ' ')
    from app.assignment
    where shift_id = tests.id('first') and state = 'on_post'
  $$),
  'on_post ' || tests.id('ping.person'), 'The first person still stands there');
select is(tests.events('stand_in_refused'), 7::bigint, 'The coordinator is told of each wrong code');
-- Acting as the coordinator: to a person who has a place there
select tests.act_as('coordinator');
select tests.refuses('take_over', tests.swap('a_ping', 'a_mei', 'nobody'), 'refused:overlap',
  'A shift is not handed to a person who has a place there');
select tests.act_as('ping');
select tests.refuses('take_over', tests.swap('a_ping', 'a_mei', 'mei', now() - interval '2 hours 10 minutes'),
  'refused:wrong_state',
  'A shift is not handed over before the person''s arrival',
  jsonb_build_object('device_at', now() - interval '2 hours 10 minutes'));
-- Acting as the owner: mei waits for this very shift and is promised elsewhere from T+30
select tests.act_as_owner();
select tests.make_assignment('a_else', 'mei', 'elsewhere'), tests.make_waiting('w_mei', 'mei', 'first', 1);
select tests.act_as('ping');
select tests.refuses('take_over', tests.swap('a_ping', 'a_mei', 'mei'), 'refused:overlap',
  'A shift is not handed to a person whose own shift overlaps');
select tests.act_as_owner();
update app.assignment set state = 'withdrawn' where id = tests.id('a_else');
update app.shift set filled = 0 where id = tests.id('elsewhere');
select tests.act_as('ping');
select is(tests.push('take_over', tests.swap('a_ping', 'a_mei', 'mei', now() - interval '20 minutes'),
    jsonb_build_object('device_at', now() - interval '20 minutes')),
  'applied', 'A shift is handed to a free person of the same community, reported late');
select is(tests.value($$
    select state || ' ' || (off_post_at = now() - interval '20 minutes') || ' ' || (ends_at = off_post_at) || ' '
      || (on_post_at = starts_at)
    from app.assignment
    where id = tests.id('a_ping')
  $$),
  'relieved true true true', 'The first record ends at that minute');
select is(tests.value($$
    select detail ->> 'proof' || ' ' || (select vouched_by is null from app.assignment where id = tests.id('a_mei'))
    from app.event
    where kind = 'taken_over'
  $$),
  'code true', 'The relief proved their presence by the code alone');
select is(tests.value($$
    select state || ' ' || (on_post_at = now() - interval '20 minutes') || ' ' || (starts_at = on_post_at) || ' '
      || (ends_at = now() + interval '1 hour')
    from app.assignment
    where id = tests.id('a_mei')
  $$),
  'on_post true true true', 'The relief''s record begins there and goes to the end');
select is(tests.places('first'), '2 filled, 0 held of 2', 'As many places are filled as before');
select is(tests.state_of('waitlist_entry', 'w_mei'), 'taken', 'A person who takes over waits no longer');
select is(tests.handover('a_ping'), 'to mei given', 'The swap is a handover too');
select is(tests.events('taken_over'), 1::bigint, 'Leads are told');
select is(tests.push('take_over', tests.swap('a_ping', 'a_mei', 'mei')), 'applied:already',
  'Swapping twice answers the same');
select tests.refuses('take_over', tests.swap('a_ping', 'a_qiang', 'qiang'), 'refused:wrong_state',
  'A person who has left hands nothing over');
-- Acting as mei
select tests.act_as('mei');
select is(tests.push('take_handover',
    '{"assignment_id":"@a_mei","from_assignment_id":"@a_ping","at":"@now","note":null}'),
  'applied', 'The relief confirms the handover');
select is(tests.handover('a_ping'), 'to mei given taken', 'Both have confirmed');
-- Acting as the coordinator for two people
select tests.act_as('coordinator');
select is(tests.push('take_over', tests.swap('a_mei', 'a_qiang', 'qiang') - 'code'),
  'applied', 'A coordinator swaps two people');
select is(tests.value($$
    select (vouched_by = tests.id('coordinator')) || ' '
      || (select detail ->> 'proof' || ' ' || (login_id = tests.id('coordinator'))
          from app.event
          where kind = 'taken_over' and subject_id = a.id)
    from app.assignment a
    where id = tests.id('a_qiang')
  $$),
  'true coordinator true', 'Row and event name the coordinator');
select is(tests.value($$
    select sum(off_post_at - on_post_at)::text
    from app.assignment
    where shift_id = tests.id('first') and off_post_at is not null
  $$),
  '02:00:00', 'The hours of both add up to the time stood');
select is(tests.value($$select given_at is null from app.handover where id = tests.id('a_mei')$$),
  'true', 'Nobody confirmed for the person');

-- Acting as the owner: the call-out is stood down
select tests.act_as_owner();
update app.callout set state = 'stood_down', stood_down_at = now() - interval '1 minute' where id = tests.id('drill');
update app.shift set state = 'stood_down' where id = tests.id('first');
select tests.act_as('qiang');
select tests.refuses('take_over', tests.swap('a_qiang', 'a_chen', 'coordinator'), 'refused:wrong_state',
  'A shift is not handed over in the very minute of arrival');
select tests.act_as_owner();
update app.assignment
set on_post_at = now() - interval '15 minutes', starts_at = now() - interval '15 minutes'
where id = tests.id('a_qiang');
select tests.act_as('qiang');
select tests.refuses('take_over', tests.swap('a_qiang', 'a_chen', 'coordinator'), 'refused:closed',
  'After a stand-down nobody takes over');
select is(tests.push('take_over', tests.swap('a_qiang', 'a_chen', 'coordinator', now() - interval '10 minutes'),
    jsonb_build_object('device_at', now() - interval '10 minutes')),
  'applied', 'A swap from before the stand-down still counts');

-- Acting as the owner: after the end, when the relief has not come
select tests.act_as_owner();
update app.callout set state = 'open', stood_down_at = null where id = tests.id('drill');
select tests.make_assignment('a_late', 'ping', 'over', 'on_post');
select tests.act_as('coordinator');
select is(tests.push('take_over', tests.swap('a_late', 'a_next', 'mei')),
  'applied', 'In overtime a present person takes the shift that follows');
select is(tests.value($$
    select s.id = tests.id('after') and a.starts_at = now() and a.ends_at = s.ends_at
    from app.assignment a
    join app.shift s on s.id = a.shift_id
    where a.id = tests.id('a_next')
  $$),
  'true', 'Their record goes from that minute to its end');
select is(tests.places('over') || ', ' || tests.places('after'),
  '0 filled, 0 held of 2, 1 filled, 0 held of 1', 'One place is given back, one is taken');
select is(tests.value($$
    select state || ' ' || (off_post_at - ends_at) from app.assignment where id = tests.id('a_late')
  $$),
  'relieved 01:00:00', 'The overtime of the first person stays');
select tests.act_as_owner();
select tests.make_assignment('a_late2', 'qiang', 'over', 'on_post');
select tests.act_as('coordinator');
select tests.refuses('take_over', tests.swap('a_late2', 'a_next2', 'ping'), 'refused:full',
  'A shift that follows is not taken when it is full');
-- Acting as qiang: guessing
select tests.act_as('qiang');
select is(tests.value($$
    select count(*)
    from generate_series(1, 12)
    where tests.push('take_over', tests.swap('a_late2', 'a_guess', 'mei') || '{"code":"000000"}') = 'refused:wrong_code'
  $$),
  '12', 'A wrong code is counted');
select is(tests.value($$
    select count(*) from app.event where kind = 'stand_in_refused' and responder_id = tests.id('qiang.person')
  $$),
  '10', 'Ten wrong codes an hour are answered');
select is(tests.push('take_over', tests.swap('a_late2', 'a_guess', 'mei')),
  'refused:wrong_code', 'After ten the right code is refused too');
-- Guessing for nothing: a push of guesses that fails would take their counts back
select tests.act_as_owner();
delete from app.rate_window;
create sequence tests.tried;
create function tests.count_try() returns trigger language plpgsql security definer as $$
begin
  perform nextval('tests.tried');
  return new;
end $$;
create trigger counts_tries before insert on app.rate_window for each row execute function tests.count_try();
create function tests.guesses(p_n int, p_tail jsonb) returns jsonb language plpgsql as $$
declare
  v_client uuid := tests.id(private.login_id() || ' phone');
  v_seq bigint := (select lmid from sync.client where id = v_client);
begin
  return api.push(v_client, 1, (
    select jsonb_agg(jsonb_build_object('seq', v_seq + i, 'id', gen_random_uuid(), 'name', 'take_over', 'v', 1,
      'args', tests.args(tests.swap('a_late2', 'a_guess', 'mei') || '{"code":"000000"}'),
      'device_at', now(), 'offset_ms', 0))
    from generate_series(1, p_n) i) || coalesce(p_tail, '[]'));
end $$;
grant execute on function tests.guesses to authenticated;
select tests.act_as('qiang');
select throws_ok($$select tests.guesses(11, '[{"seq":1,"id":"bad","name":"take_over","v":1,"args":{}}]')$$,
  'RW001', null, 'Guesses with a bad last tap');
select throws_ok($$select tests.guesses(11, '[{"seq":1,"id":"bad","name":"take_over","v":1,"args":{}}]')$$,
  'RW001', null, 'The same guesses again');
select is(tests.value('select is_called from tests.tried'), 'false', 'No code of theirs was tried');
select tests.guesses(11, null);
select is(tests.value('select last_value from tests.tried'), '10',
  'Of eleven guesses in one push ten are tried');
select tests.act_as_owner();
drop trigger counts_tries on app.rate_window;
select tests.act_as_owner();
select is(private.self_check(), '[]'::jsonb, 'All counts are right');
select is_empty('select * from tests.drift()', 'Phones hold what the projections say');
select * from finish();
rollback;
