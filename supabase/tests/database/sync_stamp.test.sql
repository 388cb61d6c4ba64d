-- Stamping: at every commit the scopes hold exactly what the projections say, under contiguous versions.
begin;
select plan(37);
-- The first differences in words, null when there are none.
create function tests.drifted() returns text language sql security definer set search_path = '' as $$
  select string_agg(x, e'\n')
  from (select distinct format('%s in %s: %s', tbl, split_part(scope, ':', 1),
          case
            when held is null then 'missing'
            when projected is null then 'should be gone'
            else (select string_agg(format('%s is %s, should be %s', k, held -> k, projected -> k), '; ')
              from jsonb_object_keys(projected) k
              where held -> k is distinct from projected -> k)
          end) as x
        from tests.drift()) d
$$;
grant execute on function tests.drifted() to authenticated;
select tests.make_world();
select is(tests.drifted(), null, 'After building a world the scopes hold what the projections say');
select tests.a_day();
select is(tests.drifted(), null, 'After a day of duty the scopes hold what the projections say');
select set_eq('select distinct tbl from sync.entry',
  $$select viewname::text from pg_views where schemaname = 'projection'$$, 'The day wrote every synced table');
select is(coalesce(current_setting('sync.dirty', true), ''), '', 'No stamp is left pending');

-- Acting as qiang, mei and the coordinator: the day goes on
select tests.act_as('qiang');
select is(tests.push('check_out',
    '{"assignment_id":"@l_qiang","at":"@now","relief_assignment_id":null,"must_leave":null}'),
  'applied:no_relief', 'Qiang leaves too');
select is(tests.drifted(), null, 'After the last of a shift left');
select tests.act_as('mei');
select is(tests.push('withdraw', '{"assignment_id":"@a_mei","reason":"ill"}'), 'applied', 'Mei gives a place back');
select tests.act_as('coordinator');
select is(tests.push('stand_down', '{"callout_id":"@line","reason":null}'), 'applied', 'The call-out is stood down');
select is(tests.push('close_mode', '{"mode_id":"@line.mode"}'), 'applied', 'The mode is closed');
select is(tests.drifted(), null, 'After withdrawal, stand-down and closing');
select tests.act_as_owner();

-- Numbers of a scope
select is((select array_agg(id)
           from sync.scope s
           where n_live <> (select count(*) from sync.entry e where e.scope = s.id and e.op = 'P')),
  null, 'n_live of every scope counts its live rows');
select is((select array_agg(id)
           from sync.scope s
           where sum_ver <> (select coalesce(sum(ver), 0) from sync.entry e where e.scope = s.id and e.op = 'P')),
  null, 'sum_ver of every scope adds up their versions');
select is((select array_agg(id)
           from sync.scope s
           where head <> (select max(ver) from sync.entry e where e.scope = s.id)),
  null, 'The head of every scope is its newest version');
select is((select count(*) from sync.entry e where not exists (select from sync.scope s where s.id = e.scope)),
  0::bigint, 'Every entry lies in a known scope');
select is((select count(*) from sync.entry where op = 'D' and data is not null),
  0::bigint, 'A tombstone keeps nothing of the row');
select is((select count(*)
           from (select tbl, pk from sync.entry where op = 'P' group by tbl, pk having count(distinct data) > 1) x),
  0::bigint, 'A row carries the same data in every scope');

-- Heads are contiguous: one commit, one version
create temp table head_before as select * from sync.scope;
update app.shift set capacity = capacity + 1 where community_id = tests.id('community');
update app.post set kit = '手电' where id = tests.id('door');
select tests.commit();
select is((select array_agg(s.head - b.head) from sync.scope s join head_before b using (id) where s.head <> b.head),
  (select array_agg(1::bigint) from sync.scope s join head_before b using (id) where s.head <> b.head),
  'A commit that changes many rows moves each scope by one version');
select ok((select count(*) from sync.scope s join head_before b using (id) where s.head <> b.head) >= 3,
  'Several scopes moved');
truncate head_before; insert into head_before select * from sync.scope;
update app.shift set capacity = capacity where community_id = tests.id('community');
select tests.commit();
select is((select count(*) from sync.scope s join head_before b using (id) where s.head <> b.head),
  0::bigint, 'A commit that changes nothing moves no head');
update app.shift set capacity = capacity + 1 where id = tests.id('later');
update app.shift set capacity = capacity - 1 where id = tests.id('later');
select tests.commit();
select is((select count(*) from sync.scope s join head_before b using (id) where s.head <> b.head),
  0::bigint, 'A commit that restores what it changed moves no head');

-- A row that moves to another month moves to another scope
select tests.make_shift('moving',
  date_trunc('month', now() at time zone interval '+08:00') at time zone interval '+08:00' + interval '36 hours', 3, 2);
select tests.make_assignment('a_moving', 'ping', 'moving'), tests.make_waiting('w_moving', 'mei', 'moving', 1);
select tests.commit();
select is((select array_agg(tbl order by tbl)
           from sync.entry
           where pk in (tests.id('moving'), tests.id('a_moving')) and op = 'P'
             and scope = tests.scope('org', 'community', 0)),
  '{assignment,shift}', 'A shift of this month lies in this month');
update app.shift
set starts_at = starts_at + interval '1 month', ends_at = ends_at + interval '1 month'
where id = tests.id('moving');
update app.assignment
set starts_at = starts_at + interval '1 month', ends_at = ends_at + interval '1 month'
where id = tests.id('a_moving');
select tests.commit();
select is((select array_agg(tbl || ' ' || op::text order by tbl)
           from sync.entry
           where pk in (tests.id('moving'), tests.id('a_moving')) and scope = tests.scope('org', 'community', 0)),
  '{"assignment D","shift D"}', 'Moved, it leaves tombstones there');
select is((select array_agg(tbl || ' ' || op::text order by tbl)
           from sync.entry
           where pk in (tests.id('moving'), tests.id('a_moving')) and scope = tests.scope('org', 'community', 1)),
  '{"assignment P","shift P"}', 'The moved shift lies in the next month');
select is((select count(*) from sync.entry where pk = tests.id('a_moving') and tbl = 'my_assignment' and op = 'P'),
  1::bigint, 'The person''s own card stays where it is');
select is(tests.drifted(), null, 'After a shift moved');

-- Names, numbers and places that other rows show
update app.responder set name = '李小平' where id = tests.id('ping.person');
update app.login set name = '陈主任' where id = tests.id('coordinator');
select is(tests.drifted(), null, 'A new name reaches every row that shows it');
update app.responder_contact set phone = '19900000099' where responder_id = tests.id('ping.person');
update app.org_unit set duty_line = '02583009999', name = '甲社区（新）' where id = tests.id('community');
select is(tests.drifted(), null, 'A new duty line and name of the community reach all its phones');
update app.org_unit set name = '宁海路街道办' where id = tests.id('street');
select is(tests.drifted(), null, 'A new name of the street reaches all its phones');
update app.org_unit set name = '梧桐花苑' where id = tests.id('estate');
update app.org_unit set name = '1幢' where id = tests.id('building_1');
select is(tests.drifted(), null, 'A new name of an estate or building reaches all its phones');
select tests.make_unit('grid_2', 'grid', '第二网格', 'community');
update app.org_unit set parent_id = tests.id('grid_2') where id = tests.id('estate');
select is(tests.drifted(), null, 'After an estate moved to another grid');
select is((select count(*)
           from sync.entry
           where scope = tests.scope('lead', 'grid') and tbl = 'responder_lead' and op = 'P'),
  0::bigint, 'The old grid''s lead no longer sees anybody of the estate');
select ok((select count(*)
           from sync.entry
           where scope = tests.scope('lead', 'grid_2') and tbl = 'responder_lead' and op = 'P') > 0,
  'The new grid''s lead sees the people of the estate');
update app.post set task = '测温', name = '东单元门岗' where id = tests.id('door');
select is(tests.drifted(), null, 'A new task card reaches the people who serve there');
insert into app.setting (key, value) values ('data', '"demo"');
select is(tests.drifted(), null, 'A database marked as demo says so to every phone');
update app.responder set login_id = null where id = tests.id('qiang.person');
select is(tests.drifted(), null, 'A responder who lost their login lost their cards');
update app.report_in set state = 'ended' where responder_id = tests.id('mei.person');
select is(tests.drifted(), null, 'After a report-in ended');
delete from app.role_grant where login_id = tests.id('grid_lead');
select is(tests.drifted(), null, 'After a role was taken away');
select * from finish();
rollback;
