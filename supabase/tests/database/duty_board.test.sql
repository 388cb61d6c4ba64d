-- duty_board: what a resident sees at the door, anonymously: no number, no unit, nothing beyond 24 hours.
begin;
select plan(68);
select tests.make_world();
update app.responder set display_name = '李老师' where id in (tests.id('ping.person'), tests.id('mei.person'));
update app.responder set display_name = '王工', partner_unit_id = null where id = tests.id('qiang.person');
insert into app.consent (responder_id, purpose)
values (tests.id('ping.person'), 'public_display'), (tests.id('qiang.person'), 'public_display'),
  (tests.id('mei.person'), 'location');
update app.consent set withdrawn_at = now() where responder_id = tests.id('qiang.person');
select tests.make_shift('now', now() - interval '1 hour', 3, 4),
  tests.make_shift('at_gate', now() - interval '1 hour', 3, 2, 'gate'),
  tests.make_shift('soon', now() + interval '3 hours', 3, 2),
  tests.make_shift('soon_gate', now() + interval '3 hours', 4, 2, 'gate'),
  tests.make_shift('later', now() + interval '6 hours', 3, 2),
  tests.make_shift('too_far', now() + interval '25 hours', 3, 2),
  tests.make_shift('elsewhere', now() - interval '1 hour', 3, 2, 'other_door');
select tests.make_assignment('a1', 'ping', 'now'), tests.make_assignment('a2', 'qiang', 'now', 'on_post'),
  tests.make_assignment('a3', 'nobody', 'now', 'assigned'), tests.make_assignment('a4', 'mei', 'at_gate'),
  tests.make_assignment('a5', 'ping', 'soon', 'assigned'), tests.make_assignment('a6', 'mei', 'soon_gate'),
  tests.make_assignment('a7', 'qiang', 'later'), tests.make_assignment('a8', 'ping', 'too_far'),
  tests.make_assignment('a9', 'wei', 'elsewhere', 'on_post'),
  tests.make_assignment('a10', 'coordinator', 'now', 'withdrawn');
create function tests.people(p_list jsonb) returns text language sql immutable as $$
  select string_agg(concat_ws(' ', coalesce(x ->> 'name', '—'), x ->> 'role', x ->> 'post'), '; ' order by x ->> 'name',
    x ->> 'post')
  from jsonb_array_elements(p_list) x
$$;
create function tests.keys(p jsonb) returns text language sql immutable as $$
  select string_agg(k, ',' order by k) from jsonb_object_keys(p) k
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as anon
select tests.act_as_anon();
select is(tests.keys(api.duty_board('D00RC0DE11')),
  'building,community,demo,duty_line,estate,found,grid,helps,mode,next,now,now_on,street,vacant',
  'The board has the keys of the protocol');
select is(tests.keys(api.duty_board('NOSUCHCODE')),
  tests.keys(api.duty_board('D00RC0DE11')), 'An unknown code has the same keys');
select is(api.duty_board('NOSUCHCODE') - 'now',
  '{"building":null,"community":null,"demo":false,"duty_line":null,"estate":null,"found":false,"grid":null,"helps":[],
   "mode":null,"next":null,"now_on":[],"street":null,"vacant":false}',
  'An unknown code has no content');
select is(api.duty_board(null) - 'now', api.duty_board('NOSUCHCODE') - 'now', 'No code has no content');
select is(api.duty_board('''; drop table app.shift; --') - 'now',
  api.duty_board('NOSUCHCODE') - 'now', 'A malicious code has no content');
select is(api.duty_board('d00r-c0de 11') - 'now',
  api.duty_board('D00RC0DE11') - 'now', 'Case, hyphens and spaces do not matter');
select is(api.duty_board('DOORCODE1L') - 'now', api.duty_board('D00RC0DE11') - 'now',
  'Letters that look like digits are not replaced in it');
select is((select jsonb_object_agg(k, b -> k)
           from api.duty_board('D00RC0DE11') b,
           unnest('{found,building,estate,grid,community,street,duty_line,mode,demo}'::text[]) k),
  '{"found":true,"building":"梧桐苑 1栋","estate":"梧桐苑","grid":"第一网格","community":"甲社区","street":"宁海路街道",
   "duty_line":"02583001234","mode":null,"demo":false}',
  'The board says where it is and whom to call');

-- an answer to a GET may be cached for a moment, one to a POST may not
select is(coalesce(current_setting('response.headers', true), ''),
  '', 'A call from anywhere else sets no cache header');
select set_config('request.method', 'GET', true), api.duty_board('D00RC0DE11');
select is(current_setting('response.headers', true)::jsonb,
  '[{"Cache-Control": "public, max-age=15"}]', 'An answer to a GET may be cached for 15 seconds');
select set_config('response.headers', '', true), set_config('request.method', 'POST', true);
select is(case when api.duty_board('D00RC0DE11') is not null then current_setting('response.headers', true) end,
  '', 'An answer to a POST may not be cached');

-- In ordinary times
select is(tests.people(api.duty_board('D00RC0DE11') -> 'now_on'),
  '李老师 volunteer 单元门岗; — 单元门岗; — 大门',
  'Shows accepted and arrived duty, no name without consent, and nobody who is only assigned');
select is(tests.keys(api.duty_board('D00RC0DE11') #> '{now_on,0}'),
  'name,post,role,until', 'A person on duty is a name, a role, a post and an hour');
select is(tests.people(api.duty_board('D00RC0DE11') #> '{next,people}'),
  '李老师 volunteer 单元门岗; — 大门', 'Next are the people of the earliest coming hour, with the gate');
select is((api.duty_board('D00RC0DE11') #>> '{next,starts_at}')::timestamptz,
  now() + interval '3 hours', 'They are next at the hour they start');
select is(tests.keys(api.duty_board('D00RC0DE11') #> '{next,people,0}'),
  'name,post,role', 'Each of them is a name, a role and a post');
select is(api.duty_board('D00RC0DE11') ->> 'vacant', 'false', 'The place is not empty');
select is(api.duty_board('D00RC0DE11') -> 'helps', '["代收快递", "登记来访"]', 'The board says what people help with');
select ok(api.duty_board('D00RC0DE11')::text !~ '199000|李平|王强|赵梅|王工|199\*\*|钱无号',
  'There is no number, and no name without consent');
select ok(api.duty_board('D00RC0DE11')::text !~ '[0-9a-f]{8}-[0-9a-f]{4}', 'There is no id of anything');
-- Acting as ping, signed in: the page is the same for everybody
select tests.act_as('ping');
select is(api.duty_board('D00RC0DE11') - 'now',
  (select tests.value($$select api.duty_board('D00RC0DE11') - 'now'$$))::jsonb, 'The page is the same for everybody');

-- Acting as the owner: hours pass
select tests.act_as_owner();
select is(tests.people(private.duty_board('D00RC0DE11', now() + interval '4 hours') -> 'now_on'),
  '— 大门', 'An hour later the gate is staffed, and nobody unconfirmed is shown');
select is(tests.people(private.duty_board('D00RC0DE11', now() + interval '4 hours') #> '{next,people}'),
  '— 单元门岗', 'The next people are those after them');
select is(private.duty_board('D00RC0DE11', now() + interval '30 minutes') #>> '{next,starts_at}' is not null,
  true, 'Within 24 hours there are next people');
delete from app.assignment where id in (tests.id('a5'), tests.id('a6'), tests.id('a7'));
select is(private.duty_board('D00RC0DE11', now()) -> 'next', 'null', 'Duty beyond 24 hours is not shown');
select is(tests.people(private.duty_board('D00RC0DE11', now() + interval '2 hours') #> '{next,people}'),
  '李老师 volunteer 单元门岗', 'It is shown once it is less than 24 hours away');
update app.shift set state = 'draft' where id = tests.id('too_far');
select is(private.duty_board('D00RC0DE11', now() + interval '2 hours') -> 'next', 'null', 'A draft is not shown');

-- people of a drill are nobody's real duty
select tests.make_callout('drill'), tests.make_shift('drill_now', now() - interval '1 hour', 3, 4, 'door', 'drill'),
  tests.make_shift('drill_soon', now() + interval '2 hours', 3, 4, 'door', 'drill'),
  tests.make_assignment('a11', 'coordinator', 'drill_now', 'on_post'),
  tests.make_assignment('a12', 'wei', 'drill_soon');
select is(jsonb_array_length(private.duty_board('D00RC0DE11', now()) -> 'now_on'), 3,
  'Who has arrived at a drill does not stand among those on duty');
select is(private.duty_board('D00RC0DE11', now()) -> 'next', 'null', 'Nor does who comes to one later');

-- what a drill's posts do helps nobody; nor does a post that was given up
insert into app.post (id, org_unit_id, community_id, name, kind, task)
select tests.id(x.name), tests.id('building_1'), tests.id('community'), x.name, 'gate', x.task
from (values ('演练岗', '演练疏散'), ('旧岗', '旧时差事')) x(name, task);
select tests.make_shift('drill_post', now() + interval '2 hours', 3, 4, '演练岗', 'drill');
update app.post set ended_at = now() where id = tests.id('旧岗');
select is(private.duty_board('D00RC0DE11', now()) -> 'helps', '["代收快递", "登记来访"]',
  'Posts of drills, and posts given up, help nobody');
select tests.make_shift('real_duty', now() + interval '30 hours', 3, 4, '演练岗');
select is(private.duty_board('D00RC0DE11', now()) -> 'helps', '["代收快递", "演练疏散", "登记来访"]',
  'A post that has real duty, too, does');

-- in an emergency only arrival counts
insert into app.mode (id, org_unit_id, ground, document_no, opened_by, opened_at, renewed_at, expires_at)
values (tests.id('m'), tests.id('street'), '防汛Ⅱ级响应', '1号', tests.id('officer'), now(), now(), now() + interval '1 day');
select tests.act_as_anon();
select is(tests.people(api.duty_board('D00RC0DE11') -> 'now_on'),
  '— 单元门岗', 'In an emergency only people who have arrived count');
select is((api.duty_board('D00RC0DE11') -> 'mode') - 'expires_at',
  '{"ground":"防汛Ⅱ级响应","opened_by_name":"街道值班"}', 'The mode is shown with its leader');
select tests.act_as_owner();
update app.assignment set state = 'done', off_post_at = now() where id = tests.id('a2');
select tests.act_as_anon();
select is(api.duty_board('D00RC0DE11') ->> 'vacant',
  'true', 'With nobody on post the place is empty, and the page says so');
select is(api.duty_board('D00RC0DE11') ->> 'duty_line', '02583001234', 'The page gives the line to call');
select is(tests.value($$select private.door_sign('d00rc0de11') ->> 'duty_line'$$), '02583001234',
  'So does what a phone without script reads');
select is(tests.value($$select private.door_sign('0000000000')::text$$),
  '{"building": null, "community": null, "duty_line": null}', 'A code that nobody has gets the same keys');
select tests.act_as_owner();
update app.shift set state = 'cancelled' where id in (tests.id('now'), tests.id('at_gate'));
update app.mode set state = 'closed' where id = tests.id('m');
insert into app.setting (key, value) values ('data', '"demo"');
select tests.act_as_anon();
select is(api.duty_board('D00RC0DE11') -> 'now_on', '[]', 'A cancelled shift is nobody''s duty');
select is(api.duty_board('D00RC0DE11') ->> 'demo', 'true', 'Demo data is marked');

-- Acting as the owner: a door code can be changed and names one building
select tests.act_as_owner();
select throws_ok($$update app.org_unit set door_code = 'D00RC0DE11' where id = tests.id('building_2')$$,
  '23505', null, 'A door code names one building');
select throws_ok($$update app.org_unit set door_code = 'X' where id = tests.id('estate')$$,
  '23514', null, 'Only buildings have one');
select ok((select door_code from app.org_unit where id = tests.id('building_2')) ~ '^[0-9A-HJKMNP-TV-Z]{10}$',
  'A new building has ten letters of its own');
update app.org_unit set door_code = 'NEWC0DE111' where id = tests.id('building_1');
select tests.act_as_anon();
select is(api.duty_board('D00RC0DE11') ->> 'found', 'false', 'An old code finds nothing');
select is(api.duty_board('NEWC0DE111') ->> 'found', 'true', 'The new code finds the building');

-- duty lines: who may set them
select tests.raises($$select api.set_duty_line(tests.id('community'), '110')$$, '42501', 'Anon sets no duty line');
select tests.act_as('ping');
select tests.denies($$select api.set_duty_line(tests.id('community'), '110')$$,
  'refused:forbidden', 'A responder sets no duty line');
select tests.act_as('other_coordinator');
select tests.denies($$select api.set_duty_line(tests.id('community'), '110')$$,
  'refused:forbidden', 'A coordinator acts in their own community only');
select tests.act_as('officer');
select tests.denies($$select api.set_duty_line(tests.id('community'), '110')$$,
  'refused:forbidden', 'An officer sets no duty line');
select tests.act_as('coordinator');
select tests.denies($$select api.set_duty_line(tests.id('building_1'), '打电话')$$,
  'refused:invalid', 'A duty line is a number');
select tests.denies($$select api.set_duty_line(tests.id('street'), '025-1')$$,
  'refused:forbidden', 'A coordinator sets no line above their community');
select is(api.set_duty_line(tests.id('building_1'), ' 025-8300 5678 '),
  '{"status":"applied"}', 'A coordinator sets the line of a building');
select is(api.duty_board('NEWC0DE111') ->> 'duty_line', '025-8300 5678', 'It comes before the line of the community');
select is(api.set_duty_line(tests.id('building_1'), '025-84701234 转 802'),
  '{"status":"applied"}', 'A line with an extension');
select is(api.duty_board('NEWC0DE111') ->> 'duty_line', '025-84701234,802', 'It is kept after a comma');
select is(api.set_duty_line(tests.id('building_1'), '025-84705678，12'), '{"status":"applied"}', 'As lists write it');
select is(api.duty_board('NEWC0DE111') ->> 'duty_line', '025-84705678,12', 'A comma of any width');
select is(api.set_duty_line(tests.id('building_1'), ''), '{"status":"applied"}', 'The coordinator removes it');
select is(api.duty_board('NEWC0DE111') ->> 'duty_line', '02583001234', 'Then the line of the community holds');
select tests.act_as('admin');
select tests.denies($$select api.set_duty_line(tests.id('street'), '025-1')$$,
  'refused:gone', 'A street has no duty line');
select tests.denies($$select api.set_duty_line(tests.id('no_such'), '025-1')$$,
  'refused:gone', 'A unit that does not exist is gone');
select * from finish();
rollback;
