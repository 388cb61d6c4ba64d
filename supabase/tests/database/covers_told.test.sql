-- What became of a cover or a swap: its owner hears it once, and the coordinators where they had asked for somebody who
-- cannot come (R21, R43); never the person who did it.
begin;
select plan(32);
select tests.make_world();
select tests.make_shift('near', now() + interval '2 hours', 3, 4),
  tests.make_shift('far', now() + interval '3 days', 3, 4),
  tests.make_shift('other', now() + interval '6 days', 3, 2, 'gate');
select tests.make_assignment('n_ping', 'ping', 'near'), tests.make_assignment('n_nobody', 'nobody', 'near'),
  tests.make_assignment('f_ping', 'ping', 'far'), tests.make_assignment('o_qiang', 'qiang', 'other');
select tests.make_cover('c1', 'n_ping'), tests.commit();
create function tests.make_swap(p_name text, p_of text, p_with text) returns void language sql security definer as $$
  select tests.make_cover(p_name, p_of);
  update app.cover_request set with_assignment_id = tests.id(p_with) where id = tests.id(p_name)
$$;
-- A coordinator asks in somebody's place
create function tests.ask_for(p_name text, p_of text) returns void language sql security definer as $$
  select tests.make_cover(p_name, p_of);
  update app.cover_request set asked_by = tests.id('coordinator') where id = tests.id(p_name)
$$;
-- Somebody says yes and waits for a coordinator
create function tests.claim(p_name text, p_taker text, p_place text) returns void language sql security definer as $$
  update app.cover_request
  set state = 'claimed', taker_id = tests.id(p_taker || '.person'), taker_assignment_id = tests.id(p_place),
    back_assignment_id = case when with_assignment_id is not null then tests.id('back ' || p_place) end,
    claimed_at = now()
  where id = tests.id(p_name);
  select tests.commit()
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- A yes that a coordinator refuses, each time
select tests.claim('c1', 'mei', 't1');
select tests.act_as('coordinator');
select is(tests.push('refuse_cover', '{"cover_id":"@c1","assignment_id":"@t1","reason":"须会急救"}'), 'applied',
  'Refused');
select is(tests.heard_of_covers(), 'mei cover_off refused 须会急救, ping cover_returned refused_open',
  'The owner hears that it is open again; why is for the taker alone');
select tests.claim('c1', 'qiang', 't2');
select is(tests.push('refuse_cover', '{"cover_id":"@c1","assignment_id":"@t2","reason":null}'), 'applied',
  'And the next');
select is(tests.heard_of_covers(), 'ping cover_returned refused_open, qiang cover_off refused',
  'They hear of that, too');

-- A yes that the taker takes back before it was approved
select tests.claim('c1', 'mei', 't3');
select tests.act_as('mei');
select is(tests.push('untake_cover', '{"cover_id":"@c1"}'), 'applied', 'Mei steps back');
select is(tests.heard_of_covers(), 'ping cover_returned untaken_open',
  'The owner hears it; not the coordinators, who had not asked');

-- A request that a coordinator takes back, with and without a yes; and one that its owner takes back
select tests.act_as('coordinator');
select is(tests.push('withdraw_cover', '{"cover_id":"@c1"}'), 'applied', 'The coordinator takes it back');
select is(tests.heard_of_covers(), 'ping cover_returned unasked', 'The owner hears it');
select is(tests.push('withdraw_cover', '{"cover_id":"@c1"}') || tests.heard_of_covers(), null, 'Once');
select tests.act_as_owner();
select tests.make_cover('c2', 'n_ping'), tests.claim('c2', 'mei', 't4');
select tests.act_as('coordinator');
select is(tests.push('withdraw_cover', '{"cover_id":"@c2"}'), 'applied', 'And one with a yes');
select is(tests.heard_of_covers(), 'mei cover_off withdrawn, ping cover_returned unasked', 'Both hear it');
select tests.act_as_owner();
select tests.make_cover('c3', 'n_ping'), tests.commit();
select tests.act_as('ping');
select is(tests.push('withdraw_cover', '{"cover_id":"@c3"}'), 'applied', 'Ping takes one back');
select is(tests.heard_of_covers(), null, 'Who did it hears nothing');

-- A taker who leaves the community, or closes their account
select tests.act_as_owner();
select tests.make_cover('c4', 'n_ping'), tests.claim('c4', 'mei', 't5');
select tests.ask_for('c5', 'n_nobody'), tests.claim('c5', 'mei', 't6');
select tests.act_as('mei');
select is(tests.said(api.leave_community(tests.id('community'))), 'applied', 'Mei leaves');
select is(tests.heard_of_covers(), 'coordinator cover_wanted again, ping cover_returned untaken_open',
  'The owner hears it, and the coordinator of the one they had asked for');
select is(tests.cover('c4') || ' ' || tests.cover('c5'), 'open open', 'Both are open again');
select tests.act_as_owner();
select tests.claim('c4', 'qiang', 't7');
select tests.act_as('qiang');
select is(tests.said(api.close_account()), 'applied', 'Qiang closes the account');
select is(tests.heard_of_covers(), 'ping cover_returned untaken_open', 'The owner hears that');

-- A yes that nobody approved until the shift begins
select tests.act_as_owner();
update app.report_in set state = 'confirmed' where responder_id = tests.id('mei.person');
select tests.claim('c4', 'mei', 't8');
select tests.tick(now() + interval '1 hour');
delete from app.notice where true;
select tests.tick(now() + interval '2 hours');
select is(tests.heard_of_covers(), 'mei cover_off lapsed, ping cover_returned too_late',
  'Owner and taker hear that it was not approved');
select tests.tick(now() + interval '2 hours 5 seconds');
select is(tests.heard_of_covers(), null, 'Once');

-- A taker who gives a place back that a coordinator had asked for
select tests.ask_for('c6', 'f_ping'), tests.commit();
select tests.act_as('mei');
select is(tests.push('take_cover', '{"cover_id":"@c6","assignment_id":"@t9"}') || tests.push('untake_cover',
    '{"cover_id":"@c6"}'), 'appliedapplied', 'Mei takes it and gives it back');
select is(tests.heard_of_covers(),
  'coordinator cover_wanted again, ping cover_taken, ping cover_returned untaken_open',
  'The coordinators hear it at once: who is ill does not come');
select is(tests.push('take_cover', '{"cover_id":"@c6","assignment_id":"@ta"}') || tests.push('untake_cover',
    '{"cover_id":"@c6"}'), 'appliedapplied', 'And again');
select is(tests.heard_of_covers(),
  'coordinator cover_wanted again, ping cover_taken, ping cover_returned untaken_open', 'Each time is told');
select tests.act_as('coordinator');
select is(tests.push('take_cover', '{"cover_id":"@c6","assignment_id":"@tb"}') || tests.push('untake_cover',
    '{"cover_id":"@c6"}'), 'appliedapplied', 'A coordinator takes it and gives it back');
select is(tests.heard_of_covers(), 'ping cover_taken, ping cover_returned untaken_open', 'They know it themselves');
select tests.act_as_owner();
select tests.tick(now() + interval '69 hours');
select is(tests.heard_of_covers(), 'coordinator cover_wanted, ping cover_untaken',
  'That nobody takes it close to the start is told all the same');

-- Swaps: nobody answered; a yes that nobody approved; one that a coordinator takes back
update app.cover_request set state = 'withdrawn' where state = 'open';
select tests.make_shift('s1', now() + interval '10 days', 3, 1),
  tests.make_shift('s2', now() + interval '12 days', 3, 1),
  tests.make_shift('s3', now() + interval '14 days', 3, 1), tests.make_shift('s4', now() + interval '16 days', 3, 1);
select tests.make_assignment('s_ping', 'ping', 's2'), tests.make_assignment('s_mei', 'mei', 's1'),
  tests.make_assignment('s_lead', 'coordinator', 's3'), tests.make_assignment('s4_ping', 'ping', 's4');
select tests.make_swap('p1', 's_ping', 's_mei'), tests.commit();
select tests.tick(now() + interval '10 days');
select is(tests.cover('p1') || ', ' || tests.heard_of_covers(), 'lapsed, ping swap_declined unanswered',
  'Who had asked hears that nobody answered');
select tests.make_swap('p2', 's_ping', 's_lead'), tests.claim('p2', 'coordinator', 'tc');
select tests.tick(now() + interval '12 days');
select is(tests.cover('p2') || ', ' || tests.heard_of_covers(),
  'lapsed, coordinator cover_off lapsed, ping swap_declined too_late', 'And that nobody approved');
select tests.make_swap('p3', 's4_ping', 's_lead'), tests.commit();
select tests.act_as('coordinator');
select is(tests.push('withdraw_cover', '{"cover_id":"@p3"}'), 'applied', 'A coordinator takes a swap back');
select is(tests.heard_of_covers(), 'ping swap_declined unasked', 'Who had asked hears it');
select tests.act_as_owner();
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
