-- save_partner_unit: who keeps a node says which units it has (驻区单位), offices too; one that ended begins again.
begin;
select plan(66);
select tests.make_world();
select tests.make_partner('moved', '搬走的单位'), tests.make_partner('double', '财政局'),
  tests.make_partner('shop', '街对面', 'enterprise', 'other_community');
update app.partner_unit set state = 'ended', ended_on = private.day_of(now()) where id = tests.id('moved');
update app.partner_unit set state = 'ended', ended_on = private.day_of(now()), merged_into = tests.id('moved')
where id = tests.id('double');
select tests.commit();
create function tests.a_unit(p_over jsonb default '{}') returns jsonb language sql as $$
  select '{"partner_unit_id":"@bureau","keeper_id":"@community","name":"区财政局","kind":"government",
   "place_id":"@estate","address":"汉口路12号","line":"025 8300 1111转8","contact_id":"@ping.person"}'::jsonb || p_over
$$;
create function tests.unit(p_name text) returns text language sql as $$
  select concat_ws(' ', data ->> 'name', data ->> 'kind', data ->> 'state', data ->> 'address', data ->> 'line',
    data ->> 'contact_name', data ->> 'people', length(data ->> 'wall_code'))
  from tests.visible()
  where tbl = 'partner_unit' and pk = tests.id(p_name)
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as those who do not keep the community, and the coordinator on the street
select tests.shuts_out('save_partner_unit', tests.a_unit());
select tests.forbids('save_partner_unit', tests.a_unit(), 'ping', 'grid_lead', 'officer', 'admin', 'other_coordinator');
select tests.forbids('save_partner_unit', tests.a_unit('{"keeper_id":"@street"}'), 'coordinator');
select tests.forbids('save_partner_unit', tests.a_unit('{"keeper_id":null}'), 'coordinator');

-- Acting as the coordinator: what cannot be taken
select tests.refuses('save_partner_unit', tests.a_unit('{"partner_unit_id":null}'), 'refused:invalid',
  'A unit needs an id');
select tests.refuses('save_partner_unit', tests.a_unit('{"name":" "}'), 'refused:invalid', 'And a name');
select tests.refuses('save_partner_unit', tests.a_unit(jsonb_build_object('name', repeat('长', 81))),
  'refused:invalid', 'Of at most 80 characters');
select tests.refuses('save_partner_unit', tests.a_unit('{"kind":null}'), 'refused:invalid', 'And a kind');
select tests.refuses('save_partner_unit', tests.a_unit('{"kind":"circus"}'), 'refused:invalid', 'That there is');
select tests.refuses('save_partner_unit', tests.a_unit(jsonb_build_object('address', repeat('长', 101))),
  'refused:invalid', 'An address has at most 100 characters');
select tests.refuses('save_partner_unit', tests.a_unit('{"line":"找老王"}'), 'refused:invalid', 'A line is a number');
select is(tests.detail(), '{"field":"line"}', 'The refusal says which field it is');
select tests.refuses('save_partner_unit', tests.a_unit('{"place_id":"@other_building"}'), 'refused:invalid',
  'It lies in no place of another community');
select tests.refuses('save_partner_unit', tests.a_unit('{"contact_id":"@wei.person"}'), 'refused:invalid',
  'Nobody of another community keeps in touch with it');
select tests.refuses('save_partner_unit', tests.a_unit('{"partner_unit_id":"@shop"}'), 'refused:forbidden',
  'A unit of another community stays there');
select tests.refuses('save_partner_unit', tests.a_unit('{"partner_unit_id":"@double"}'), 'refused:wrong_state',
  'What was joined to another unit is that one');
select tests.refuses('save_partner_unit', tests.a_unit('{"name":"搬走的单位"}'), 'refused:name_taken',
  'A name stands once, also that of a unit that ended');
select is(tests.detail(), jsonb_build_object('id', tests.id('moved')), 'The refusal says whose it is');

-- What can
select is(tests.push('save_partner_unit',
    tests.a_unit('{"name":" 区财政局13800001111","address":"汉口路，13800001111"}')), 'applied',
  'A coordinator adds a unit');
select is(tests.unit('bureau'), '区财政局*** government active 汉口路，*** 025 8300 1111,8 李平 0',
  'The desk has it; words lose numbers, the line of the office is one');
select is(tests.push('save_partner_unit', tests.a_unit('{"place_id":null,"address":null,"line":"","contact_id":null}')),
  'applied', 'And mends it');
select is(tests.unit('bureau'), '区财政局 government active 0', 'What is not said is cleared');
select is(tests.push('save_partner_unit', tests.a_unit('{"partner_unit_id":"@moved","name":"搬走的单位"}')), 'applied',
  'A unit that ended begins again');
select is(tests.unit('moved'), '搬走的单位 government active 汉口路12号 025 8300 1111,8 李平 0', 'So it is');
select is(tests.push('save_partner_unit',
    '{"partner_unit_id":"@centre","keeper_id":"@community","name":"党群服务中心","kind":"service_centre"}'), 'applied',
  'A service centre is added');
select is(tests.unit('centre'), '党群服务中心 service_centre active 0 10', 'Its wall has a code of ten characters');
select set_config('tests.wall', (select data ->> 'wall_code' from tests.visible() where pk = tests.id('centre')),
  true);
select is(tests.push('save_partner_unit', '{"partner_unit_id":"@centre","keeper_id":"@community",
    "name":"社区党群服务中心","kind":"service_centre"}'), 'applied', 'It gets another name');
select is((select data ->> 'wall_code' from tests.visible() where pk = tests.id('centre')),
  current_setting('tests.wall'), 'And keeps its code: it is printed');
select is(tests.push('save_partner_unit', '{"partner_unit_id":"@centre","keeper_id":"@community",
    "name":"社区党群服务中心","kind":"institution"}'), 'applied', 'It is a service centre no more');
select is(tests.unit('centre'), '社区党群服务中心 institution active 0', 'So its wall has no code');
select is(tests.events('partner_unit_saved'), 6::bigint, 'The log has each');
-- Acting as others
select tests.act_as('officer');
select is(tests.push('save_partner_unit', '{"partner_unit_id":"@office","keeper_id":"@street","name":"民政办",
    "kind":"office"}'), 'applied', 'An officer keeps the offices of the street');
select is((select string_agg(data ->> 'name', ' ') from tests.visible() where tbl = 'partner_unit'), '民政办',
  'And sees no units of a community');
select tests.act_as('other_coordinator');
select is(tests.push('save_partner_unit', tests.a_unit('{"partner_unit_id":"@same","keeper_id":"@other_community",
    "place_id":null,"contact_id":null}')), 'applied', 'Next door a unit of the same name is another');
select is((select string_agg(data ->> 'name', ' ' order by data ->> 'kind') from tests.visible()
    where tbl = 'partner_unit'), '街对面 区财政局', 'That desk has its own');
select tests.act_as('ping');
select is((select count(*) from tests.visible() where tbl = 'partner_unit'), 0::bigint, 'A responder sees no units');
-- A node keeps at most a thousand
select tests.act_as_owner();
insert into app.partner_unit (id, name, org_unit_id)
select gen_random_uuid(), '单位' || i, tests.id('community') from generate_series(1, 1000) i;
select tests.act_as('coordinator');
select tests.refuses('save_partner_unit', tests.a_unit('{"partner_unit_id":"@one_more","name":"又一个"}'),
  'refused:over_capacity', 'A thousand are enough');
select is(tests.push('save_partner_unit', tests.a_unit()), 'applied', 'Those that are there are still mended');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
