-- open_mode: 应急 for a unit, by a named leader, with ground and document number, for 72 hours at most.
begin;
select plan(32);
select tests.make_world();

-- Acting as ping, the grid lead and admin
select tests.act_as('ping');
select tests.refuses('open_mode',
  '{"mode_id":"@m1","org_unit_id":"@community","ground":"防汛","document_no":"1号","hours":24}', 'refused:forbidden',
  'A responder opens no mode');
select tests.act_as('grid_lead');
select tests.refuses('open_mode', '{"mode_id":"@m1","org_unit_id":"@grid","ground":"防汛","document_no":"1号","hours":24}',
  'refused:forbidden', 'A grid lead opens no mode');
select tests.act_as('admin');
select tests.refuses('open_mode',
  '{"mode_id":"@m1","org_unit_id":"@community","ground":"防汛","document_no":"1号","hours":24}', 'refused:forbidden',
  'Admin opens no mode');

-- Acting as the coordinator
select tests.act_as('coordinator');
select tests.refuses('open_mode',
  '{"mode_id":"@m1","org_unit_id":"@street","ground":"防汛","document_no":"1号","hours":24}', 'refused:forbidden',
  'A coordinator opens no mode above their community');
select tests.refuses('open_mode',
  '{"mode_id":"@m1","org_unit_id":"@other_community","ground":"防汛","document_no":"1号","hours":24}', 'refused:forbidden',
  'A coordinator opens no mode in the next community');
select tests.refuses('open_mode',
  '{"mode_id":"@m1","org_unit_id":"@no_such","ground":"防汛","document_no":"1号","hours":24}', 'refused:forbidden',
  'A coordinator opens no mode for a unit that does not exist');
select tests.refuses('open_mode',
  '{"mode_id":"@m1","org_unit_id":"@community","ground":"","document_no":"1号","hours":24}', 'refused:invalid',
  'A mode needs its ground');
select tests.refuses('open_mode',
  '{"mode_id":"@m1","org_unit_id":"@community","ground":"防汛","document_no":null,"hours":24}', 'refused:invalid',
  'A mode needs its document number');
select tests.refuses('open_mode',
  '{"mode_id":"m","org_unit_id":"@community","ground":"防汛","document_no":"1号","hours":24}', 'refused:invalid',
  'A mode needs an id');
select is(tests.push('open_mode',
    '{"mode_id":"@m1","org_unit_id":"@community","ground":"防汛","document_no":"1号","hours":500}'),
  'applied', 'A coordinator opens the mode of their community');
select is(tests.value($$
    select state || ' ' || (expires_at = now() + interval '72 hours') || ' ' || (opened_by = tests.id('coordinator'))
    from app.mode
    where id = tests.id('m1')
  $$),
  'open true true', 'The mode names its opener and lasts 72 hours at most');
select is(tests.events('mode_opened'), 1::bigint, 'The log has the mode');
select is(tests.push('open_mode',
    '{"mode_id":"@m1","org_unit_id":"@community","ground":"防汛","document_no":"1号","hours":24}'),
  'applied:already', 'The same mode by a second tap is one mode');
select is(tests.events('mode_opened'), 1::bigint, 'The mode was opened once');
select tests.refuses('open_mode',
  '{"mode_id":"@m2","org_unit_id":"@community","ground":"防汛","document_no":"2号","hours":24}', 'refused:mode_open',
  'A unit has one mode at a time');

-- Acting as the officer
select tests.act_as('officer');
select is(tests.push('open_mode',
    '{"mode_id":"@m3","org_unit_id":"@street","ground":"防汛","document_no":"3号","hours":12}'),
  'applied', 'An officer opens a mode for their street');
select is(tests.push('open_mode',
    '{"mode_id":"@m4","org_unit_id":"@other_community","ground":"防汛","document_no":"4号","hours":12}'),
  'applied', 'An officer opens a mode for a community below');
select tests.refuses('open_mode',
  '{"mode_id":"@m5","org_unit_id":"@district","ground":"防汛","document_no":"5号","hours":12}', 'refused:forbidden',
  'An officer opens no mode above their node');
select is((select count(*) from tests.visible() where tbl = 'mode'),
  4::bigint, 'An officer receives each mode in the summary of each community it holds for');

-- Acting as wei, a responder of the other community
select tests.act_as('wei');
select is((select array_agg(data ->> 'document_no' order by data ->> 'document_no')
           from tests.visible()
           where tbl = 'mode'),
  '{3号,4号}', 'A responder sees the modes at and above their community');
select is((select data ->> 'opened_by_name' from tests.visible() where tbl = 'mode' and pk = tests.id('m3')),
  '街道值班', 'The mode shows the name of its leader');
select * from finish();
rollback;
