-- R28, R44: a list with fewer columns changes nothing in the others, an empty cell does what is written in
-- private.row_says, and a revert brings the old values back.
begin;
select plan(59);
select tests.make_world();
-- "status", or "status code/field" of the one row of a list
create function tests.bring(p_batch text, p_kind text, p_row jsonb) returns text language sql as $$
  select concat_ws(' ', r ->> 'status', nullif(concat_ws('/', r ->> 'code', r ->> 'field', r ->> 'unit'), ''))
  from api.import_rows(tests.id(p_batch), p_kind, jsonb_build_array(p_row || '{"row":1}'),
    jsonb_build_object('community_id', case when p_kind <> 'division' then tests.id('community') end,
      'file_name', p_batch, 'demo', false)) a,
  jsonb_array_elements(a -> 'results') r
$$;
create function tests.back(p_batch text) returns text language sql as $$
  select concat_ws('; ', a ->> 'removed',
    (select string_agg(k ->> 'field', ' ' order by k ->> 'field') from jsonb_array_elements(a -> 'restored') k),
    (select string_agg(concat_ws(' ', k ->> 'field', k ->> 'reason'), ', ' order by k ->> 'field', k ->> 'reason')
     from jsonb_array_elements(a -> 'kept') k))
  from api.revert_import(tests.id(p_batch)) a
$$;
-- the person of a number, and the post of a name, in words
create function tests.person(p_phone text) returns text language sql security definer as $$
  select concat_ws(' ', r.kind, coalesce(r.display_name, '-'), coalesce(h.name, '-'), coalesce(pu.name, '-'),
    coalesce(po.name, '-'), r.skills, r.night)
  from app.responder_contact c
  join app.responder r on r.id = c.responder_id
  left join app.org_unit h on h.id = r.home_building_id
  left join app.partner_unit pu on pu.id = r.partner_unit_id
  left join app.party_org po on po.id = r.party_org_id
  where c.phone = p_phone
$$;
create function tests.post(p_name text) returns text language sql security definer as $$
  select concat_ws(' ', kind, setting, coalesce(task, '-'), coalesce(kit, '-'), coalesce(contact, '-'), night_minimum)
  from app.post where name = p_name
$$;
grant execute on all functions in schema tests to anon, authenticated;
create temp table was (person text, post text);
grant select, insert on was to authenticated;

-- Acting as anon and ping
select tests.act_as_anon();
select tests.raises($$select api.revert_import(tests.id('full'))$$, '42501', 'Anon takes nothing back');
select tests.act_as('ping');
select is(tests.bring('full', 'post', '{"estate":"梧桐苑","name":"东门","kind":"gate"}'), null,
  'A responder imports nothing');

-- Acting as the coordinator: a person and a post with everything
select tests.act_as('coordinator');
select is(tests.bring('full', 'responder', '{"name":"王建国","phone":"13900000001","kind":"volunteer","estate":"梧桐苑",
  "building":"1栋","display_name":"王师傅","skills":["送药","开锁"],"partner_unit":"区财政局","party_org":"第一支部",
  "night":"no","pinyin":"wangjianguo","initials":"wjg"}'), 'created', 'A person with every column');
select is(tests.bring('full post', 'post', '{"estate":"梧桐苑","name":"东门","kind":"gate","setting":"indoor","task":"登记",
  "kit":"雨衣","contact":"13800138000","night_minimum":2}'), 'created', 'A post with every column');
insert into was select tests.person('13900000001'), tests.post('东门');
select is((select person || '; ' || post from was),
  'volunteer 王师傅 1栋 区财政局 第一支部 {送药,开锁} no; gate indoor 登记 雨衣 13800138000 2', 'Everything is kept');

-- A column the list does not have changes nothing
select is(tests.bring('few', 'responder', '{"name":"王建国","phone":"13900000001","kind":"party_member_in_service"}'),
  'updated', 'A list of three columns');
select is(tests.person('13900000001'),
  'party_member_in_service 王师傅 1栋 区财政局 第一支部 {送药,开锁} no', 'Only the kind changes');
select is(tests.bring('no kind', 'responder', '{"name":"王建国","phone":"13900000001"}'), 'unchanged',
  'A list without kinds changes nothing');
select is(tests.bring('few posts', 'post', '{"estate":"梧桐苑","name":"东门","kind":"patrol"}'), 'updated',
  'A list of three columns of posts');
select is(tests.post('东门'), 'patrol indoor 登记 雨衣 13800138000 2', 'Only the kind of the post changes');
select is(tests.bring('no kind of post', 'post', '{"estate":"梧桐苑","name":"东门"}'), 'unchanged', 'Nor without kinds');
select is(tests.bring('estates only', 'responder', '{"name":"王建国","phone":"13900000001","estate":"梧桐苑"}'),
  'unchanged', 'A column of estates alone moves nobody out of their building');
select is(tests.back('few') || ' | ' || tests.back('few posts'), '0; kind | 0; kind', 'Both lists are taken back');
select is(tests.person('13900000001') || '; ' || tests.post('东门'), (select person || '; ' || post from was),
  'The old kinds are there again');

-- An empty cell, field by field: texts are cleared, the required is an error, choices and figures stay
select is(tests.bring('empty ' || f.name, 'responder',
    '{"name":"王建国","phone":"13900000001"}'::jsonb || f.cell) || ' ' || tests.person('13900000001'), f.expected,
  'An empty cell of ' || f.name)
from (values
  ('display_name', '{"display_name":null}'::jsonb,
    'updated volunteer - 1栋 区财政局 第一支部 {送药,开锁} no'),
  ('building', '{"estate":"","building":""}', 'updated volunteer - - 区财政局 第一支部 {送药,开锁} no'),
  ('partner_unit', '{"partner_unit":""}', 'updated volunteer - - - 第一支部 {送药,开锁} no'),
  ('party_org', '{"party_org":null}', 'updated volunteer - - - - {送药,开锁} no'),
  ('skills', '{"skills":[]}', 'updated volunteer - - - - {} no'),
  ('night', '{"night":""}', 'unchanged volunteer - - - - {} no'),
  ('kind', '{"kind":""}', 'error missing/kind volunteer - - - - {} no'),
  ('public_display', '{"public_display":""}', 'unchanged volunteer - - - - {} no')) f(name, cell, expected);
select is(tests.bring('empty ' || f.name, 'post', '{"estate":"梧桐苑","name":"东门"}'::jsonb || f.cell) || ' '
    || tests.post('东门'), f.expected, 'An empty cell of ' || f.name || ' of a post')
from (values
  ('task', '{"task":""}'::jsonb, 'updated gate indoor - 雨衣 13800138000 2'),
  ('kit', '{"kit":null}', 'updated gate indoor - - 13800138000 2'),
  ('contact', '{"contact":""}', 'updated gate indoor - - - 2'),
  ('setting', '{"setting":""}', 'unchanged gate indoor - - - 2'),
  ('night_minimum', '{"night_minimum":null}', 'unchanged gate indoor - - - 2'),
  ('post kind', '{"kind":null}', 'error missing/kind gate indoor - - - 2')) f(name, cell, expected);
select is((select string_agg(tests.back('empty ' || f), ' ')
    from unnest('{display_name,building,partner_unit,party_org,skills,task,kit,contact}'::text[]) f),
  '0; display_name 0; home_building_id 0; partner_unit_id 0; party_org_id 0; skills 0; task 0; kit 0; contact',
  'Each is taken back');
select is(tests.person('13900000001') || '; ' || tests.post('东门'), (select person || '; ' || post from was),
  'Every old value is there again');

-- The other direction: each field gets another value, and the old one back
select is(tests.bring('other', 'responder', '{"name":"王建国","phone":"13900000001","kind":"sent_cadre","estate":"梧桐苑",
  "building":"2栋","display_name":"老王","skills":["急救"],"partner_unit":"区税务局","party_org":"第二支部","night":"yes"}')
  || tests.bring('other post', 'post', '{"estate":"梧桐苑","name":"东门","kind":"supplies","setting":"outdoor","task":"巡",
  "kit":"灯","contact":"02583001234","night_minimum":3}'), 'updatedupdated', 'Every field changes');
select is(tests.person('13900000001') || '; ' || tests.post('东门'),
  'sent_cadre 老王 2栋 区税务局 第二支部 {急救} yes; supplies outdoor 巡 灯 02583001234 3', 'The new values');
-- somebody changes two of them afterwards
select tests.act_as_owner();
update app.responder set night = 'no', skills = '{急救,电工}'
where id = (select responder_id from app.responder_contact where phone = '13900000001');
select tests.act_as('coordinator');
select is(tests.back('other'),
  '0; display_name home_building_id kind partner_unit_id party_org_id; skills changed',
  'A value somebody changed since stays, and is named; one that is the old one already is not');
select is(tests.back('other post'), '0; contact kind kit night_minimum setting task', 'A post gets all of them back');
select is(tests.person('13900000001') || '; ' || tests.post('东门'),
  'volunteer 王师傅 1栋 区财政局 第一支部 {急救,电工} no; gate indoor 登记 雨衣 13800138000 2', 'The old values');
select is(tests.value($$select count(*) from app.partner_unit where name = '区税务局'$$)
    || tests.value($$select count(*) from app.party_org where name = '第二支部'$$),
  '00', 'The unit and organisation of the list alone are gone');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');

-- A building of a name that two estates have is not guessed
select is(tests.bring('twin', 'building', '{"estate":"香樟园","building":"1栋"}')
    || ' ' || tests.bring('guess', 'responder',
  '{"name":"周一","phone":"13900000002","kind":"volunteer","building":"1栋"}'),
  'created error missing/estate', 'A building without its estate, where two have the name');
select is(tests.bring('bad night', 'responder',
  '{"name":"周一","phone":"13900000002","kind":"volunteer","night":"maybe"}'),
  'error bad_kind/night', 'A word that is neither yes nor no');

-- One estate in two grids
select is(tests.bring('same grid', 'building', '{"estate":"梧桐苑","building":"3栋","grid":"第一网格"}'),
  'created', 'A building of the grid where its estate lies');
select is(tests.bring('other grid', 'building', '{"estate":"梧桐苑","building":"6栋","grid":"第二网格"}'),
  'error other_grid/grid/第一网格', 'An estate lies in one grid: the row says which');
select is(tests.value($$select count(*) from app.org_unit where name in ('第二网格', '6栋')$$),
  '0', 'Nothing was made or moved');
select is(tests.bring('placed', 'building', '{"estate":"香樟园","building":"2栋","grid":"第三网格"}'),
  'created estate_moved/grid/第三网格', 'An estate that lay in none is put into a grid,
  and the row says that others went along');
select is(tests.value($$
    select g.name from app.org_unit e join app.org_unit g on g.id = e.parent_id where e.name = '香樟园'
  $$), '第三网格', 'There it lies');
select is(tests.bring('placed again', 'building', '{"estate":"香樟园","building":"2栋","grid":"第三网格"}'),
  'unchanged', 'The same list again');
select tests.act_as_owner();
delete from app.import_batch where id = tests.id('placed again');
select tests.act_as('coordinator');
select is(tests.back('placed'), '1; parent_id', 'Taking it back takes the estate out again');
select is(tests.value($$
    select g.name || (select count(*) from app.org_unit where name = '第三网格')
    from app.org_unit e join app.org_unit g on g.id = e.parent_id where e.name = '香樟园'
  $$), '甲社区0', 'It lies in no grid, and the grid is gone');
select is(tests.bring('line', 'building', '{"estate":"香樟园","building":"1栋","duty_line":"02583009999"}')
    || tests.bring('no line', 'building', '{"estate":"香樟园","building":"1栋"}')
    || tests.bring('empty line', 'building', '{"estate":"香樟园","building":"1栋","duty_line":""}'),
  'updatedunchangedupdated', 'A duty line: set, left alone, cleared');
select is(tests.back('empty line') || ' ' || tests.back('line'), '0; duty_line 0; duty_line', 'And back');

-- A list that lists somebody twice
select is((select string_agg(r ->> 'status', ' ' order by r ->> 'row')
    from jsonb_array_elements(api.import_rows(tests.id('twice'), 'responder',
      '[{"row":1,"name":"吴二","phone":"13900000003","kind":"volunteer"},
        {"row":2,"name":"吴二","phone":"13900000003","kind":"sent_cadre"}]',
      jsonb_build_object('community_id', tests.id('community'), 'file_name', 'x')) -> 'results') r),
  'created updated', 'One person in two rows');
select is(tests.back('twice'), '1', 'They are removed as a whole');

-- Divisions
select tests.act_as('admin');
select is(tests.bring('city', 'division', '{"code":"32","name":"江苏","level":"city"}')
    || tests.bring('district', 'division', '{"code":"3201","name":"鼓楼","level":"district","parent_code":"32"}')
    || tests.bring('renamed', 'division', '{"code":"3201","name":"鼓楼区"}'), 'createdcreatedupdated',
  'A list without levels and parents renames');
select is(tests.bring('other level', 'division', '{"code":"3201","name":"鼓楼区","level":"street"}'),
  'error conflict/level', 'A division does not change its level in silence');
select is(tests.back('renamed') || tests.value($$select name from app.org_unit where code = '3201'$$), '0; name鼓楼',
  'The old name is back');

-- Old values are kept 30 days
select tests.act_as('coordinator');
select is(tests.bring('late', 'responder', '{"name":"王建国","phone":"13900000001","kind":"sent_cadre"}'), 'updated',
  'A list');
select tests.act_as_owner();
select is(private.expire_import_values(now() + interval '29 days'), 0, 'Kept for 29 days');
select ok(private.expire_import_values(now() + interval '31 days') > 0, 'Not for 31');
select tests.act_as('coordinator');
select is(tests.back('late'), '0; values_gone', 'A revert says that the old values are gone');
select * from finish();
rollback;
