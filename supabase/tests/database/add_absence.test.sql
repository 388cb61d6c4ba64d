-- add_absence (请假): the person says when they are away, or a coordinator of theirs. Shifts inside stay theirs.
begin;
select plan(48);
select tests.make_world();
select tests.make_shift('inside', tests.at(3, '08:00'), 3, 2), tests.make_shift('beside', tests.at(5, '08:00'), 3, 2),
  tests.make_shift('theirs', tests.at(3, '08:00'), 3, 1, 'other_door'),
  tests.make_shift('long', tests.at(4, '14:00'), 3, 2);
select tests.make_assignment('a_inside', 'ping', 'inside'), tests.make_assignment('a_beside', 'ping', 'beside'),
  tests.make_assignment('a_long', 'ping', 'long', 'withdrawn');
create function tests.an_absence(p_name text, p_from int, p_to int, p_of text default 'ping', p_over jsonb default '{}')
returns jsonb language sql stable as $$
  select jsonb_build_object('absence_id', '@' || p_name, 'responder_id', '@' || p_of || '.person',
    'starts_at', tests.at(p_from, '00:00'), 'ends_at', tests.at(p_to + 1, '00:00'), 'reason', null) || p_over
$$;
create function tests.absences() returns text language sql stable as $$
  select string_agg(concat_ws(' ', (data ->> 'starts_at')::timestamptz = tests.at(3, '00:00'), data ->> 'reason',
    data ->> 'by_name'), ', ' order by data ->> 'ends_at')
  from tests.visible() where tbl = 'absence'
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as those who have no say
select tests.act_as('uninvited');
select tests.keeps_out('add_absence', tests.an_absence('x', 3, 4),
  'A login that belongs nowhere says nothing for ping');
select tests.act_as('qiang');
select tests.refuses('add_absence', tests.an_absence('x', 3, 4), 'refused:forbidden',
  'A colleague does not say that ping is away');
select tests.act_as('grid_lead');
select tests.refuses('add_absence', tests.an_absence('x', 3, 4), 'refused:forbidden',
  'The lead of the grid does not say it');
select tests.act_as('officer');
select tests.refuses('add_absence', tests.an_absence('x', 3, 4), 'refused:forbidden', 'An officer does not say it');
select tests.act_as('admin');
select tests.refuses('add_absence', tests.an_absence('x', 3, 4), 'refused:forbidden', 'Admin does not say it');
select tests.act_as('other_coordinator');
select tests.refuses('add_absence', tests.an_absence('x', 3, 4), 'refused:forbidden',
  'The coordinator next door does not say it');

-- Acting as ping
select tests.act_as('ping');
select tests.refuses('add_absence', tests.an_absence('x', 3, 4, 'qiang'), 'refused:forbidden',
  'Ping speaks for nobody else');
select tests.refuses('add_absence', tests.an_absence('x', 3, 4, 'no_such'), 'refused:gone', 'Nobody is not away');
select tests.refuses('add_absence', tests.an_absence('x', 3, 4, 'ping', '{"absence_id":null}'), 'refused:invalid',
  'An absence needs an id');
select tests.refuses('add_absence', tests.an_absence('x', 3, 4, 'ping', '{"starts_at":null}'), 'refused:invalid',
  'An absence needs a beginning');
select tests.refuses('add_absence', tests.an_absence('x', 3, 2), 'refused:invalid', 'An absence of no time is refused');
select tests.refuses('add_absence', tests.an_absence('x', 3, 400), 'refused:invalid',
  'An absence of more than a year is refused');
select is(tests.push('add_absence', tests.an_absence('trip', 3, 4, 'ping', '{"reason":" 带父母看病，13800001111 "}')),
  'applied', 'Ping says when they are away');
select is(tests.absences(), 't 带父母看病，***', 'Ping sees it, and its reason without the number');
select is(tests.push('add_absence', tests.an_absence('trip', 3, 4)), 'applied:already',
  'Saying it twice answers already');
select is(tests.state_of('assignment', 'a_inside') || ', ' || tests.places('inside'),
  'accepted, 1 filled, 0 held of 2', 'The shift inside stays theirs');
select is(tests.value($$
    select string_agg(subject_id::text, ' ') from app.event where kind = 'away_on_duty'$$),
  tests.id('a_inside')::text, 'The shift inside is told, no other');
select is(tests.push('add_absence', tests.an_absence('longer', 3, 8)), 'applied', 'Ping is away for longer');
select is(tests.value($$
    select string_agg(subject_id::text, ' ' order by id) from app.event where kind = 'away_on_duty'$$),
  tests.id('a_inside') || ' ' || tests.id('a_beside'), 'Only what was not told before is told');
select is(tests.push('accept_shift', '{"assignment_id":"@own","shift_id":"@long","on_full":"refuse"}'), 'applied',
  'Their own yes counts while they are away');
select is(tests.value($$select count(*) from app.absence where ended_at is null$$), '2', 'And ends no absence');

-- Acting as a colleague
select tests.act_as('qiang');
select is(tests.absences(), null, 'A colleague sees no absence and no reason');
-- Acting as leads of a part
select tests.act_as('grid_lead');
select is(tests.absences(), null, 'The lead of a grid, who assigns nobody, sees none');
-- Acting as the coordinator next door
select tests.act_as('other_coordinator');
select is(tests.absences(), null, 'The coordinator next door sees none');

-- Acting as the coordinator
select tests.act_as('coordinator');
select is(tests.absences(), 't 带父母看病，***, t', 'The coordinator sees both, and the reason');
select is((select count(*) from tests.visible() where tbl = 'lead_event' and data ->> 'kind' = 'away_on_duty'),
  2::bigint, 'The coordinator has a line for each shift inside');
select is(tests.push('add_absence', tests.an_absence('rung', 3, 3, 'nobody', '{"reason":"来电说要住院"}')), 'applied',
  'A coordinator says it for somebody without a phone');
select is(tests.absences(), 't 来电说要住院 陈立群, t 带父母看病，***, t', 'It carries the coordinator''s name');
select is(tests.push('add_absence', tests.an_absence('told', 9, 9, 'mei')), 'applied', 'And for mei');
select tests.act_as('mei');
select is(tests.absences(), 'f 陈立群', 'Mei sees who said it for them');

-- A person on no list, and one with too many
select tests.act_as_owner();
update app.report_in set state = 'ended' where responder_id = tests.id('mei.person');
select is(tests.value($$select count(*) from app.absence where responder_id = tests.id('mei.person')$$), '0',
  'What was said goes with the last report-in');
insert into app.absence (id, responder_id, starts_at, ends_at, created_by)
select gen_random_uuid(), tests.id('qiang.person'), tests.at(n, '00:00'), tests.at(n, '12:00'), tests.id('qiang')
from generate_series(1, 40) n;
select tests.commit();
select tests.act_as('mei');
select tests.refuses('add_absence', tests.an_absence('x', 3, 4, 'mei'), 'refused:not_eligible',
  'Who serves nowhere need not say it');
select tests.act_as('qiang');
select tests.refuses('add_absence', tests.an_absence('x', 50, 51, 'qiang'), 'refused:over_capacity',
  'Forty at a time are enough');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
