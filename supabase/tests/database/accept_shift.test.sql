-- accept_shift takes a place. The server decides; a refusal leaves every row as it was.
begin;
select plan(45);
select tests.make_world();
select tests.make_shift('evening', now() + interval '2 hours', 3, 1);
select tests.make_shift('next_to_it', now() + interval '5 hours', 3, 2);
select tests.make_shift('across_it', now() + interval '3 hours', 4, 2, 'gate');
select tests.make_shift('running', now() - interval '1 hour', 2.5, 3, 'gate');
select tests.make_shift('over', now() - interval '5 hours', 3, 3);
select tests.make_shift('cancelled', now() + interval '20 hours', 3, 3);
update app.shift set state = 'cancelled' where id = tests.id('cancelled');
select tests.make_shift('planned', now() + interval '30 hours', 3, 3);
update app.shift set state = 'draft' where id = tests.id('planned');

-- Acting as anon
select tests.act_as_anon();
select tests.raises($$select api.push(gen_random_uuid(), 1, '[]')$$, '42501', 'Nobody pushes without signing in');

-- Acting as ping, a responder of the community
select tests.act_as('ping');
select is(tests.push('accept_shift', '{"assignment_id":"@a1","shift_id":"@evening","on_full":"refuse"}'),
  'applied', 'A responder takes a free place');
select is(tests.places('evening'), '1 filled, 0 held of 1', 'The place counts as filled');
select is(tests.state_of('assignment', 'a1'), 'accepted', 'The assignment is accepted');
select is(tests.detail() ->> 'assignment_id', tests.id('a1')::text, 'The answer names the assignment');
select is(tests.value($$
    select due_at = starts_at and claimed_at = now() from app.assignment where id = tests.id('a1')
  $$),
  'true', 'A later shift is promised for its own start');
select is(tests.push('accept_shift', '{"assignment_id":"@a1b","shift_id":"@evening","on_full":"refuse"}'),
  'applied:already', 'Taking the same place again answers already');
select is(tests.places('evening'), '1 filled, 0 held of 1', 'A second tap takes no second place');
select tests.refuses('accept_shift', '{"assignment_id":"@a2","shift_id":"@across_it","on_full":"refuse"}',
  'refused:overlap', 'Nobody serves twice at once');
select is(tests.detail() ->> 'assignment_id', tests.id('a1')::text, 'The refusal names the duty it collides with');
select is(tests.push('accept_shift', '{"assignment_id":"@a3","shift_id":"@next_to_it","on_full":"refuse"}'),
  'applied', 'Touching shifts are allowed');
select tests.refuses('accept_shift', '{"assignment_id":"@a4","shift_id":"@no_such","on_full":"refuse"}', 'refused:gone',
  'A shift that does not exist is gone');
select tests.refuses('accept_shift', '{"assignment_id":"@a4","shift_id":"@planned","on_full":"refuse"}', 'refused:gone',
  'A draft is invisible to responders');
select tests.refuses('accept_shift', '{"assignment_id":"@a4","shift_id":"@cancelled","on_full":"refuse"}',
  'refused:closed', 'A cancelled shift is closed');
select tests.refuses('accept_shift', '{"assignment_id":"@a4","shift_id":"@over","on_full":"refuse"}', 'refused:closed',
  'A shift that has ended is closed');
select tests.refuses('accept_shift', '{"assignment_id":"x","shift_id":"@running","on_full":"refuse"}',
  'refused:invalid', 'An assignment needs an id');
select tests.refuses('accept_shift', '{"assignment_id":"@a4","shift_id":"@running","on_full":"refuse","eta_min":7}',
  'refused:invalid', 'An arrival in 7 minutes is not on offer');

-- Acting as qiang, whose taps are late or whose clock is unknown (R2)
select tests.act_as('qiang');
select tests.refuses('accept_shift', '{"assignment_id":"@b1","shift_id":"@running","on_full":"refuse"}',
  'refused:stale', 'An intent older than 30 minutes asks again',
  jsonb_build_object('device_at', now() - interval '31 minutes'));
select tests.refuses('accept_shift', '{"assignment_id":"@b1","shift_id":"@running","on_full":"refuse"}',
  'refused:stale', 'An intent of unknown age asks again', '{"offset_ms":null}');
select tests.refuses('accept_shift', '{"assignment_id":"@b1","shift_id":"@evening","on_full":"refuse"}',
  'refused:stale', 'A shift that began between tap and arrival asks again',
  jsonb_build_object('device_at', now() + interval '119 minutes'), now() + interval '121 minutes');
select is(tests.push('accept_shift', '{"assignment_id":"@b1","shift_id":"@running","on_full":"refuse","eta_min":15}',
    jsonb_build_object('device_at', now() - interval '29 minutes')),
  'applied', 'A shift that had begun before the tap is open');
select is(tests.value($$select due_at = now() + interval '15 minutes' from app.assignment where id = tests.id('b1')$$),
  'true', 'A running shift is due by the given minutes');

-- Acting as mei, who comes too late
select tests.act_as('mei');
select tests.refuses('accept_shift', '{"assignment_id":"@c1","shift_id":"@evening","on_full":"refuse"}', 'refused:full',
  'A full shift refuses');
select is(tests.detail() #>> '{filled,0,name}', '李平', 'The refusal says who filled it');
select is(tests.push('accept_shift',
    '{"assignment_id":"@c2","shift_id":"@evening","on_full":"waitlist","waitlist_id":"@w1"}'),
  'applied:waitlisted', 'A full shift puts a person on the waitlist when they ask for that');
select is(tests.detail() ->> 'rank', '1', 'The answer tells the rank');
select is(tests.value($$select count(*) from app.assignment where id = tests.id('c2')$$), '0', 'Waiting binds nobody');

-- Acting as wei, of another community
select tests.act_as('wei');
select tests.refuses('accept_shift', '{"assignment_id":"@d1","shift_id":"@running","on_full":"refuse"}',
  'refused:not_eligible', 'A person who has not reported in may not serve');

-- Acting as somebody without a redeemed invitation
select tests.act_as('uninvited');
select tests.keeps_out('accept_shift', '{"assignment_id":"@e1","shift_id":"@running","on_full":"refuse"}',
  'A login that belongs nowhere may not serve');

-- Acting as ping, on a server whose check before the insert sees nothing
select tests.act_as_owner();
create or replace function private.overlap_of(p_responder uuid, p_starts timestamptz, p_ends timestamptz)
returns jsonb language sql stable as 'select null::jsonb';
select tests.act_as('ping');
select tests.refuses('accept_shift', '{"assignment_id":"@f1","shift_id":"@across_it","on_full":"refuse"}',
  'refused:overlap', 'The table itself refuses two overlapping places of one person');
select * from finish();
rollback;
