-- save_availability (可值守时间): the person says which parts of a week suit, or a coordinator of theirs; all at once.
begin;
select plan(39);
select tests.make_world();
create function tests.hours(p_of text, p_fits jsonb) returns jsonb language sql immutable as $$
  select jsonb_build_object('responder_id', '@' || p_of || '.person', 'fits', p_fits)
$$;
create function tests.said() returns text language sql stable as $$
  select string_agg(concat_ws(' ', data ->> 'fits', data ->> 'by_name'), ', ' order by (data ->> 'fits') collate "C")
  from tests.visible() where tbl = 'availability'
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as those who have no say
select tests.act_as('uninvited');
select tests.keeps_out('save_availability', tests.hours('ping', '[]'), 'A login that belongs nowhere says nothing');
select tests.act_as('qiang');
select tests.refuses('save_availability', tests.hours('ping', '[]'), 'refused:forbidden',
  'A colleague does not say it for ping');
select tests.act_as('grid_lead');
select tests.refuses('save_availability', tests.hours('ping', '[]'), 'refused:forbidden', 'Nor the lead of the grid');
select tests.act_as('officer');
select tests.refuses('save_availability', tests.hours('ping', '[]'), 'refused:forbidden', 'Nor an officer');
select tests.act_as('admin');
select tests.refuses('save_availability', tests.hours('ping', '[]'), 'refused:forbidden', 'Nor an admin');
select tests.act_as('other_coordinator');
select tests.refuses('save_availability', tests.hours('ping', '[]'), 'refused:forbidden',
  'Nor the coordinator next door');

-- Acting as ping
select tests.act_as('ping');
select tests.refuses('save_availability', tests.hours('no_such', '[]'), 'refused:gone', 'Nobody has no hours');
select tests.refuses('save_availability', tests.hours('ping', '["mon.noon"]'), 'refused:invalid',
  'A part that is none is refused');
select tests.refuses('save_availability', tests.hours('ping', '"mon.day"'), 'refused:invalid', 'And so is no list');
select is(tests.push('save_availability', tests.hours('ping', '["sat.night","mon.day","mon.day"]')), 'applied',
  'Ping says when they can serve');
select is(tests.said(), '["mon.day", "sat.night"]', 'Each part is kept once, in order');
select is(tests.push('save_availability', tests.hours('ping', '["tue.day"]')), 'applied', 'A new week');
select is(tests.said(), '["tue.day"]', 'Replaces the last one');
select tests.refuses('save_availability', tests.hours('ping', '["wed.day"]'), 'refused:outdated',
  'What they tapped before, on a phone without signal, does not undo it',
  jsonb_build_object('device_at', now() - interval '20 minutes'));
select is(tests.said(), '["tue.day"]', 'The newer hours stand');

-- Who else sees it
select tests.act_as('qiang');
select is(tests.said(), null, 'A colleague does not see it');
select tests.act_as('grid_lead');
select is(tests.said(), null, 'Nor does the lead of a grid');
select tests.act_as('other_coordinator');
select is(tests.said(), null, 'Nor does the coordinator next door');
select tests.act_as('coordinator');
select is(tests.said(), '["tue.day"]', 'The coordinator sees it');
select is(tests.push('save_availability', tests.hours('nobody', '["sun.day"]')), 'applied',
  'A coordinator says it for somebody without a phone');
select is(tests.push('save_availability', tests.hours('mei', '[]')), 'applied', 'And that nothing suits mei');
select is(tests.said(), '["sun.day"] 陈立群, ["tue.day"], [] 陈立群', 'It carries the coordinator''s name');
select tests.act_as('mei');
select is(tests.said(), '[] 陈立群', 'Mei sees who said it for them');
select is(tests.push('save_availability', tests.hours('mei', 'null')), 'applied', 'And takes it back');
select is(tests.said(), null, 'Nothing is left of it');

-- Acting as mei, who no community has on its list any more
select tests.act_as_owner();
insert into app.availability (id, fits) values (tests.id('qiang.person'), '{mon.day}');
update app.report_in set state = 'ended' where responder_id in (tests.id('mei.person'), tests.id('qiang.person'));
select is(tests.value($$select count(*) from app.availability where id = tests.id('qiang.person')$$), '0',
  'What was said goes with the last report-in');
select tests.commit();
select tests.act_as('mei');
select tests.refuses('save_availability', tests.hours('mei', '[]'), 'refused:not_eligible',
  'Who serves nowhere need not say it');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
