-- save_responder, end_responder: one person of a list is added, mended and taken off without a sheet.
begin;
select plan(64);
select tests.make_world();
select tests.make_shift('soon', now() + interval '20 hours', 3, 2), tests.make_shift('now', now() - interval '1 hour',
  3, 2),
  tests.make_shift('past', now() - interval '50 hours', 3, 2);
select tests.make_assignment('a_qiang', 'qiang', 'soon'), tests.make_assignment('a_mei', 'mei', 'now', 'on_post'),
  tests.make_assignment('a_past', 'nobody', 'past', 'done');
create function tests.save(p_name text, p_fields jsonb, p_community text default 'community') returns text
language sql as $$
  select tests.said(a) || coalesce(' ' || (a #>> '{detail,field}'), '')
  from api.save_responder(tests.id(p_name || '.person'), tests.id(p_community), p_fields) a
$$;
create function tests.off(p_name text, p_release boolean default false, p_community text default 'community')
returns text language sql as $$
  select concat_ws(' ', tests.said(a), a #>> '{detail,field}', a #>> '{detail,duty,0,place_name}',
    a #>> '{released,0,place_name}', case when (a ->> 'removed')::boolean then 'removed' end)
  from api.end_responder(tests.id(p_name || '.person'), tests.id(p_community), p_release) a
$$;
create function tests.of(p_name text) returns text language sql stable security definer as $$
  select concat_ws(' ', r.name, r.kind, coalesce(c.phone, '-'), coalesce(h.name, '-'), coalesce(pu.name, '-'),
    coalesce(po.name, '-'), coalesce(r.display_name, '-'), r.skills, r.night, r.initials)
  from app.responder r
  left join app.responder_contact c on c.responder_id = r.id
  left join app.org_unit h on h.id = r.home_building_id
  left join app.partner_unit pu on pu.id = r.partner_unit_id
  left join app.party_org po on po.id = r.party_org_id
  where r.id = tests.id(p_name || '.person')
$$;
create function tests.roles_of(p_name text) returns text language sql stable security definer as $$
  select string_agg(concat_ws(' ', g.role, u.name), ', ' order by g.role)
  from app.role_grant g
  join app.org_unit u on u.id = g.org_unit_id
  where g.login_id = tests.id(p_name)
$$;
grant execute on all functions in schema tests to anon, authenticated;
select tests.grant_role('ping', 'building_1', 'building_lead'),
  tests.grant_role('ping', 'other_community', 'liaison');

-- Acting as anon, ping, the grid lead, the officer, another community's coordinator
select tests.act_as_anon();
select tests.raises($$select api.save_responder(gen_random_uuid(), tests.id('community'), '{}')$$, '42501',
  'Anon adds nobody');
select tests.raises($$select api.end_responder(tests.id('ping.person'), tests.id('community'), true)$$, '42501',
  'Anon takes nobody off');
select tests.act_as(who) from (values ('ping')) x(who);
select tests.denies($$select api.save_responder(tests.id('ping.person'), tests.id('community'), '{"name":"我"}')$$,
  'refused:forbidden', 'A responder mends no list, nor their own record');
select tests.act_as('grid_lead');
select tests.denies($$select api.end_responder(tests.id('ping.person'), tests.id('community'), true)$$,
  'refused:forbidden', 'A grid lead takes nobody off');
select tests.act_as('officer');
select tests.denies($$select api.save_responder(tests.id('new.person'), tests.id('community'), '{}')$$,
  'refused:forbidden', 'An officer adds nobody');
select tests.act_as('other_coordinator');
select tests.denies($$select api.save_responder(tests.id('ping.person'), tests.id('other_community'),
  '{"name":"李平"}')$$,
  'refused:gone', 'The record of another community is answered like none');
select tests.denies($$select api.end_responder(tests.id('ping.person'), tests.id('other_community'), true)$$,
  'refused:gone', 'Nor taken off');

-- Acting as the coordinator: adding
select tests.act_as('coordinator');
select is(tests.save('new', f.fields), 'refused:invalid ' || f.field, 'A new person with ' || f.what)
from (values
  ('{"phone":"13900000001","kind":"volunteer"}'::jsonb, 'name', 'no name'),
  ('{"name":"郑新","kind":"volunteer"}', 'phone', 'no number'),
  ('{"name":"郑新","phone":"02583001234","kind":"volunteer"}', 'phone', 'a landline'),
  ('{"name":"郑新","phone":"13900000001"}', 'kind', 'no kind'),
  ('{"name":"郑新","phone":"13900000001","kind":"hero"}', 'kind', 'a kind nobody knows'),
  ('{"name":"郑新","phone":"13900000001","kind":"volunteer","rank":"1"}', 'fields', 'a field nobody knows')) f(fields,
  field, what);
select is(tests.save('new', jsonb_build_object('name', '郑新', 'phone', '13900000001', 'kind', 'volunteer', 'building_id',
    tests.id('other_building'))), 'refused:invalid building_id', 'A building of another community is none');
select is(tests.save('new', jsonb_build_object('name', '郑新', 'phone', '13900000001', 'kind', 'volunteer', 'building_id',
    tests.id('building_1'), 'display_name', '郑老师', 'skills', '["急救"]'::jsonb, 'partner_unit', '区财政局', 'party_org',
    '第一支部', 'night', 'no', 'pinyin', 'zhengxin', 'initials', 'zx')), 'applied', 'A person is added');
select is(tests.of('new'), '郑新 volunteer 13900000001 1栋 区财政局 第一支部 郑老师 {急救} no zx', 'With all that was said');
select is(tests.value($$select state from app.report_in where responder_id = tests.id('new.person')$$), 'confirmed',
  'And reported in');
select is(tests.save('new2', '{"name":"王强","phone":"19900000003","kind":"volunteer"}'), 'refused:taken',
  'A number of this very list is there already');
select is((api.save_responder(tests.id('new2.person'), tests.id('community'),
    '{"name":"王强","phone":"19900000003","kind":"volunteer"}') #>> '{detail,id}')::uuid, tests.id('qiang.person'),
  'The answer says whose it is');
select is(tests.save('new3', '{"name":"吴伟","phone":"19900000005","kind":"volunteer"}')
    || ' ' || tests.save('new4', '{"name":"郑四","phone":"13900000004","kind":"volunteer"}'),
  'applied applied', 'A number that another community lists is answered like one nobody knows (R46)');
select is(tests.of('wei'), '吴伟 volunteer 19900000005 9栋 - - - {} yes ', 'Its record there stays as it was');

-- Mending
select is(tests.save('new', '{"skills":[],"partner_unit":null,"night":"yes"}'), 'applied', 'Three fields are mended');
select is(tests.of('new'), '郑新 volunteer 13900000001 1栋 - 第一支部 郑老师 {} yes zx', 'The others stay');
select is(tests.save('new', '{"building_id":null,"name":"郑欣","initials":"zx"}'), 'applied', 'A home is cleared,
  a name mended');
select is(tests.of('new'), '郑欣 volunteer 13900000001 - - 第一支部 郑老师 {} yes zx', 'So it is');
select is(tests.save('qiang', '{"phone":"13900000009"}'), 'applied', 'A new number is typed');
select is(tests.of('qiang') || ' ' || tests.value($$select sign_in_name from app.login where id = tests.id('qiang')$$),
  '王强 volunteer 13900000009 2栋 - - - {} yes  qiang', 'It is kept; the sign-in name stays');
select is(tests.save('qiang', '{"phone":"13900000001"}'), 'refused:taken',
  'Not the number of another person of the list');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');

-- Taking off
select is(tests.off('new'), 'applied removed', 'A record that was never used is gone');
select is(tests.off('new'), 'refused:gone', 'Once');
select is(tests.off('mei'), 'refused:invalid on_post', 'Nobody is taken off while on post');
select is(tests.off('qiang'), 'refused:has_duty 梧桐苑 1栋', 'Coming duty is said first');
select is(tests.state_of('assignment', 'a_qiang'), 'accepted', 'And nothing is released yet');
select is(tests.off('qiang', true), 'applied 梧桐苑 1栋', 'Then it is released by name');
select is(tests.state_of('assignment', 'a_qiang') || ' ' || tests.places('soon'), 'released 0 filled, 0 held of 2',
  'The place is free');
select is(tests.value($$select state from app.report_in where responder_id = tests.id('qiang.person')$$)
    || tests.value($$select count(*) from app.responder_contact where responder_id = tests.id('qiang.person')$$),
  'ended0', 'The report-in has ended, and with it the number');
select is(tests.said(a.x), 'applied', 'A person is invited')
from (
  select x, set_config('tests.link', x #>> '{invitations,0,token}', true)
  from api.invite(array[tests.id('nobody.person')]) x) a;
select is(tests.off('nobody'), 'applied', 'A person who served once is ended, not deleted');
select is(tests.value($$select name from app.responder where id = tests.id('nobody.person')$$), '钱无号',
  'Their duty keeps its name');
select is(tests.value($$select revoked_at is not null from app.invitation
    where responder_id = tests.id('nobody.person')$$), 'true', 'Their open invitation ends');
select is(api.invitation(current_setting('tests.link')) ->> 'code', 'invitation_invalid', 'And opens no more');
select is((api.end_responder(tests.id('ping.person'), tests.id('community')) -> 'detail')::text,
  '{"duty": [], "roles": [{"role": "building_lead", "place_name": "梧桐苑 1栋"}]}', 'A role is said before it ends');
select is(tests.roles_of('ping'), 'building_lead 1栋, liaison 乙社区', 'It is held still');
select is(tests.off('ping', true), 'applied', 'A lead is taken off');
select is(tests.roles_of('ping'), 'liaison 乙社区', 'Their role here ends, one elsewhere stays');
select is(tests.off('coordinator'), 'refused:invalid self', 'Nobody takes off themselves');
select is(tests.roles_of('coordinator'), 'coordinator 甲社区', 'And stays what they are');
-- leaving by oneself ends as much
select tests.denies($$select api.leave_community(tests.id('community'))$$, 'refused:last_coordinator',
  'The last who coordinates a community does not leave it');
select tests.denies($$select api.close_account()$$, 'refused:last_coordinator', 'Nor close the account');
select tests.act_as_owner();
select tests.grant_role('officer', 'street', 'coordinator');
select tests.act_as('coordinator');
select is(tests.said(api.leave_community(tests.id('community'))), 'applied',
  'With another who coordinates it, here from above, one leaves');
select is(tests.roles_of('coordinator'), null, 'Their role ends, too');
select is((select count(*) from tests.visible() where scope like 'lead:%' or scope like 'org:%'), 0::bigint,
  'Their phone keeps nothing of the community');
select is(tests.said(api.leave_community(tests.id('community'))), 'refused:gone', 'Once');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
