-- save_seat: the council of a community (大党委) or street (大工委) has seats; who holds one, and how far that is.
begin;
select plan(77);
select tests.make_world();
select tests.make_partner('bureau', '区财政局', 'government'), tests.make_partner('moved', '旧单位'),
  tests.make_partner('shop', '街对面', 'enterprise', 'other_community'),
  tests.make_partner('office', '民政办', 'office', 'street'), tests.make_seat('theirs', '乙', 'serving', 'other_community');
update app.partner_unit set state = 'ended', ended_on = private.day_of(now()) where id = tests.id('moved');
select tests.commit();
create function tests.a_seat(p_over jsonb default '{}') returns jsonb language sql as $$
  select jsonb_build_object('seat_id', '@seat', 'council_id', '@community', 'kind', 'part_time', 'title', '委员',
    'partner_unit_id', '@bureau', 'responder_id', '@ping.person', 'holder', null, 'substitute', '小王',
    'state', 'invited', 'since_on', tests.at(-3, '12:00')::date, 'until_on', tests.at(700, '12:00')::date, 'sort', 2)
    || p_over
$$;
create function tests.seats() returns text language sql as $$
  select string_agg(concat_ws(' ', data ->> 'title', data ->> 'name', data ->> 'substitute', data ->> 'unit_name',
    data ->> 'kind', data ->> 'state', (data ->> 'since_on')::date - tests.at(0, '12:00')::date,
    (data ->> 'until_on')::date - tests.at(0, '12:00')::date), ', ' order by data ->> 'sort', data ->> 'title')
  from tests.visible()
  where tbl = 'seat'
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as those who do not keep the community, and the coordinator on the council of the street
select tests.shuts_out('save_seat', tests.a_seat());
select tests.forbids('save_seat', tests.a_seat(), 'ping', 'grid_lead', 'officer', 'admin', 'other_coordinator');
select tests.forbids('save_seat', tests.a_seat('{"council_id":"@street"}'), 'coordinator');
select tests.forbids('save_seat', tests.a_seat('{"council_id":null}'), 'coordinator');

-- Acting as the coordinator: what cannot be taken
select tests.refuses('save_seat', tests.a_seat('{"seat_id":null}'), 'refused:invalid', 'A seat needs an id');
select tests.refuses('save_seat', tests.a_seat('{"kind":null}'), 'refused:invalid', 'And a kind');
select tests.refuses('save_seat', tests.a_seat('{"state":null}'), 'refused:invalid', 'And says how far it is');
select tests.refuses('save_seat', tests.a_seat('{"state":"ended"}'), 'refused:invalid', 'Nobody is seated as gone');
select tests.refuses('save_seat', tests.a_seat('{"since_on":"2026-00-01","until_on":null}'), 'refused:invalid',
  'The day is a day');
select is(tests.detail(), '{"field":"since_on"}', 'The refusal says which field it is');
select tests.refuses('save_seat', tests.a_seat(jsonb_build_object('until_on', tests.at(-3, '12:00')::date)),
  'refused:invalid', 'A term ends after it began');
select tests.refuses('save_seat', tests.a_seat(jsonb_build_object('until_on', tests.at(2300, '12:00')::date)),
  'refused:invalid', 'And lasts six years at most');
select tests.refuses('save_seat', tests.a_seat('{"until_on":"never"}'), 'refused:invalid', 'Its end is a day');
select is(tests.detail(), '{"field":"until_on"}', 'The refusal says which field it is');
select tests.refuses('save_seat', tests.a_seat('{"responder_id":null}'), 'refused:invalid', 'Somebody sits on it');
select tests.refuses('save_seat', tests.a_seat('{"holder":"老周"}'), 'refused:invalid', 'And one alone');
select tests.refuses('save_seat', tests.a_seat(jsonb_build_object('responder_id', null, 'holder', repeat('长', 41))),
  'refused:invalid', 'A name has at most 40 characters');
select tests.refuses('save_seat', tests.a_seat(jsonb_build_object('title', repeat('长', 41))), 'refused:invalid',
  'So has a title');
select tests.refuses('save_seat', tests.a_seat(jsonb_build_object('substitute', repeat('长', 41))), 'refused:invalid',
  'So has who sits in for them');
select tests.refuses('save_seat', tests.a_seat('{"sort":1001}'), 'refused:invalid', 'A council has an end');
select tests.refuses('save_seat', tests.a_seat('{"partner_unit_id":"@shop"}'), 'refused:invalid',
  'No unit of another community sits here');
select tests.refuses('save_seat', tests.a_seat('{"partner_unit_id":"@office"}'), 'refused:invalid',
  'Nor an office of the street');
select tests.refuses('save_seat', tests.a_seat('{"partner_unit_id":"@moved"}'), 'refused:invalid',
  'Nor a unit that has ended');
select tests.refuses('save_seat', tests.a_seat('{"responder_id":"@wei.person"}'), 'refused:not_eligible',
  'Who is on no list here sits by name alone');
select tests.refuses('save_seat', tests.a_seat('{"seat_id":"@theirs"}'), 'refused:forbidden',
  'A seat of another council stays there');

-- What can
select is(tests.push('save_seat', tests.a_seat()), 'applied', 'Ping is invited to the council');
select is(tests.seats(), '委员 李平 小王 区财政局 part_time invited -3 700', 'The desk has the seat');
select is(tests.push('save_seat', tests.a_seat('{"state":"serving","title":" 副书记13800001111 ","substitute":"",
    "kind":"full_time","partner_unit_id":null,"until_on":null,"since_on":null}')), 'applied', 'They serve, full-time');
select is(tests.seats(), '副书记*** 李平 full_time serving 0', 'What is not said is cleared, and it begins today');
select is(tests.push('save_seat', tests.a_seat('{"responder_id":null,"holder":"周局"}')), 'applied',
  'Somebody by name takes the chair');
select is(tests.seats(), '委员 周局 小王 区财政局 part_time invited -3 700', 'It is the same one');
select is(tests.push('save_seat', '{"seat_id":"@first","council_id":"@community","kind":"full_time","title":"书记",
    "holder":"陈书记","state":"confirmed"}'), 'applied', 'A seat needs no unit, no term, no place in the order');
select is(tests.seats(), '书记 陈书记 full_time confirmed 0, 委员 周局 小王 区财政局 part_time invited -3 700',
  'It comes first');
select is(tests.events('seat_saved'), 4::bigint, 'The log has each');
-- Acting as others
select tests.act_as('officer');
select is(tests.seats(), null, 'A street sees no seats of a community');
select is(tests.push('save_seat', tests.a_seat('{"seat_id":"@up","council_id":"@street"}')), 'applied',
  'A person and a unit of a community below sit on the council of the street');
select is(tests.seats(), '委员 李平 小王 区财政局 part_time invited -3 700', 'Which sees them');
select tests.act_as('ping');
select is(tests.seats(), null, 'A responder sees no seats');
-- A unit with a new name
select tests.act_as('coordinator');
select is(tests.push('save_partner_unit', '{"partner_unit_id":"@bureau","keeper_id":"@community","name":"市财政局",
    "kind":"government"}'), 'applied', 'The unit gets another name');
select is(tests.seats(), '书记 陈书记 full_time confirmed 0, 委员 周局 小王 市财政局 part_time invited -3 700',
  'Its seat shows it');
-- A council has at most 60 seats
select tests.act_as_owner();
insert into app.seat (id, council_id, kind, holder, state, since_on)
select gen_random_uuid(), tests.id('community'), 'part_time', '委员' || i, 'serving', private.day_of(now())
from generate_series(1, 58) i;
select tests.act_as('coordinator');
select tests.refuses('save_seat', tests.a_seat('{"seat_id":"@one_more"}'), 'refused:over_capacity', 'Sixty are enough');
select is(tests.push('save_seat', tests.a_seat()), 'applied', 'Those that are there are still changed');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
