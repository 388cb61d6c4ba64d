-- A closed account leaves no name: in no row, no entry, no words of anybody in the communities it concerned. The
-- catalogue lists what is looked at, so a new kind of row or a new text fails here until this story covers it.
begin;
select plan(13);
select tests.make_world(), tests.a_day();
-- Views that show the name of a responder or a login, by what they are made of.
create temp view naming as
  select distinct v.relname::text as tbl
  from pg_depend d
  join pg_rewrite w on w.oid = d.objid
  join pg_class v on v.oid = w.ev_class
  join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
  where v.relnamespace = 'projection'::regnamespace and a.attname = 'name'
    and d.refobjid in ('app.responder'::regclass, 'app.login'::regclass)
  union select v.relname::text
  from pg_depend d
  join pg_rewrite w on w.oid = d.objid
  join pg_class v on v.oid = w.ev_class
  where v.relnamespace = 'projection'::regnamespace and d.refobjid = 'private.with_names'::regproc;
-- Texts that hold a pattern in no row.
create function tests.without(p_holds text, p_pattern text)
returns table (tbl text, col text) language plpgsql security definer as $$
declare t record; hit boolean;
begin
  for t in select x.tbl, x.col from private.texts() x where x.holds = p_holds loop
    execute format('select exists (select from %s x where x.%I::text ~ $1)', t.tbl, t.col) into hit using p_pattern;
    if not hit then tbl := t.tbl; col := t.col; return next; end if;
  end loop;
end $$;
grant execute on all functions in schema tests to anon, authenticated;
grant select on naming to anon, authenticated;

-- ping takes part in everything; what another community lists under the same number is its own record, and is not
-- looked at here (R46)
delete from app.responder_contact where responder_id = tests.id('listed.person');
update app.responder set display_name = '李老师' where id = tests.id('ping.person');
update app.callout set opened_by = tests.id('ping') where community_id = tests.id('community');
update app.mode set opened_by = tests.id('ping');
update app.shift set capacity = 3 where id = tests.id('later');
select tests.make_assignment('x_ping', 'ping', 'later'), tests.make_waiting('w_ping', 'ping', 'later', 7);
insert into app.draft_assignment (id, shift_id, responder_id)
values (tests.id('d_ping'), tests.id('planned'), tests.id('ping.person'));
insert into app.shift_edit (id, community_id, post_id, starts_at, ends_at, what, by_login, at)
select id, community_id, post_id, starts_at, ends_at, 'people', tests.id('ping'), now()
from app.shift where id = tests.id('later')
on conflict (id) do update set by_login = excluded.by_login;
insert into app.override (id, responder_id, limits, reason, by_login, at)
values (tests.id('x_ping'), tests.id('ping.person'), '{rest}', '缺人', tests.id('coordinator'), now());
insert into app.contact_reveal (id, responder_id, login_id, reason, until)
values (tests.id('reveal'), tests.id('ping.person'), tests.id('coordinator'), '找人', now());
insert into app.event (id, at, kind, community_id, responder_id)
values (tests.id('event'), now(), 'disputed', tests.id('community'), tests.id('ping.person'));
insert into app.import_batch (id, kind, community_id, file_name, created_by)
values (tests.id('batch'), 'responder', tests.id('community'), '人员.xlsx', tests.id('coordinator'));
insert into app.feedback (id, community_id, text)
values (tests.id('here'), tests.id('community'), '谢谢'), (tests.id('there'), tests.id('other_community'), '李平路的灯坏了');
insert into app.request (id, building_id, community_id, text)
values (tests.id('request'), tests.id('building_1'), tests.id('community'), '帮忙');
insert into app.request_reveal (id, request_id, login_id, reason, until)
values (tests.id('look'), tests.id('request'), tests.id('coordinator'), '回电', now());
insert into app.report_reveal (id, report_id, community_id, login_id, reason, until)
values (tests.id('look at a report'), tests.id('some report'), tests.id('community'), tests.id('coordinator'), '问住哪栋',
  now());
insert into app.event (id, at, kind, community_id, subject_id)
values (tests.id('asked'), now(), 'help_request', tests.id('community'), tests.id('request'));
insert into app.invitation (id, purpose, token_hash, email, org_unit_id, role, person, expires_at)
values (tests.id('open'), 'role', '\x02', 'x@login.invalid', tests.id('grid'), 'grid_lead', '李平',
  now() + interval '1 day');
insert into app.invitation (id, purpose, token_hash, email, partner_unit_id, role, person, expires_at)
values (tests.id('open_liaison'), 'role', '\x04', 'z@login.invalid', tests.id('bureau'), 'liaison', '李平',
  now() + interval '1 day');
insert into app.report_form (id, community_id, number, name, phone, kind)
values (tests.id('waiting'), tests.id('community'), 'BD-0101-9999', '李平', '19900000002', 'volunteer');
insert into app.absence (id, responder_id, starts_at, ends_at, created_by)
values (tests.id('trip_mei'), tests.id('mei.person'), now(), now() + interval '1 day', tests.id('ping'));
insert into app.availability (id, fits, by_login) values (tests.id('mei.person'), '{}', tests.id('ping'));
update app.cover_request
set asked_by = tests.id('ping'), state = 'claimed', taker_id = tests.id('ping.person'),
  taker_assignment_id = tests.id('t_ping'), claimed_at = now()
where id = tests.id('cover');
update app.handover set forced_at = now(), forced_by = tests.id('coordinator'), forced_reason = '有事';
-- other people write about ping wherever they can
do $$
declare t record;
begin
  perform set_config('private.forgetting', 'yes', true);
  for t in
    select x.tbl, x.col, x.belongs, format_type(a.atttypid, null) as type
    from private.texts() x
    join pg_attribute a on a.attrelid = x.tbl::regclass and a.attname = x.col
    where x.holds = 'words'
  loop
    if t.type = 'jsonb' then
      execute format('update %s x set %I = coalesce(%2$I, ''{}'') || ''{"note":"问李平"}'' where x.code is not null',
        t.tbl, t.col);
    else
      execute format('update %s x set %I = ''问李平'' where (%s)', t.tbl, t.col, t.belongs)
      using array[tests.id('community')], tests.id('ping');
    end if;
  end loop;
  perform set_config('private.forgetting', '', true);
end $$;
select tests.commit();

-- Acting as anon
select tests.act_as_anon();
select throws_ok($$select private.forget_words('{x}', '{}', null)$$, '42501', null, 'Nobody makes the database forget');
select tests.act_as_owner();
select is_empty($$select * from tests.without('words', '李平')$$, 'Every text that can hold a name holds it');
select is_empty($$select tbl from naming except select tbl from sync.entry where op = 'P' and data::text ~ '李平'$$,
  'An entry of every kind that shows names holds the name');
select ok((select count(*) from naming) >= 19, 'At least nineteen kinds of entry show names');

-- Acting as ping
select tests.act_as('ping');
select is(tests.said(api.close_account()), 'applied', 'Ping closes the account');
select tests.commit();
select is(tests.holding('李平|李老师|19900000002|199\*+0002'),
  '{app.feedback}', 'No name and no number is left, except in words of another community');
select is(tests.value($$select string_agg(text, ' ' order by text) from app.feedback$$),
  '李平路的灯坏了 问**', 'Those words speak of something else');
select is(tests.value($$select reason from app.contact_reveal$$)
    || tests.value($$select reason from app.override where id = tests.id('x_ping')$$),
  '问**问**', 'Append-only logs lose the name and nothing else');
select is_empty($$select * from tests.drift()$$, 'The scopes hold what the projections say');
select tests.act_as_owner();
select throws_ok($$update app.override set reason = 'x'$$, '23514', null, 'The logs are append-only again');

-- A name may contain any characters
select is(private.without_name('{"id":["01a222cb-5e80-7c2d-a017-b10d279d9086"],"at":"2026-11-28T08:00:00+08:00",
     "note":"id与01a说","n":1}',
    'id')
    || private.without_name('{"x":"01a222cb-5e80-7c2d-a017-b10d279d9086"}', '01'),
  '{"id":["01a222cb-5e80-7c2d-a017-b10d279d9086"],"at":"2026-11-28T08:00:00+08:00","note":"**与01a说","n":1,
   "x":"01a222cb-5e80-7c2d-a017-b10d279d9086"}',
  'Keys, ids and moments stay whole');
update app.responder set name = '":' where id = tests.id('mei.person');
update sync.result set detail = '{"note":"\":", "by":"x"}' where code is not null;
select tests.act_as('mei');
select is(tests.said(api.close_account()),
  'applied', 'A person whose name consists of JSON punctuation closes the account as well');
select tests.act_as_owner();
select is_empty($$select * from sync.result where code is not null and detail - 'note' <> '{"by":"x"}'$$,
  'Every answer can still be read');
select * from finish();
rollback;
