-- 报到 without a login: report_place, send_report, report_receipt, join_by_receipt; and what a community reads of
-- somebody in 新就业群体 who keeps their name to themselves.
begin;
select plan(81);
select tests.make_world();
select tests.make_partner('centre', '党群服务中心', 'service_centre'),
  tests.make_partner('ended', '旧中心', 'service_centre'),
  tests.make_partner('up', '街道党群服务中心', 'service_centre', 'street');
update app.partner_unit set wall_code = 'WA77C0DE99' where id = tests.id('centre');
update app.partner_unit set wall_code = 'WA77C0DE88', state = 'ended', ended_on = private.day_of(now())
where id = tests.id('ended');
update app.partner_unit set wall_code = 'WA77C0DE77' where id = tests.id('up');
select tests.commit();
create function tests.keys(p jsonb) returns text language sql immutable as $$
  select string_agg(k, ',' order by k) from jsonb_object_keys(p) k
$$;
create function tests.clear_counts() returns void language sql security definer as $$ delete from app.rate_window $$;
-- Sends a report with other fields; the answer, and the field that it names.
create function tests.fault(p_over jsonb, p_code text default 'D00RC0DE11') returns text language sql as $$
  select tests.clear_counts();
  select concat_ws(' ', tests.said(a), a #>> '{detail,field}') from tests.sends_report('wrong', p_over, p_code) a
$$;
create function tests.name_of(p_report text) returns text language sql as $$
  select concat_ws(' ', data ->> 'name', data ->> 'source', data ->> 'state') from tests.visible()
  where tbl = 'report_lead' and pk = tests.id(p_report)
$$;
-- The person that a report became, as the community's list has them.
create function tests.listed(p_report text) returns text language sql as $$
  select p.data ->> 'name' from tests.visible() f, tests.visible() p
  where f.tbl = 'report_lead' and f.pk = tests.id(p_report) and p.tbl = 'responder_lead'
    and p.pk = (f.data ->> 'responder_id')::uuid
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- report_place, acting as anon
select tests.act_as_anon();
select is(tests.keys(api.report_place('D00RC0DE11')), tests.keys(api.report_place('N0SUCHC0DE')),
  'A code that opens nothing is answered with the same fields');
select is(tests.keys(api.report_place('WA77C0DE99')), tests.keys(api.report_place('N0SUCHC0DE')),
  'So is that of a wall');
select is((select concat_ws(' ', x ->> 'found', x ->> 'community_name', x ->> 'street_name', x ->> 'duty_line',
    x ->> 'wall', (x ->> 'here')::uuid = tests.id('building_1'), x ->> 'demo')
    from api.report_place('d00r-c0de-11') x),
  'true 甲社区 宁海路街道 02583001234 t false', 'The code of a door, however it is typed, opens its community');
select is((select string_agg(b ->> 'name' || ' ' || (b ->> 'grid'), ', ')
    from jsonb_array_elements(api.report_place('D00RC0DE11') -> 'buildings') b),
  '梧桐苑 1栋 第一网格, 梧桐苑 2栋 第一网格', 'With its buildings, and nothing of another community');
select is((select concat_ws(' ', x ->> 'found', x ->> 'community_name', x ->> 'wall', x ->> 'here',
    jsonb_array_length(x -> 'buildings')) from api.report_place('WA77C0DE99') x), 'true 甲社区 党群服务中心 2',
  'The code of a wall says whose it is');
select is((select string_agg(concat_ws(' ', x ->> 'found', x ->> 'community_name', x ->> 'duty_line', x ->> 'wall',
      x -> 'buildings'), ', ') from unnest(array['N0SUCHC0DE', '', null, 'WA77C0DE88', 'WA77C0DE77']) c,
    api.report_place(c) x), 'false [], false [], false [], false [], false []',
  'No other code opens anything, nor that of a wall that ended, nor one of the street');
select is(api.report_place('D00RC0DE11')::text ~ '李平|王强|赵梅|陈立群|1990000', false, 'No person is in any answer');

-- send_report: what cannot be taken
select is(concat_ws(' ', tests.said(a), a #>> '{detail,field}'), 'refused:invalid id', f.what)
from (values (null::uuid, repeat('x', 20), 'A report needs an id'), (tests.id('wrong'), null, 'And a link'),
  (tests.id('wrong'), repeat('x', 19), 'That nobody guesses'), (tests.id('wrong'), repeat('x', 61), 'And is no book'))
  f(id, token, what), api.send_report(f.id, f.token, 'D00RC0DE11', '{}') a;
select is(tests.fault(f.over), 'refused:invalid ' || f.field, f.what)
from (values ('{"home":"1栋"}'::jsonb, 'fields', 'A field nobody knows is refused'),
  ('{"kind":"community_worker"}', 'fields', 'Nobody says of themselves that they work for the community'),
  ('{"consents":"all"}', 'fields', 'Consents are a list'), ('{"people":0}', 'fields', 'A unit has people'),
  ('{"unit_kind":"unknown"}', 'fields', 'And a kind'), ('{"name":"  "}', 'name', 'A person has a name'),
  ('{"phone":null}', 'phone', 'And a number'), ('{"phone":"025-83001111"}', 'phone', 'A mobile one'),
  ('{"kind":null}', 'kind', 'Who are you?'), ('{"unit_kind":"enterprise"}', 'unit', 'A unit has a name'),
  ('{"trade":"rider","rest_from":"14:00"}', 'rest_from', 'A rest has an end'),
  ('{"trade":"rider","rest_from":"25:00","rest_to":"16:00"}', 'rest_from', 'And a beginning of a day'),
  ('{"fits":["someday"]}', 'fits', 'Hours are parts of a week'),
  ('{"building_id":"@other_building"}', 'building_id', 'A building of another community is none'),
  ('{"building_id":"@estate"}', 'building_id', 'An estate is no building')) f(over, field, what);
select is(tests.fault('{}', 'N0SUCHC0DE'), 'refused:gone', 'A code that opens nothing takes no report');
select is(tests.fault('{}', 'WA77C0DE88'), 'refused:gone', 'Nor that of a wall that ended');
select is(tests.value($$select count(*) from app.report_form$$)
    || tests.value($$select count(*) from app.notice$$), '00',
  'Nothing of all this is kept, and nobody is told');
-- What can
select tests.clear_counts();
select is(tests.sends_report('r1', '{"name":"石新到13800001111","skills":["急救"],"fits":["sat.day"],
    "consents":["public_display","nonsense"],"unit":"区税务局"}'),
  jsonb_build_object('status', 'applied', 'number', tests.report_number(1)), 'A report is taken, and has a number');
select is(tests.sends_report('r1', '{"name":"别人"}'),
  jsonb_build_object('status', 'applied', 'number', tests.report_number(1)), 'Sent twice it is one');
select is(tests.value($$select concat_ws(' ', name, phone, kind, skills, fits, consents, unit, state,
      building_id = tests.id('building_1')) from app.report_form$$),
  '石新到*** 19900000010 volunteer {急救} {sat.day} {public_display} 区税务局 requested t',
  'What was said first is kept, the number in its field alone');
select is(tests.said(api.send_report(tests.id('r1'), repeat('y', 30), 'D00RC0DE11', '{}')), 'refused:invalid',
  'Nobody changes a report whose link they do not have');
select is(tests.holding(upper(tests.link_of('r1')) || '|' || tests.link_of('r1')), '{}',
  'The link itself is kept nowhere');
select is(tests.said(tests.sends_report('rider', '{"name":"高小骑","phone":"19900000011","kind":null,"trade":"rider",
    "rest_from":"14:00","rest_to":"16:30","building_id":null}', 'wa77-c0de-99')), 'applied',
  'A courier reports in by the code of a wall');
select is(tests.said(tests.sends_report('parcel', '{"name":"马小递","phone":"19900000012","kind":"volunteer",
    "trade":"parcel","consents":["report_name"],"building_id":null}', 'WA77C0DE99')), 'applied',
  'Another lets their name be read');
-- Acting as a login that belongs nowhere, and a person of the list
select tests.act_as('uninvited');
select is(tests.said(tests.sends_report('known', '{"name":"王强","phone":"19900000003","building_id":null}')), 'applied',
  'A number that stands on the list is answered like any');

-- What the community is told and sees, acting as the coordinator
select tests.commit();
select tests.act_as('coordinator');
select is(tests.heard_of_reports(), 'coordinator report_asked, coordinator report_asked, coordinator report_asked, '
  || 'coordinator report_asked', 'The coordinator is told of each');
select is(tests.name_of('r1') || ', ' || tests.name_of('rider') || ', ' || tests.name_of('parcel'),
  '石新到*** page requested, 骑手 0002 wall requested, 马小递 wall requested',
  'Who keeps their name is shown as trade and number');
select is((select concat_ws(' ', data ->> 'trade', data ->> 'kind', data ->> 'rest_from', data ->> 'rest_to',
    data ->> 'phone_masked') from tests.visible() where pk = tests.id('rider')),
  'rider new_employment 14:00 16:30 199****0011', 'With their rest, and the number masked');
select is((select count(*) from tests.visible() where data::text ~ '高小骑|1990000001'), 0::bigint,
  'The name is nowhere, nor any number in full');

-- report_receipt, acting as anon
select tests.act_as_anon();
select is((select concat_ws(' ', x ->> 'status', x ->> 'may_join', x #>> '{receipt,number}', x #>> '{receipt,state}',
    x #>> '{receipt,community_name}', x #>> '{receipt,grid_name}', x #> '{receipt,consents}')
    from api.report_receipt(tests.link_of('r1')) x),
  'applied false ' || tests.report_number(1) || ' requested 甲社区 第一网格 ["public_display"]',
  'The link opens the receipt');
select is(api.report_receipt(tests.link_of('rider'))::text ~ '19900000011', false, 'No number is on it');
select is(tests.said(api.report_receipt(x)), 'refused:gone', 'No other link opens any') from unnest(array['', null]) x;
select is((select string_agg(n || ' ' || said, ', ' order by said)
    from (select tests.said(api.report_receipt('guess' || i)) as said, count(*) as n from generate_series(1, 20) i
      group by 1) x), '8 refused:gone, 12 refused:too_many_tries', 'Ten wrong links a minute are answered');
select is(tests.said(api.report_receipt(tests.link_of('r1'))), 'applied', 'The right one still opens');
select tests.clear_counts();

-- join_by_receipt
select is(tests.said(api.join_by_receipt(tests.link_of('no_such'))), 'refused:gone', 'No other link makes a login');
select tests.denies($$select api.join_by_receipt(tests.link_of('r1'))$$, 'refused:forbidden',
  'Nor does one before the community has answered');
select tests.act_as('coordinator');
select is((select string_agg(tests.push('confirm_report',
      jsonb_build_object('report_id', '@' || x, 'grid_id', null)), ' ')
    from unnest('{r1,rider,parcel,known}'::text[]) x), 'applied applied applied applied', 'All are confirmed');
select is(tests.name_of('known') || ', ' || tests.listed('known'), '王强 page confirmed, 王强',
  'One was on the list before');
select tests.act_as_anon();
select is((select concat_ws(' ', x ->> 'may_join', x #>> '{receipt,state}')
    from api.report_receipt(tests.link_of('r1')) x), 'true confirmed',
  'The receipt says that its person may make a login');
select is((select concat_ws(' ', x ->> 'may_join', x #>> '{receipt,state}')
    from api.report_receipt(tests.link_of('known')) x), 'false confirmed',
  'Not where the community had the record before: it may be somebody else''s');
select tests.denies($$select api.join_by_receipt(tests.link_of('known'))$$, 'refused:forbidden', 'Nor is there a link');
select is(tests.keep('new', api.join_by_receipt(tests.link_of('r1'))), 'applied', 'The link makes a link to a login');
select is((select concat_ws(' ', x ->> 'purpose', x ->> 'person', x ->> 'place', x ->> 'sign_in_name',
    (x ->> 'expires_at')::timestamptz = now() + interval '1 day') from api.invitation(tests.token('new')) x),
  'responder 石新到*** 甲社区 19900000010 t', 'For that person, for a day');
select tests.act_as_owner();
select tests.sign_up('newcomer', 'new');
select tests.act_as('newcomer');
select is(tests.said(api.redeem_invitation(tests.token('new'))), 'applied', 'They have a login');
select tests.commit();
select is((select data ->> 'number' from tests.visible() where tbl = 'my_report'), tests.report_number(1),
  'And the receipt on their phone');
select tests.act_as_anon();
select tests.denies($$select api.join_by_receipt(tests.link_of('r1'))$$, 'refused:forbidden', 'Once');
select is((api.report_receipt(tests.link_of('r1')) ->> 'may_join'), 'false', 'The receipt says so');

-- A courier's name
select tests.act_as('coordinator');
select is(tests.listed('rider') || ', ' || tests.name_of('rider') || ', ' || tests.listed('parcel'),
  '骑手 0002, 骑手 0002 wall confirmed, 马小递', 'On the list, too, stands what was agreed to');
select is((select count(*) from tests.visible() where data::text ~ '高小骑'), 0::bigint, 'The name is nowhere');
select tests.act_as_anon();
select is(tests.keep('rider', api.join_by_receipt(tests.link_of('rider'))), 'applied', 'The courier makes a login');
select tests.act_as_owner();
select tests.sign_up('rider', 'rider');
select tests.act_as('rider');
select is(tests.said(api.redeem_invitation(tests.token('rider'))), 'applied', 'And has it');
select is(tests.push('set_consent', '{"purpose":"report_name","given":true}'), 'applied',
  'They let their name be read');
select tests.act_as('coordinator');
select is(tests.listed('rider') || ', ' || tests.name_of('rider'), '高小骑, 高小骑 wall confirmed',
  'It stands there at once');
select tests.act_as('rider');
select is(tests.push('set_consent', '{"purpose":"report_name","given":false}'), 'applied', 'They take it back');
select tests.act_as('coordinator');
select is(tests.listed('rider') || ', ' || tests.name_of('rider'), '骑手 0002, 骑手 0002 wall confirmed',
  'And it is gone at once');
select is((select count(*) from sync.entry where data::text ~ '高小骑' and scope not like 'user:%'), 0::bigint,
  'Past pull, too');
select is(tests.value($$select count(*) from app.login where name = '高小骑'$$), '0', 'Their login says it no more');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select tests.act_as_owner();
update app.report_in set state = 'ended'
where responder_id = (select responder_id from app.report_form where id = tests.id('parcel'));
select is(tests.value($$select r.name from app.responder r join app.report_form f on f.responder_id = r.id
    where f.id = tests.id('parcel')$$), '快递员 0003', 'Who has left the community has their name back');
select is(tests.value($$select coalesce(phone, 'none') from app.report_form where id = tests.id('parcel')$$), 'none',
  'The number goes from the report');
select is(tests.value($$select count(*) from app.withheld_name where name = '马小递'$$), '0',
  'And so does the name that nobody can let be read any more');
select is((select count(*) from tests.drift()), 0::bigint, 'And phones hold what the projections say');

-- Limits
select tests.act_as_anon();
select tests.clear_counts();
select is((select string_agg(n || ' ' || said, ', ' order by said)
    from (select tests.said(tests.sends_report('n' || i)) as said, count(*) as n from generate_series(1, 12) i
      group by 1) x), '10 applied, 2 refused:too_many_tries', 'Ten reports an hour come from one address at one code');
select set_config('request.headers', '{"x-forwarded-for":"203.0.113.9"}', true);
select is((select string_agg(n || ' ' || said, ', ' order by said)
    from (select tests.said(tests.sends_report('m' || i, '{}', 'MADEXUP' || i)) as said, count(*) as n
      from generate_series(101, 170) i group by 1) x), '60 refused:gone, 10 refused:too_many_tries',
  'And sixty from one address, whatever code they name');
select tests.act_as_owner();
insert into app.report_form (id, community_id, number, token_hash, name, phone, kind)
select gen_random_uuid(), tests.id('community'), 'X' || i, sha256(i::text::bytea), '某人', '13800001111', 'volunteer'
from generate_series(1, 500) i;
select tests.act_as_anon();
select tests.clear_counts();
select is(tests.said(tests.sends_report('last')), 'refused:too_many_tries',
  'A community has five hundred to answer at most');
select * from finish();
rollback;
