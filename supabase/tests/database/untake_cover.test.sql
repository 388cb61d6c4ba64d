-- untake_cover (不顶了): the taker gives the place back to its owner.
begin;
select plan(33);
select tests.make_world();
select tests.make_shift('far', tests.at(3, '08:00'), 3, 1), tests.make_shift('near', now() + interval '2 hours', 3, 1),
  tests.make_shift('soon', now() + interval '10 hours', 3, 1), tests.make_shift('other', tests.at(6, '08:00'), 3, 1),
  tests.make_shift('beside', tests.at(6, '09:00'), 3, 1, 'gate');
select tests.make_assignment('a_far', 'ping', 'far'), tests.make_assignment('a_near', 'nobody', 'near'),
  tests.make_assignment('a_soon', 'nobody', 'soon'), tests.make_assignment('a_other', 'ping', 'other', 'assigned');
update app.assignment set accepted_at = null where id = tests.id('a_other');
select tests.make_cover('c_far', 'a_far'), tests.make_cover('c_near', 'a_near'), tests.make_cover('c_soon', 'a_soon'),
  tests.make_cover('c_other', 'a_other');
select tests.commit();

-- Acting as people who have taken nothing
select tests.act_as('uninvited');
select tests.keeps_out('untake_cover', '{"cover_id":"@c_far"}', 'A login that belongs nowhere gives nothing back');
select tests.act_as('wei');
select tests.refuses('untake_cover', '{"cover_id":"@c_far"}', 'refused:gone', 'Somebody of another community does not');
select tests.act_as('mei');
select is(tests.push('untake_cover', '{"cover_id":"@c_far"}'), 'applied:already',
  'What is open need not be given back');
select tests.refuses('untake_cover', '{"cover_id":"@no_such"}', 'refused:gone', 'There is no such request');
select is(tests.push('take_cover', '{"cover_id":"@c_far","assignment_id":"@t_far"}') || ' '
    || tests.push('take_cover', '{"cover_id":"@c_near","assignment_id":"@t_near"}') || ' '
    || tests.push('take_cover', '{"cover_id":"@c_other","assignment_id":"@t_other"}'), 'applied applied applied',
  'Mei takes three');
select tests.act_as('qiang');
select tests.refuses('untake_cover', '{"cover_id":"@c_far"}', 'refused:gone', 'Nobody gives back for another');
select is(tests.heard_of_covers(), 'coordinator cover_claimed, ping cover_taken, ping cover_taken', 'They were told');

-- Acting as the taker
select tests.act_as('mei');
select is(tests.push('untake_cover', '{"cover_id":"@c_far"}'), 'applied', 'Mei gives it back');
select is(concat_ws(', ', tests.cover('c_far'), tests.state_of('assignment', 'a_far'),
    tests.state_of('assignment', 't_far'), tests.places('far')),
  'open, accepted, withdrawn, 1 filled, 0 held of 1', 'The request is open again, and the owner responsible');
select is(tests.heard_of_covers(), 'ping cover_returned untaken_open', 'The owner is told');
select is(tests.push('untake_cover', '{"cover_id":"@c_far"}'), 'applied:already', 'Twice answers already');
select is(tests.push('untake_cover', '{"cover_id":"@c_other"}'), 'applied', 'And another one');
select is(tests.state_of('assignment', 'a_other'), 'assigned', 'Who had not confirmed has still to confirm');
select is(tests.push('untake_cover', '{"cover_id":"@c_near"}'), 'applied', 'A yes that waits may be taken back');
select is(concat_ws(', ', tests.cover('c_near'), tests.state_of('assignment', 'a_near')), 'open, accepted',
  'Nothing else changes');

-- Too late, or the owner has other duty by now, or the place was moved
select is(tests.push('take_cover', '{"cover_id":"@c_soon","assignment_id":"@t_soon"}'), 'applied',
  'Mei takes one more');
select tests.refuses('untake_cover', '{"cover_id":"@c_soon"}', 'refused:too_late',
  'Close to the start it stays theirs', '{}', now() + interval '7 hours');
select is(tests.push('take_cover', '{"cover_id":"@c_other","assignment_id":"@t_again"}'), 'applied', 'And one again');
select tests.act_as_owner();
select tests.make_assignment('a_beside', 'ping', 'beside'), tests.commit();
select tests.act_as('mei');
select tests.refuses('untake_cover', '{"cover_id":"@c_other"}', 'refused:not_free',
  'A place does not go back to somebody who serves elsewhere by then');
select is(tests.push('take_cover', '{"cover_id":"@c_far","assignment_id":"@t_moved"}'), 'applied',
  'And the first again');
select tests.act_as('coordinator');
select is(tests.push('move_shift', jsonb_build_object('shift_id', '@far', 'starts_at', tests.at(3, '14:00'),
    'ends_at', tests.at(3, '17:00'), 'reason', null)), 'applied', 'Its shift is moved');
select tests.act_as('mei');
select is(tests.push('untake_cover', '{"cover_id":"@c_far"}'), 'applied', 'Mei gives it back');
select is(tests.value($$select state || ' ' || (starts_at = tests.at(3, '14:00')) from app.assignment
    where id = tests.id('a_far')$$), 'assigned true', 'The owner is asked to confirm the new time');
select is(tests.push('withdraw', '{"assignment_id":"@t_again","reason":"work"}'), 'applied', 'A taker withdraws');
select tests.refuses('untake_cover', '{"cover_id":"@c_other"}', 'refused:wrong_state',
  'What was given up to everybody cannot be given back to one');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
