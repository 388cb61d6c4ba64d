-- pick_waiting: where the community picks, a freed place waits for a coordinator, who says whom it is held for.
begin;
select plan(67);
select tests.make_world();
update app.post set waitlist_choice = 'community' where id = tests.id('door');
select tests.make_shift('s', now() + interval '20 hours', 3, 1), tests.make_shift('pair', now() + interval '40 hours', 3, 2),
  tests.make_shift('ranked', now() + interval '20 hours', 3, 1, 'gate');
select tests.make_callout('line');
select tests.make_shift('called', now() + interval '60 hours', 3, 1, 'door', 'line');
select tests.make_assignment('a_ping', 'ping', 's'), tests.make_assignment('a_called', 'ping', 'called'),
  tests.make_assignment('a_ranked', 'mei', 'ranked');
select tests.make_waiting('w_qiang', 'qiang', 's', 1), tests.make_waiting('w_mei', 'mei', 's', 2),
  tests.make_waiting('w_lead', 'coordinator', 's', 3), tests.make_waiting('c_qiang', 'qiang', 'called', 1),
  tests.make_waiting('r_qiang', 'qiang', 'ranked', 1);
create function tests.to_pick(p_shift text) returns text language sql stable security definer as $$
  select format('%s to pick, %s', to_pick, tests.places(p_shift)) from app.shift where id = tests.id(p_shift)
$$;
create function tests.waits(p_shift text) returns text language sql stable security definer as $$
  select string_agg(state::text, ' ' order by rank) from app.waitlist_entry where shift_id = tests.id(p_shift)
$$;
-- 'login kind' of every notice of a waitlist since the last look
create function tests.heard() returns text language plpgsql security definer as $$
declare v text;
begin
  select string_agg(concat_ws(' ', l.sign_in_name, n.kind, nullif(n.step, '')), ', '
    order by l.sign_in_name, n.kind) into v
  from (
    select login_id, kind, case kind when 'to_pick' then '' else step end as step
    from app.notice where kind in ('to_pick', 'passed_over', 'hold', 'passed', 'may_open')) n
  join app.login l on l.id = n.login_id;
  delete from app.notice where kind in ('to_pick', 'hold', 'passed', 'may_open');
  return v;
end $$;
grant execute on all functions in schema tests to anon, authenticated;

-- A place is freed
select tests.act_as('ping');
select is(tests.push('withdraw', '{"assignment_id":"@a_ping","reason":"work"}'), 'applied', 'Ping gives the place back');
select is(tests.to_pick('s'), '1 to pick, 0 filled, 1 held of 1', 'It is kept until somebody is picked');
select is(tests.waits('s'), 'waiting waiting waiting', 'It is held for nobody by itself');
select is(tests.heard(), 'coordinator to_pick', 'The coordinators hear of it');
select tests.refuses('accept_shift', '{"assignment_id":"@b1","shift_id":"@s","on_full":"refuse"}', 'refused:full',
  'Nobody takes it past those who wait');
select is(tests.push('withdraw', '{"assignment_id":"@a_called","reason":"work"}'), 'applied', 'And one in a call-out');
select is(tests.waits('called') || ', ' || tests.to_pick('called'), 'held, 0 to pick, 0 filled, 1 held of 1',
  'A call-out goes by rank: speed counts');
select tests.act_as('mei');
select is(tests.push('withdraw', '{"assignment_id":"@a_ranked","reason":"work"}'), 'applied', 'And one at another post');
select is(tests.waits('ranked'), 'held', 'That post goes by rank');
select is(tests.heard(), 'qiang hold, qiang hold', 'Qiang has both');

-- Who may pick
select tests.act_as('qiang');
select tests.refuses('pick_waiting', '{"waitlist_id":"@w_qiang"}', 'refused:forbidden', 'Nobody picks themselves');
select tests.act_as('grid_lead');
select tests.refuses('pick_waiting', '{"waitlist_id":"@w_mei"}', 'refused:forbidden', 'A grid lead picks nobody');
select tests.act_as('officer');
select tests.refuses('pick_waiting', '{"waitlist_id":"@w_mei"}', 'refused:forbidden', 'An officer picks nobody');
select tests.act_as('admin');
select tests.refuses('pick_waiting', '{"waitlist_id":"@w_mei"}', 'refused:forbidden', 'An admin picks nobody');
select tests.act_as('other_coordinator');
select tests.refuses('pick_waiting', '{"waitlist_id":"@w_mei"}', 'refused:forbidden',
  'A coordinator picks in their own community only');
select tests.act_as('uninvited');
select tests.keeps_out('pick_waiting', '{"waitlist_id":"@w_mei"}', 'A login that belongs nowhere picks nobody');

-- The coordinator picks rank 2
select tests.act_as('coordinator');
select tests.refuses('pick_waiting', '{"waitlist_id":"@no_such"}', 'refused:gone', 'No such entry');
select tests.refuses('assign', '{"assignment_id":"@b2","shift_id":"@s","responder_id":"@nobody.person"}', 'refused:full',
  'A person who does not wait is not put before those who do');
select is(tests.push('pick_waiting', '{"waitlist_id":"@w_mei"}'), 'applied', 'The coordinator picks mei');
select is(tests.waits('s') || ', ' || tests.to_pick('s'), 'waiting held waiting, 0 to pick, 0 filled, 1 held of 1',
  'The place is held for mei');
select is(tests.value($$select hold_until = private.held_until(s, now()) from app.waitlist_entry w
  join app.shift s on s.id = w.shift_id where w.id = tests.id('w_mei')$$), 'true', 'For as long as any held place');
select is(tests.heard(), 'mei hold, qiang passed_over',
  'Mei hears of it, and so does who waits before mei; not who waits after');
select is(tests.push('pick_waiting', '{"waitlist_id":"@w_mei"}'), 'applied:already', 'A second tap changes nothing');
select tests.refuses('pick_waiting', '{"waitlist_id":"@w_qiang"}', 'refused:full', 'One place is for one person');
select is(tests.events('picked'), 1::bigint, 'It is kept in the log');
select tests.act_as('qiang');
select tests.refuses('accept_shift', '{"assignment_id":"@b3","shift_id":"@s","on_full":"refuse"}', 'refused:full',
  'The place picked for mei is protected');

-- The hold runs out: back to the coordinators, who pick once more
select tests.act_as_owner();
select tests.tick((select max(hold_until) from app.waitlist_entry));
select is(tests.waits('s') || ', ' || tests.to_pick('s'), 'waiting passed waiting, 1 to pick, 0 filled, 1 held of 1',
  'A place that mei did not take is to be picked for again');
select is(tests.heard(), 'coordinator to_pick, mei passed hold, qiang passed hold, qiang passed hold, qiang passed_over',
  'Mei hears that it went on, the coordinators that they are to pick');
select tests.act_as('coordinator');
select is(tests.push('pick_waiting', '{"waitlist_id":"@w_lead"}'), 'applied', 'They pick the last one');
select is(tests.value($$select count(*) from app.notice where kind = 'passed_over'$$), '1',
  'Who was passed over hears it once');
select is(tests.push('take_held_place', '{"waitlist_id":"@w_lead","assignment_id":"@b4","eta_min":null}'), 'applied',
  'The person who was picked takes it');
select is(tests.to_pick('s') || ', ' || tests.waits('s'), '0 to pick, 1 filled, 0 held of 1, waiting passed taken',
  'As any held place');
select tests.refuses('pick_waiting', '{"waitlist_id":"@w_mei"}', 'refused:wrong_state', 'Mei waits no more');
select tests.act_as_owner();
delete from app.notice where true;

-- Two places, one person waiting: a freed one is to be picked for
select tests.make_assignment('p_a', 'coordinator', 'pair'), tests.make_assignment('p_b', 'nobody', 'pair');
create function tests.gives_back(p_name text) returns void language sql security definer as $$
  update app.assignment set state = 'withdrawn' where id = tests.id(p_name);
  select private.free_place(tests.id('pair'), now())
$$;
select tests.act_as('qiang');
select is(tests.push('join_waitlist', '{"waitlist_id":"@p_qiang","shift_id":"@pair"}'), 'applied:waitlisted',
  'Qiang waits for a full shift');
select tests.act_as_owner();
select tests.gives_back('p_a');
select is(tests.to_pick('pair'), '1 to pick, 1 filled, 1 held of 2', 'The place that is freed is kept');
select tests.act_as('qiang');
select is(tests.push('leave_waitlist', '{"waitlist_id":"@p_qiang"}'), 'applied', 'Qiang waits no more');
select is(tests.to_pick('pair'), '0 to pick, 1 filled, 0 held of 2', 'When nobody waits it is open to all');
select tests.act_as_owner();
select tests.make_waiting('p_again', 'qiang', 'pair', 2), tests.make_waiting('p_mei', 'mei', 'pair', 3);
select tests.gives_back('p_b');
select is(tests.to_pick('pair'), '2 to pick, 0 filled, 2 held of 2', 'Both are kept');

-- Close to the start it goes by rank, and nobody is needed to say so
select tests.act_as_owner();
delete from app.notice where true;
select tests.tick(now() + interval '37 hours 59 minutes');
select is(tests.to_pick('pair'), '2 to pick, 0 filled, 2 held of 2', 'A moment more than two hours before the start');
select tests.tick(now() + interval '38 hours');
select is(tests.to_pick('pair') || ', ' || tests.waits('pair'), '0 to pick, 0 filled, 2 held of 2, left held held',
  'Two hours before it they are held by rank');
select is(tests.heard(), 'mei hold, qiang hold, qiang passed over', 'Those who waited hear of it');
select tests.again(now() + interval '38 hours', 'A second tick changes nothing');

-- The post goes by rank from now on
select tests.make_shift('later', now() + interval '80 hours', 3, 1), tests.make_waiting('l_mei', 'mei', 'later', 1);
select private.hold_next(tests.id('later'), now());
select is(tests.to_pick('later'), '1 to pick, 0 filled, 1 held of 1', 'A place to be picked for');
update app.post set waitlist_choice = 'auto' where id = tests.id('door');
select tests.tick(1);
select is(tests.waits('later') || ', ' || tests.to_pick('later'), 'held, 0 to pick, 0 filled, 1 held of 1',
  'Once the post goes by rank, so does its place');

-- A cancelled shift keeps nothing
update app.post set waitlist_choice = 'community' where id = tests.id('door');
select tests.make_shift('off', now() + interval '100 hours', 3, 1), tests.make_waiting('o_mei', 'mei', 'off', 1);
select private.hold_next(tests.id('off'), now());
select tests.act_as('coordinator');
select is(tests.push('cancel_shift', '{"shift_id":"@off","reason":"雨停了"}'), 'applied', 'The shift is cancelled');
select is(tests.to_pick('off') || ', ' || tests.waits('off'), '0 to pick, 0 filled, 0 held of 1, passed',
  'Nobody is picked for it any more');
select tests.act_as_owner();
select tests.make_shift('ended', now() + interval '120 hours', 3, 1), tests.make_waiting('e_mei', 'mei', 'ended', 1);
select private.hold_next(tests.id('ended'), now());
update app.shift set state = 'cancelled' where id = tests.id('ended');
select tests.act_as('coordinator');
select tests.refuses('pick_waiting', '{"waitlist_id":"@e_mei"}', 'refused:closed', 'Nor for one that is closed');

-- A place that is free and that nobody waits for
select tests.act_as_owner();
select tests.make_shift('free', now() + interval '70 hours', 3, 1);
update app.post set waitlist_choice = 'community' where id = tests.id('door');
delete from app.notice where true;
select tests.act_as('qiang');
select is(tests.push('join_waitlist', '{"waitlist_id":"@f_qiang","shift_id":"@free"}'), 'applied:waitlisted',
  'Somebody whose phone shows it as full waits for it');
select is(tests.waits('free') || ', ' || tests.to_pick('free'), 'held, 0 to pick, 0 filled, 1 held of 1',
  'It is held for them: there is nobody to pick from');
select is(tests.heard(), 'qiang hold', 'and they alone hear of it');

-- What phones see
select tests.act_as('mei');
select is((select data ->> 'choice' from tests.visible() where pk = tests.id('l_mei')), 'community',
  'Who waits sees that the community picks');
select tests.act_as('qiang');
select is((select data ->> 'choice' from tests.visible() where pk = tests.id('c_qiang')), 'auto',
  'And that a call-out goes by rank');
select tests.act_as_owner();
select is(private.self_check(), '[]', 'Every counter is the count');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
