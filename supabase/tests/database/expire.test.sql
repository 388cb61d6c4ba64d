-- R38: personal data is deleted when its time is over, by the nightly run, once.
begin;
select plan(35);
select tests.make_world();
select tests.make_shift('soon', now() + interval '20 hours', 3, 3),
  tests.make_shift('mid', now() + interval '3 days', 3, 3), tests.make_shift('far', now() + interval '40 days', 3, 3);
create function tests.night(p_days int) returns text language sql security definer as $$
  select private.nightly(now() + make_interval(days => p_days));
  select expired::text
  from sync.nightly
  where day = ((now() + make_interval(days => p_days)) at time zone interval '+08:00')::date
$$;
create function tests.number_of(p_name text) returns text language sql stable security definer as $$
  select coalesce((select phone from app.responder_contact where responder_id = tests.id(p_name || '.person')), '-')
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as anon and ping
select tests.act_as_anon();
select throws_ok($$select private.expire(now() + interval '1 year')$$,
  '42501', null, 'Nobody makes data expire through the API');
select is(tests.said(api.request_help(tests.value($$
        select door_code from app.org_unit where id = tests.id('building_1')
      $$),
      '水管爆了，打13800138001', '13800138000')),
  'applied', 'A resident asks for help');
select is(tests.said(api.request_help(tests.value($$
        select door_code from app.org_unit where id = tests.id('building_1')
      $$),
      '电梯停了，打13800138001', null)),
  'applied', 'Another resident writes a number into the words');
select is(tests.said(api.feedback('谢谢', '/me', null)), 'applied', 'A resident says thanks');
select tests.act_as('ping');
select throws_ok($$select private.expire(now() + interval '1 year')$$, '42501', null,
  'A responder makes no data expire');
select is(tests.said(api.feedback('字太小，打13800138000', '/me', null)), 'applied', 'Ping gives feedback too');
select is(tests.push('accept_shift', '{"assignment_id":"@p1","shift_id":"@soon","on_full":"refuse"}')
    || tests.push('accept_shift', '{"assignment_id":"@p2","shift_id":"@far","on_full":"refuse"}'),
  'appliedapplied', 'Ping takes two places');
select is(tests.push('set_consent', '{"purpose":"public_display","given":true}'), 'applied', 'Ping agrees to be shown');
select tests.act_as_owner();
-- four spontaneous volunteers: nothing since, served long ago, serves again, lives here
insert into app.responder (id, kind, name, home_building_id)
select tests.id(n || '.person'), 'volunteer', n, case when n = 'living' then tests.id('building_1') end
from unnest('{once,served,again,living}'::text[]) n;
insert into app.responder_contact (responder_id, phone)
select tests.id(n || '.person'), '1380013900' || i
from unnest('{once,served,again,living}'::text[]) with ordinality x(n, i);
insert into app.report_in (id, responder_id, community_id, state)
select gen_random_uuid(), tests.id(n || '.person'), tests.id('community'), 'confirmed'
from unnest('{once,served,again,living}'::text[]) n;
select tests.make_assignment('s1', 'served', 'mid'), tests.make_assignment('s2', 'again', 'far');
insert into app.invitation (id, purpose, token_hash, email, org_unit_id, role, person, expires_at)
values (tests.id('old'), 'role', '\x03', 'y@login.invalid', tests.id('grid'), 'grid_lead', '孙某',
  now() + interval '7 days');
update app.report_in
set ends_on = (now() at time zone interval '+08:00')::date + 10
where responder_id = tests.id('ping.person');
-- qiang was away until the fifth day, and took back what they had said of the fiftieth
insert into app.absence (id, responder_id, starts_at, ends_at, ended_at, created_by)
select tests.id('away' || d), tests.id('qiang.person'), now() + make_interval(days => d - 1),
  now() + make_interval(days => d), case d when 50 then now() end, tests.id('qiang')
from unnest('{5,50}'::int[]) d;
insert into app.shift_edit (id, community_id, post_id, starts_at, ends_at, what, by_login, at)
select id, community_id, post_id, starts_at, ends_at, 'people', tests.id('coordinator'), now()
from app.shift where id = tests.id('soon');
-- qiang asked for cover of tomorrow's shift
select tests.make_assignment('q1', 'qiang', 'soon'), tests.make_cover('asked', 'q1');
-- mei gave places back, and said why to a call-out, too
select tests.make_assignment('m_soon', 'mei', 'soon', 'withdrawn'),
  tests.make_assignment('m_far', 'mei', 'far', 'withdrawn');
update app.assignment set left_because = 'ill' where id in (tests.id('m_soon'), tests.id('m_far'));
select tests.make_callout('drill');
select tests.make_shift('slot', now() + interval '20 hours', 3, 3, 'door', 'drill');
select tests.make_offer('o_no', 'mei', 'slot');
update app.offer set state = 'declined', reason = 'ill', answered_at = now() where id = tests.id('o_no');
select tests.make_offer('o_yes', 'nobody', 'slot'), tests.make_offer('o_full', 'qiang', 'slot');
update app.offer set state = 'accepted', reason = 'away', answered_at = now() where id = tests.id('o_yes');
update app.offer set state = 'withdrawn', reason = 'full' where id = tests.id('o_full');
select tests.commit();
select is((select string_agg(concat_ws('/', text, contact), ' ' order by text) from app.request),
  '水管爆了，打***/13800138000 电梯停了，打***/13800138001',
  'The words lose the number; it stays in the field for contacts, and nowhere else');

select is(tests.night(10),
  '{"ready": 0, "covers": 0, "reasons": 0, "absences": 0, "feedback": 0, "report_ins": 0, "invitations": 0, '
    '"shift_edits": 1, "report_forms": 0, "import_values": 0, "one_off_numbers": 0, "request_contacts": 0}',
  'On the last day of a report-in nothing of it is over; who changed a shift is kept a week');
select is(tests.number_of('ping'), '19900000002', 'Ping is still reached');
select is(tests.night(11),
  '{"ready": 0, "covers": 0, "reasons": 0, "absences": 0, "feedback": 0, "report_ins": 1, "invitations": 0, '
    '"shift_edits": 0, "report_forms": 0, "import_values": 0, "one_off_numbers": 0, "request_contacts": 0}',
  'The day after, the report-in is over');
select is(tests.value($$select state from app.report_in where responder_id = tests.id('ping.person')$$),
  'ended', 'The report-in has ended');
select is(tests.state_of('assignment', 'p2') || ' ' || tests.places('far'),
  'released 1 filled, 0 held of 3', 'Coming duty is released, as in leaving');
select is(tests.value($$
    select reason || ' ' || detail
    from app.event
    where kind = 'left_community' and responder_id = tests.id('ping.person')
  $$),
  'ends_on {"released": 1}', 'The coordinators are told');
select is(tests.number_of('ping') || ' '
    || tests.value($$
      select count(*) from app.consent where responder_id = tests.id('ping.person') and withdrawn_at is null
    $$),
  '- 0', 'Number and consents ended with the last membership');
select is(tests.value($$select sign_in_name from app.login where id = tests.id('ping')$$),
  'ping', 'Ping still signs in');
select is(private.expire(now() + interval '11 days'),
  '{"ready": 0, "covers": 0, "reasons": 0, "absences": 0, "feedback": 0, "report_ins": 0, "invitations": 0, '
    '"shift_edits": 0, "report_forms": 0, "import_values": 0, "one_off_numbers": 0, "request_contacts": 0}',
  'A second run finds nothing');

select is(tests.night(29),
  '{"ready": 0, "covers": 0, "reasons": 0, "absences": 0, "feedback": 0, "report_ins": 0, "invitations": 0, '
    '"shift_edits": 0, "report_forms": 0, "import_values": 0, "one_off_numbers": 0, "request_contacts": 0}',
  'Nothing else is deleted within 29 days');
select is(tests.night(31),
  '{"ready": 0, "covers": 1, "reasons": 3, "absences": 1, "feedback": 2, "report_ins": 0, "invitations": 0, '
    '"shift_edits": 0, "report_forms": 0, "import_values": 0, "one_off_numbers": 1, "request_contacts": 2}',
  'After 30 days contacts of requests, covers, authors of feedback and the number of a one-time volunteer are deleted');
select is(tests.number_of('once') || ' ' || tests.number_of('served') || ' ' || tests.number_of('again') || ' '
    || tests.number_of('living'),
  '- 13800139002 13800139003 13800139004', 'Volunteers who served since, serve again or live here keep their number');
select is((select string_agg(concat_ws('/', text, contact), ' ' order by text) from app.request),
  '水管爆了，打*** 电梯停了，打***', 'The requests stay');
select is(tests.value($$select string_agg(id || ' ' || left_because, ' ') from app.assignment$$),
  tests.id('m_far') || ' ill', 'Why somebody gave a place back is kept until 30 days after the shift');
select is(tests.value($$select string_agg(reason, ' ') from app.offer$$),
  'full', 'Of offers the server''s own codes stay');
select is(tests.value($$select count(*) from app.feedback where login_id is not null or page is not null$$),
  '0', 'Feedback names nobody any more');
select is(tests.night(38),
  '{"ready": 0, "covers": 0, "reasons": 0, "absences": 1, "feedback": 0, "report_ins": 0, "invitations": 1, '
    '"shift_edits": 0, "report_forms": 0, "import_values": 0, "one_off_numbers": 1, "request_contacts": 0}',
  'An invitation is deleted 30 days after it ran out, a number 30 days after the last duty');
select is(tests.night(75),
  '{"ready": 0, "covers": 0, "reasons": 1, "absences": 0, "feedback": 0, "report_ins": 0, "invitations": 0, '
    '"shift_edits": 0, "report_forms": 0, "import_values": 0, "one_off_numbers": 1, "request_contacts": 0}',
  'A reason, and the third number, are deleted 30 days after the last duty');
select is(tests.number_of('living') || ' ' || tests.number_of('qiang'),
  '13800139004 19900000003', 'Residents and people with a login keep their number');
select is(tests.night(367),
  '{"ready": 0, "covers": 0, "reasons": 0, "absences": 0, "feedback": 2, "report_ins": 0, "invitations": 0, '
    '"shift_edits": 0, "report_forms": 0, "import_values": 0, "one_off_numbers": 0, "request_contacts": 0}',
  'Words of feedback are deleted after a year');
select is_empty($$select * from tests.drift()$$, 'Phones hold what the projections say');

-- leaving on one''s own has the same effect
select tests.act_as('mei');
select is(tests.said(api.leave_community(tests.id('community'))), 'applied', 'Mei leaves on their own');
select is(tests.number_of('mei'), '-', 'A person who leaves the last community is no longer reached');
select tests.act_as_owner();
select is_empty($$
    select attrelid::regclass, attname
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    where c.relnamespace in ('app'::regnamespace, 'sync'::regnamespace) and c.relkind = 'r'
      and attname ~ '(^|_)(lat|lng|lon|latitude|longitude|location|position_at|geo)(_|$)'
  $$,
  'No column keeps a location; a new one needs its seven days here');
-- Many report-ins that end on one day are handled in parts
select tests.act_as_owner();
insert into app.responder (id, kind, name)
select tests.id('crowd' || i), 'volunteer', '甲' || i
from generate_series(1, 101) i;
insert into app.report_in (id, responder_id, community_id, state, ends_on)
select gen_random_uuid(), tests.id('crowd' || i), tests.id('community'), 'confirmed',
  (now() at time zone interval '+08:00')::date
from generate_series(1, 101) i;
create function tests.still_here() returns bigint language sql as $$
  select count(*)
  from app.report_in r
  join generate_series(1, 101) i on r.responder_id = tests.id('crowd' || i)
  where r.state <> 'ended'
$$;
select private.nightly(now() + interval '500 days');
select is(tests.still_here(), 1::bigint, 'One round ends a hundred report-ins');
select private.nightly(now() + interval '500 days');
select is(tests.still_here(), 0::bigint, 'The next round ends the rest');
select * from finish();
rollback;
