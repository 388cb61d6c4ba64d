-- withdraw_cover (不用顶了): the owner, or a coordinator, takes the request back. And how it lapses by itself.
begin;
select plan(40);
select tests.make_world();
select tests.make_shift('far', tests.at(3, '08:00'), 3, 2), tests.make_shift('near', now() + interval '2 hours', 3, 4);
select tests.make_assignment('a_ping', 'ping', 'far'), tests.make_assignment('n_ping', 'ping', 'near'),
  tests.make_assignment('n_nobody', 'nobody', 'near');
select tests.make_cover('c_ping', 'a_ping'), tests.make_cover('d_ping', 'n_ping'),
  tests.make_cover('d_nobody', 'n_nobody');
select tests.commit();

-- Acting as people who have no say
select tests.act_as('uninvited');
select tests.keeps_out('withdraw_cover', '{"cover_id":"@c_ping"}', 'A login that belongs nowhere takes nothing back');
select tests.act_as('qiang');
select tests.refuses('withdraw_cover', '{"cover_id":"@c_ping"}', 'refused:forbidden', 'A colleague does not');
select tests.act_as('other_coordinator');
select tests.refuses('withdraw_cover', '{"cover_id":"@c_ping"}', 'refused:forbidden',
  'The coordinator of another community does not');
select tests.act_as('admin');
select tests.refuses('withdraw_cover', '{"cover_id":"@c_ping"}', 'refused:forbidden', 'Admin does not');

-- Acting as the owner
select tests.act_as('ping');
select tests.refuses('withdraw_cover', '{"cover_id":"@no_such"}', 'refused:gone', 'There is no such request');
select is(tests.push('withdraw_cover', '{"cover_id":"@c_ping"}'), 'applied', 'The owner takes it back');
select is(concat_ws(', ', tests.cover('c_ping'), tests.state_of('assignment', 'a_ping')), 'withdrawn, accepted',
  'The place is theirs as before');
select is(tests.push('withdraw_cover', '{"cover_id":"@c_ping"}'), 'applied:already', 'Twice answers already');
select is((select count(*) from tests.visible() where tbl = 'cover_request' and pk = tests.id('c_ping')), 0::bigint,
  'It is on no phone');
select tests.act_as('mei');
select is(tests.push('take_cover', '{"cover_id":"@d_ping","assignment_id":"@t1"}'), 'applied',
  'Mei says yes to another');
select is(tests.heard_of_covers(), 'coordinator cover_claimed', 'The coordinator is asked');
select tests.act_as('ping');
select is(tests.push('withdraw_cover', '{"cover_id":"@d_ping"}'), 'applied', 'The owner takes that back, too');
select is(tests.heard_of_covers(), 'mei cover_off withdrawn', 'Who had said yes is told');
select tests.act_as('coordinator');
select is(tests.push('withdraw_cover', '{"cover_id":"@d_nobody"}'), 'applied', 'A coordinator takes one back');

-- It lapses when the place waits for its owner no more
select tests.act_as_owner();
create function tests.ends(p_cover text) returns text language plpgsql as $$
begin
  perform tests.act_as_owner();
  perform tests.make_cover(p_cover, 'n_ping');
  update app.cover_request
  set state = 'claimed', taker_id = tests.id('mei.person'), taker_assignment_id = tests.id(p_cover || ' taker'),
    claimed_at = now()
  where id = tests.id(p_cover);
  perform tests.commit(), tests.act_as('ping');
  return p_cover;
end $$;
grant execute on all functions in schema tests to anon, authenticated;
create function tests.place_again() returns void language plpgsql security definer as $$
begin
  update app.assignment set state = 'accepted', on_post_at = null where id = tests.id('n_ping');
  update app.shift set state = 'open', filled = (
    select count(*) from app.assignment a where a.shift_id = tests.id('near') and private.is_binding(a.state))
  where id = tests.id('near');
  delete from app.notice where kind in ('cancelled', 'released');
end $$;
select tests.ends('e1');
select is(tests.push('check_in', '{"assignment_id":"@n_ping","at":"@now","way":"manual"}'), 'applied', 'Ping comes');
select is(tests.cover('e1') || ', ' || tests.heard_of_covers(), 'lapsed, mei cover_off lapsed',
  'Who arrives needs no cover');
select tests.act_as_owner();
select tests.place_again(), tests.ends('e2');
select is(tests.push('withdraw', '{"assignment_id":"@n_ping","reason":"ill"}'), 'applied', 'Ping withdraws');
select is(tests.cover('e2') || ', ' || tests.heard_of_covers(), 'lapsed, mei cover_off lapsed',
  'Nor does a place that was given back');
select tests.act_as_owner();
select tests.place_again(), tests.ends('e3');
select tests.act_as('coordinator');
select is(tests.push('unassign', '{"assignment_id":"@n_ping","reason":"人够了"}'), 'applied', 'Ping is taken off');
select is(tests.cover('e3') || ', ' || tests.heard_of_covers(), 'lapsed, mei cover_off lapsed', 'Nor then');
select tests.act_as_owner();
select tests.place_again(), tests.ends('e4');
select tests.act_as('coordinator');
select is(tests.push('cancel_shift', '{"shift_id":"@near","reason":"高温"}'), 'applied', 'The shift is cancelled');
select is(tests.cover('e4') || ', ' || tests.heard_of_covers(), 'lapsed, mei cover_off lapsed', 'Nor then');
select tests.act_as_owner();
select tests.place_again(), tests.ends('e5');
select is(tests.said(api.leave_community(tests.id('community'))), 'applied', 'Ping leaves the community');
select is(tests.cover('e5') || ', ' || tests.heard_of_covers(), 'lapsed, mei cover_off lapsed', 'Nor then');
select tests.act_as_owner();
update app.report_in set state = 'confirmed' where responder_id = tests.id('ping.person');
select tests.place_again(), tests.ends('e6');
select tests.act_as('mei');
select is(tests.said(api.leave_community(tests.id('community'))), 'applied', 'Who said yes leaves');
select is(tests.cover('e6') || ', ' || tests.heard_of_covers(), 'open, ping cover_returned untaken_open',
  'The request is open for others, and its owner told');

-- The shift is moved, or begins
select tests.act_as_owner();
update app.report_in set state = 'confirmed' where responder_id = tests.id('mei.person');
update app.cover_request
set state = 'claimed', taker_id = tests.id('mei.person'), taker_assignment_id = tests.id('t6'), claimed_at = now()
where id = tests.id('e6');
select tests.act_as('coordinator');
select is(tests.push('move_shift', jsonb_build_object('shift_id', '@near', 'starts_at', now() + interval '130 minutes',
    'ends_at', now() + interval '310 minutes', 'reason', null)), 'applied', 'The shift moves by ten minutes');
select is(tests.cover('e6'), 'claimed 赵梅', 'The yes counts for it');
select is(tests.push('move_shift', jsonb_build_object('shift_id', '@near', 'starts_at', now() + interval '160 minutes',
    'ends_at', now() + interval '340 minutes', 'reason', '交通管制')), 'applied', 'It moves by half an hour');
select is(tests.cover('e6') || ', ' || tests.heard_of_covers(), 'open, mei cover_off moved 交通管制',
  'The request moves with it, and the yes does not');
select tests.act_as_owner();
select tests.tick(now() + interval '10 minutes');
select is(tests.heard_of_covers(), 'coordinator cover_wanted',
  'Close to the start the coordinator hears that nobody has taken it; not the owner, who has just asked');
select tests.tick(now() + interval '161 minutes');
select is(tests.cover('e6') || ', ' || tests.state_of('assignment', 'n_ping'), 'lapsed, assigned',
  'When it begins, the request is over, and the place still its owner''s');
select tests.make_shift('eve', now() + interval '9 hours', 3, 1, 'gate');
select tests.make_assignment('a_eve', 'qiang', 'eve'), tests.make_cover('c_eve', 'a_eve');
delete from app.notice where kind::text like 'cover%';
select tests.tick(now() + interval '5 hours');
select is(tests.heard_of_covers(), null, 'Before that time nobody hears anything');
select tests.tick(now() + interval '6 hours');
select tests.tick(now() + interval '6 hours 5 seconds');
select is(tests.heard_of_covers(), 'coordinator cover_wanted, qiang cover_untaken', 'Then both do, once');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
