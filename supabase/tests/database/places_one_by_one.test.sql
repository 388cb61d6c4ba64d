-- save_unit, remove_unit, save_post, end_post, setup_progress: places are added, mended and given up without a sheet.
begin;
select plan(55);
select tests.make_world();
select tests.make_shift('soon', now() + interval '20 hours', 3, 2), tests.make_shift('past',
  now() - interval '50 hours', 3, 2),
  tests.make_shift('gate now', now() - interval '1 hour', 3, 2, 'gate');
select tests.make_assignment('a_qiang', 'qiang', 'soon'), tests.make_assignment('a_mei', 'mei', 'gate now', 'on_post');
create function tests.unit(p_name text, p_fields jsonb, p_community text default 'community') returns text
language sql as $$
  select concat_ws(' ', tests.said(a), a #>> '{detail,field}')
  from api.save_unit(tests.id(p_name), tests.id(p_community), tests.args(p_fields)) a
$$;
create function tests.post(p_name text, p_fields jsonb, p_community text default 'community') returns text
language sql as $$
  select concat_ws(' ', tests.said(a), a #>> '{detail,field}')
  from api.save_post(tests.id(p_name), tests.id(p_community), tests.args(p_fields)) a
$$;
create function tests.gone(p_name text) returns text language sql as $$
  select concat_ws(' ', tests.said(a), a ->> 'detail') from api.remove_unit(tests.id(p_name), tests.id('community')) a
$$;
create function tests.end_it(p_name text, p_release boolean default false) returns text language sql as $$
  select concat_ws(' ', tests.said(a), a #>> '{detail,field}', a #>> '{detail,shifts}', a #>> '{detail,duty,0,name}',
    a #>> '{released,0,name}', a #>> '{detail,callouts}')
  from api.end_post(tests.id(p_name), tests.id('community'), p_release) a
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as anon, ping, the grid lead, another community's coordinator
select tests.act_as_anon();
select tests.raises(format('select api.%s(gen_random_uuid(), gen_random_uuid()%s)', f, a), '42501',
  'Anon calls no ' || f)
from (values ('save_unit', ', ''{}'''), ('remove_unit', ''), ('save_post', ', ''{}'''), ('end_post', ', true')) x(f, a);
select tests.act_as('ping');
select is(tests.unit('x', '{}') || tests.gone('building_1') || tests.post('x', '{}') || tests.end_it('door'),
  'refused:forbiddenrefused:forbiddenrefused:forbiddenrefused:forbidden', 'A responder changes no place');
select is(tests.said(api.setup_progress(tests.id('community'))), 'refused:forbidden',
  'Nor reads how far the set-up is');
select tests.act_as('grid_lead');
select is(tests.unit('x', '{}') || tests.gone('building_1') || tests.post('x', '{}') || tests.end_it('door'),
  'refused:forbiddenrefused:forbiddenrefused:forbiddenrefused:forbidden', 'Nor a grid lead');
select tests.act_as('other_coordinator');
select is(tests.unit('building_1', '{"name":"我的"}', 'other_community')
    || tests.post('door', '{"name":"我的"}', 'other_community'), 'refused:gonerefused:gone',
  'A place of another community is answered like none');

-- Acting as the coordinator: units
select tests.act_as('coordinator');
select is(tests.unit('new_estate', f.fields), 'refused:invalid ' || f.field, 'A unit with ' || f.what)
from (values
  ('{"name":"香樟园","parent_id":"@community"}'::jsonb, 'level', 'no level'),
  ('{"level":"estate","name":" ","parent_id":"@community"}', 'name', 'no name'),
  ('{"level":"estate","name":"香樟园"}', 'parent_id', 'no place'),
  ('{"level":"estate","name":"香樟园","parent_id":"@other_community"}', 'parent_id', 'a place elsewhere'),
  ('{"level":"building","name":"1栋","parent_id":"@community"}', 'parent_id', 'no estate'),
  ('{"level":"estate","name":"香樟园","parent_id":"@community","duty_line":"call me"}', 'duty_line',
  'no number')) f(fields, field, what);
select is(tests.unit('new_estate', '{"level":"estate","name":"香樟园","parent_id":"@community"}'), 'applied', 'An estate');
select is(tests.unit('twin', '{"level":"estate","name":"香樟园","parent_id":"@grid"}'), 'refused:taken',
  'A second estate of the name is refused, in whatever grid');
select is(tests.unit('new_b', '{"level":"building","name":"1栋","parent_id":"@new_estate","duty_line":"02583009999"}'),
  'applied', 'A building in it, of a name that another estate has too');
select is(tests.unit('new_b', '{"duty_line":"025-84701234转802"}') || ' ' || tests.value($$
    select concat_ws(' ', name, duty_line) from app.org_unit where id = tests.id('new_b')
  $$), 'applied 1栋 025-84701234,802', 'Its duty line alone is changed, and has an extension');
select is(tests.unit('new_b', '{"duty_line":"转802"}'), 'refused:invalid duty_line', 'An extension alone is no number');
select is(tests.unit('new_b', '{}'), 'applied', 'Nothing is changed, and nothing is wrong with that');
select is(tests.unit('new_b', '{"name":"1栋","duty_line":""}') || tests.value($$
    select coalesce(duty_line, '-') from app.org_unit where id = tests.id('new_b')
  $$), 'applied-', 'Its duty line is cleared');
select is(tests.unit('new_estate', '{"parent_id":"@grid"}') || ' ' || tests.value($$
    select path operator(extensions.<@) (select path from app.org_unit where id = tests.id('grid'))
    from app.org_unit where id = tests.id('new_b')
  $$), 'applied true', 'The estate moves into a grid, and its buildings with it');
select is(tests.unit('building_1', '{"name":"2栋"}'), 'refused:taken', 'Two buildings of an estate have two names');
select is(tests.gone('building_1'), 'refused:in_use {"posts": 1, "roles": 0, "units": 0, "people": 2}',
  'A building with people and a post stays, and says why');
select is(tests.gone('new_estate'), 'refused:in_use {"posts": 0, "roles": 0, "units": 1, "people": 0}',
  'An estate with a building');
select is(tests.gone('new_b') || tests.gone('new_estate') || ' ' || tests.gone('new_b'), 'appliedapplied refused:gone',
  'What is empty goes, once');
select is(tests.gone('community'), 'refused:gone', 'The community itself is nothing to remove');

-- Posts
select is(tests.post('new_post', f.fields), 'refused:invalid ' || f.field, 'A post with ' || f.what)
from (values
  ('{"org_unit_id":"@building_2","kind":"gate"}'::jsonb, 'name', 'no name'),
  ('{"org_unit_id":"@building_2","name":"东门"}', 'kind', 'no kind'),
  ('{"org_unit_id":"@other_building","name":"东门","kind":"gate"}', 'org_unit_id', 'a place elsewhere'),
  ('{"org_unit_id":"@building_2","name":"东门","kind":"gate","night_minimum":99}', 'fields',
  'a figure too large')) f(fields, field, what);
select is(tests.post('new_post', '{"org_unit_id":"@building_2","name":"东门","kind":"gate","setting":"indoor","task":"登记",
  "kit":"雨衣","contact":"13800138000","night_minimum":2}'), 'applied', 'A post with everything');
select is(tests.post('new_post', '{"task":null,"kind":"patrol"}') || ' ' || tests.value($$
    select concat_ws(' ', name, kind, setting, coalesce(task, '-'), kit, contact, night_minimum)
    from app.post where id = tests.id('new_post')
  $$), 'applied 东门 patrol indoor - 雨衣 13800138000 2', 'Two fields are mended, the others stay');
select is(tests.post('twin_post', '{"org_unit_id":"@building_2","name":"东门","kind":"gate"}'), 'refused:taken',
  'Two posts of a place have two names');
select is(tests.end_it('new_post'), 'applied', 'A post that never had a shift');
select is(tests.value($$select count(*) from app.post where id = tests.id('new_post')$$), '0', 'It is gone');
select is(tests.end_it('gate'), 'refused:invalid on_post', 'No post ends under somebody who is on it');
select is(tests.end_it('door'), 'refused:has_duty 1 王强', 'Shifts that lie ahead are said first, with their people');
select is(tests.state_of('assignment', 'a_qiang'), 'accepted', 'And nothing is released yet');
select is(tests.end_it('door', true), 'applied 王强', 'Then they are called off, and people released by name');
select is(tests.state_of('assignment', 'a_qiang') || ' ' || tests.state_of('shift', 'soon'), 'released cancelled',
  'So they are');
select is(tests.value($$select (data ->> 'ended') from projection.post where pk = tests.id('door')$$), 'true',
  'The post is ended; its row stays for the shifts that were');
select is(tests.end_it('door'), 'refused:gone', 'Once');
select is(tests.push('draft_shifts', jsonb_build_object('roster_id', '@r', 'community_id', '@community', 'name', '周',
    'starts_on', tests.at(1, '00:00')::date, 'ends_on', tests.at(7, '00:00')::date, 'shifts', jsonb_build_array(
      jsonb_build_object('id', '@s9', 'post_id', '@door', 'starts_at', tests.at(2, '08:00'), 'ends_at',
        tests.at(2, '11:00'), 'capacity', 1)))), 'refused:invalid', 'No shift is planned on an ended post');
select is((api.save_post(tests.id('again'), tests.id('community'), tests.args(
    '{"org_unit_id":"@building_1","name":"单元门岗","kind":"unit_door"}')) ->> 'id')::uuid, tests.id('door'),
  'A post of the name goes on');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');

-- How far the set-up is, in counts
select is(api.setup_progress(tests.id('community')) - '{status,path}'::text[],
  '{"coordinator":"active","buildings":2,"posts":2,"people":5,"invited":4,"rosters":2}', 'A community with everything');
select tests.act_as('admin');
select is(api.setup_progress(tests.id('other_community')) ->> 'people', '1', 'An admin reads counts,
  and nobody''s name');
select is(api.setup_progress() #>> '{path,3}', tests.id('community')::text,
  'Without a community an admin is told of the one that has come furthest');
select is(api.setup_progress() - 'status', api.setup_progress(tests.id('community')) - 'status', 'And how far it is');
select tests.act_as('coordinator');
select is(tests.said(api.setup_progress()), 'refused:forbidden', 'That is for an admin');
select * from finish();
rollback;
