-- Taps meant for the old span of a shift that was moved meanwhile (R19): nobody is bound to a span they have not seen,
-- and no coordinator undoes the move of another one unseen.
begin;
select plan(28);
select tests.make_world();
select tests.make_shift('s', tests.at(3, '08:00'), 3, 2), tests.make_shift('theirs', tests.at(6, '08:00'), 3, 1, 'gate'),
  tests.make_shift('own', tests.at(8, '08:00'), 3, 1, 'gate'), tests.make_shift('kept', tests.at(10, '08:00'), 3, 1);
select tests.make_assignment('a_ping', 'ping', 's', 'assigned'), tests.make_assignment('b_mei', 'mei', 'theirs'),
  tests.make_assignment('c_qiang', 'qiang', 'own'), tests.make_assignment('a_nobody', 'nobody', 'kept', 'assigned');
-- the shift moves by p_hours from where it is now, as the coordinator's phone shows it
create function tests.moves(p_shift text, p_hours numeric, p_more jsonb default '{}') returns text
language plpgsql security definer as $$
declare s app.shift;
begin
  select * into s from app.shift where id = tests.id(p_shift);
  return tests.push('move_shift', jsonb_build_object('shift_id', s.id, 'reason', null,
    'starts_at', s.starts_at + make_interval(secs => p_hours * 3600),
    'ends_at', s.ends_at + make_interval(secs => p_hours * 3600)) || p_more);
end $$;
create function tests.before() returns jsonb language sql stable as $$
  select jsonb_build_object('device_at', now() - interval '10 minutes')
$$;
create function tests.notices(p_kind text) returns text language sql stable security definer as $$
  select string_agg(l.sign_in_name, ' ' order by l.sign_in_name) from app.notice n
  join app.login l on l.id = n.login_id where n.kind::text = p_kind
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- A yes without signal, from before the move
select tests.act_as('coordinator');
select is(tests.moves('s', 0.2), 'applied', 'Twelve minutes later');
select tests.act_as('ping');
select is(tests.push('accept_shift', '{"assignment_id":"@a_ping","shift_id":"@s","on_full":"refuse"}', tests.before()),
  'applied', 'A small move asks for no new look');
select tests.act_as('coordinator');
select is(tests.moves('s', 6), 'applied', 'Six hours later');
select tests.act_as('ping');
select tests.refuses('accept_shift', '{"assignment_id":"@a_ping","shift_id":"@s","on_full":"refuse"}', 'refused:stale',
  'A confirmation from before the move does not bind to the new span', tests.before());
select tests.refuses('accept_shift', '{"assignment_id":"@a_ping","shift_id":"@s","on_full":"refuse"}', 'refused:stale',
  'Nor does one of unknown age', '{"offset_ms":null}');
select is(tests.state_of('assignment', 'a_ping'), 'assigned', 'The place still waits for a yes');
select tests.act_as('mei');
select tests.refuses('accept_shift', '{"assignment_id":"@m1","shift_id":"@s","on_full":"refuse"}', 'refused:stale',
  'A claim from before the move is for another span', tests.before());
select is(tests.push('accept_shift', '{"assignment_id":"@m2","shift_id":"@s","on_full":"refuse"}'), 'applied',
  'One from after it counts');
select tests.act_as('ping');
select is(tests.push('accept_shift', '{"assignment_id":"@a_ping","shift_id":"@s","on_full":"refuse"}'), 'applied',
  'So does the confirmation');

-- A coordinator who says yes for somebody
select tests.act_as('coordinator');
select is(tests.moves('kept', 3), 'applied', 'The shift of a person without a login is moved');
select tests.refuses('accept_for', '{"assignment_id":"@a_nobody"}', 'refused:stale',
  'What they said on the telephone before was for the old span', tests.before());
select is(tests.push('accept_for', '{"assignment_id":"@a_nobody"}'), 'applied', 'They are asked again');

-- A swap was offered for two spans
select tests.act_as('qiang');
select is(tests.push('offer_swap',
  '{"cover_id":"@swap","assignment_id":"@c_qiang","with_assignment_id":"@b_mei"}'), 'applied', 'Qiang offers a swap');
select tests.act_as('coordinator');
select is(tests.moves('theirs', 0.2), 'applied', 'A move that asks nobody again');
select is(tests.state_of('cover_request', 'swap'), 'open', 'It leaves the swap as it is');
select is(tests.moves('theirs', 6), 'applied', 'Mei''s shift is moved by six hours');
select is(tests.state_of('cover_request', 'swap'), 'lapsed', 'The swap ends');
select is(tests.notices('swap_declined'), 'qiang', 'Its owner hears of it');
select tests.act_as('mei');
select tests.refuses('take_swap', '{"cover_id":"@swap","assignment_id":"@x1","back_assignment_id":"@x2"}',
  'refused:closed', 'Nobody takes it any more');

-- Two coordinators move one shift
select tests.act_as('coordinator');
select tests.refuses('move_shift', jsonb_build_object('shift_id', '@own', 'reason', null,
    'starts_at', tests.at(8, '14:00'), 'ends_at', tests.at(8, '17:00'),
    'was_starts_at', tests.at(8, '09:00'), 'was_ends_at', tests.at(8, '12:00')),
  'refused:shift_moved', 'A move of a span that is no more is not made');
select is(tests.moves('own', 6, jsonb_build_object(
    'was_starts_at', tests.at(8, '08:00'), 'was_ends_at', tests.at(8, '11:00'))), 'applied', 'A move of the present one is');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
