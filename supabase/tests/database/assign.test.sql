-- assign: a coordinator puts a person on a shift. On a draft it is a plan; on an open shift it holds a place until the
-- person confirms.
begin;
select plan(55);
select tests.make_world();
select tests.make_shift('open', now() + interval '20 hours', 3, 1),
  tests.make_shift('beside', now() + interval '21 hours', 3, 1, 'gate'),
  tests.make_shift('over', now() - interval '5 hours', 3, 1);
select tests.make_shift('planned', now() + interval '44 hours', 3, 1),
  tests.make_shift('theirs', now() + interval '20 hours', 3, 1, 'other_door'),
  tests.make_shift('off', now() + interval '60 hours', 3, 1);
select tests.make_shift('away_day', now() + interval '80 hours', 3, 2);
update app.shift set state = 'draft' where id = tests.id('planned');
update app.shift set state = 'cancelled' where id = tests.id('off');

create function tests.edits() returns text language sql as $$
  select string_agg(data ->> 'what' || ' ' || (data ->> 'by_name'), ', ')
  from tests.visible() where tbl = 'shift_edit' and pk in (tests.id('open'), tests.id('planned'))
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as ping, a responder
select tests.act_as('ping');
select tests.refuses('assign', '{"assignment_id":"@a1","shift_id":"@open","responder_id":"@qiang.person"}',
  'refused:forbidden', 'A responder assigns nobody');
select tests.refuses('assign', '{"assignment_id":"@a1","shift_id":"@open","responder_id":"@ping.person"}',
  'refused:forbidden', 'A responder does not assign themselves');
-- Acting as the grid lead
select tests.act_as('grid_lead');
select tests.refuses('assign', '{"assignment_id":"@a1","shift_id":"@open","responder_id":"@ping.person"}',
  'refused:forbidden', 'A grid lead assigns nobody');
-- Acting as the street's officer and as admin
select tests.act_as('officer');
select tests.refuses('assign', '{"assignment_id":"@a1","shift_id":"@open","responder_id":"@ping.person"}',
  'refused:forbidden', 'An officer assigns nobody');
select tests.act_as('admin');
select tests.refuses('assign', '{"assignment_id":"@a1","shift_id":"@open","responder_id":"@ping.person"}',
  'refused:forbidden', 'Admin is no duty role');
-- Acting as the coordinator of another community
select tests.act_as('other_coordinator');
select tests.refuses('assign', '{"assignment_id":"@a1","shift_id":"@open","responder_id":"@wei.person"}',
  'refused:forbidden', 'A coordinator acts in their own community only');

-- Acting as the coordinator
select tests.act_as('coordinator');
select is(tests.push('assign', '{"assignment_id":"@a1","shift_id":"@open","responder_id":"@ping.person"}'),
  'applied', 'A coordinator assigns a person');
select is(tests.state_of('assignment', 'a1') || ', ' || tests.places('open'),
  'assigned, 1 filled, 0 held of 1', 'The place is held until the person confirms');
select is(tests.events('assigned'), 1::bigint, 'The log says who assigned whom');
select is(tests.push('assign', '{"assignment_id":"@a1b","shift_id":"@open","responder_id":"@ping.person"}'),
  'applied:already', 'Assigning twice answers already');
select tests.refuses('assign', '{"assignment_id":"@a2","shift_id":"@open","responder_id":"@qiang.person"}',
  'refused:full', 'A full shift takes nobody more');
select is(tests.detail() #>> '{filled,0,name}', '李平', 'The refusal says who holds the place');
select tests.refuses('assign', '{"assignment_id":"@a2","shift_id":"@beside","responder_id":"@ping.person"}',
  'refused:overlap', 'A coordinator cannot book a person twice at once');
select tests.refuses('assign', '{"assignment_id":"@a2","shift_id":"@over","responder_id":"@qiang.person"}',
  'refused:closed', 'A shift that has ended is closed');
select tests.refuses('assign', '{"assignment_id":"@a2","shift_id":"@off","responder_id":"@qiang.person"}',
  'refused:closed', 'A cancelled shift is closed');
select tests.refuses('assign', '{"assignment_id":"@a2","shift_id":"@beside","responder_id":"@wei.person"}',
  'refused:not_eligible', 'A person who has not reported in is not assigned');
select tests.refuses('assign', '{"assignment_id":"@a2","shift_id":"@beside","responder_id":"@no_such"}',
  'refused:not_eligible', 'A person who does not exist is not assigned');
select tests.refuses('assign', '{"assignment_id":"@a2","shift_id":"@no_such","responder_id":"@qiang.person"}',
  'refused:gone', 'A shift that does not exist is gone');
select tests.refuses('assign', '{"assignment_id":"2","shift_id":"@beside","responder_id":"@qiang.person"}',
  'refused:invalid', 'An assignment needs an id');
select tests.refuses('assign', '{"assignment_id":"@a2","shift_id":"@theirs","responder_id":"@qiang.person"}',
  'refused:forbidden', 'A coordinator does not act in the next community');
select is(tests.push('assign', '{"assignment_id":"@d1","shift_id":"@planned","responder_id":"@ping.person"}'),
  'applied', 'The coordinator plans on a draft');
select is(tests.value($$select count(*) from app.draft_assignment where id = tests.id('d1')$$) || ', '
    || tests.places('planned'),
  '1, 0 filled, 0 held of 1', 'A plan binds nobody');
select is(tests.push('assign', '{"assignment_id":"@d2","shift_id":"@planned","responder_id":"@ping.person"}'),
  'applied:already', 'Planning twice answers already');
select is(tests.push('assign', '{"assignment_id":"@a3","shift_id":"@beside","responder_id":"@nobody.person"}'),
  'applied', 'A person without a phone is assigned too');

-- Acting as ping, who confirms
select tests.act_as('ping');
select is(tests.push('accept_shift', '{"assignment_id":"@x","shift_id":"@open","on_full":"refuse"}'),
  'applied', 'The assigned person confirms by accepting');
select is(tests.state_of('assignment', 'a1') || ', ' || tests.places('open'),
  'accepted, 1 filled, 0 held of 1', 'The place is theirs, counted once');

-- Acting as qiang, who is away on the day of a shift, and as the coordinator
select tests.act_as('qiang');
select is(tests.push('add_absence', jsonb_build_object('absence_id', '@away', 'responder_id', '@qiang.person',
    'starts_at', now() + interval '79 hours', 'ends_at', now() + interval '80 hours 1 minute', 'reason', '看病')),
  'applied', 'Qiang says when they are away');
select tests.act_as('coordinator');
select tests.refuses('assign', '{"assignment_id":"@q1","shift_id":"@away_day","responder_id":"@qiang.person"}',
  'refused:away', 'Somebody who is away is not assigned without a reason');
select is(tests.push('assign', '{"assignment_id":"@q1","shift_id":"@away_day","responder_id":"@qiang.person",
    "override_reason":"本人答应了"}'),
  'applied', 'A reason lifts it');
select is(tests.value($$select limits || reason from app.override where id = tests.id('q1')$$),
  '{away,本人答应了}', 'The reason is kept in the coordinator''s name');

-- Somebody whose hours leave out the shift
select is(tests.push('save_availability', '{"responder_id":"@nobody.person","fits":[]}'), 'applied',
  'Nothing suits somebody');
select tests.refuses('assign', '{"assignment_id":"@q2","shift_id":"@away_day","responder_id":"@nobody.person"}',
  'refused:off_hours', 'They are not assigned outside their hours without a reason');
select is(tests.push('assign', '{"assignment_id":"@q2","shift_id":"@away_day","responder_id":"@nobody.person",
    "override_reason":"本人来电答应"}'),
  'applied', 'A reason lifts it');
select is(tests.value($$select limits || reason from app.override where id = tests.id('q2')$$),
  '{off_hours,本人来电答应}', 'The reason is kept');

-- Who changed a shift: another coordinator reads it, and nobody else does
select is(tests.edits(), 'people 陈立群, people 陈立群', 'A coordinator reads who changed a shift, a draft or not');
select tests.act_as('ping');
select is(tests.edits(), null, 'A responder does not');
select tests.act_as('grid_lead');
select is(tests.edits(), null, 'Nor does the lead of a grid');
select tests.act_as('other_coordinator');
select is(tests.edits(), null, 'Nor the coordinator next door');
select * from finish();
rollback;
