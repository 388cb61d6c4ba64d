-- end_partner_unit: a unit that moved away or closed ends, and with it the role of its liaisons; its people stay.
begin;
select plan(33);
select tests.make_world();
select tests.make_partner('bureau', '区财政局', 'government'), tests.make_partner('office', '民政办', 'office', 'street'),
  tests.make_liaison('lian', '连芳', 'bureau'), tests.works_for('ping', 'bureau', true), tests.commit();
create function tests.unit(p_name text) returns text language sql as $$
  select concat_ws(' ', data ->> 'state', case (data ->> 'ended_on')::date
    when tests.at(0, '12:00')::date then 'today' end, data ->> 'people', jsonb_array_length(data -> 'liaisons'))
  from tests.visible()
  where tbl = 'partner_unit' and pk = tests.id(p_name)
$$;
grant execute on all functions in schema tests to anon, authenticated;
-- Somebody is invited to be a liaison, too
select tests.act_as('coordinator');
select is(tests.keep('invited', api.appoint_liaison(tests.id('bureau'), '新联络')), 'applied', 'A liaison is invited');
select tests.commit();

-- Acting as those who do not keep the community, the unit's own liaison too, and the coordinator on the street
select tests.shuts_out('end_partner_unit', '{"partner_unit_id":"@bureau"}');
select tests.forbids('end_partner_unit', '{"partner_unit_id":"@bureau"}', 'ping', 'lian', 'grid_lead', 'officer',
  'admin', 'other_coordinator');
select tests.forbids('end_partner_unit', '{"partner_unit_id":"@office"}', 'coordinator');

-- Acting as the coordinator
select tests.refuses('end_partner_unit', '{"partner_unit_id":"@no_such"}', 'refused:gone',
  'A unit that is not there does not end');
select tests.refuses('end_partner_unit', '{"partner_unit_id":null}', 'refused:gone', 'Nor nothing');
select is(tests.unit('bureau'), 'active 1 2', 'It has a person, a liaison and one who is invited');
select is(tests.push('end_partner_unit', '{"partner_unit_id":"@bureau"}'), 'applied', 'It ends');
select is(tests.unit('bureau'), 'ended today 1 0', 'Today, and its liaisons with it; its people stay on the list');
select is(tests.push('end_partner_unit', '{"partner_unit_id":"@bureau"}'), 'applied:already', 'Once');
select is(tests.events('partner_unit_ended'), 1::bigint, 'The log has it');
select is((select data ->> 'partner_unit_name' from tests.visible() where tbl = 'responder_lead'
    and pk = tests.id('ping.person')), '区财政局', 'A person''s record still says where they work');
-- Acting as its liaison, and as the one who was to become it
select tests.act_as('lian');
select throws_ok('select tests.visible()', 'PGRST', null, 'Who was its liaison is let in no more');
select tests.act_as_anon();
select is(tests.said(api.invitation(tests.token('invited'))), 'refused:invitation_invalid',
  'The link makes nobody a liaison any more');
-- Acting as the officer
select tests.act_as('officer');
select is(tests.push('end_partner_unit', '{"partner_unit_id":"@office"}'), 'applied',
  'An officer ends an office of the street');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
