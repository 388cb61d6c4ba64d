-- Numbers are shown one at a time, with a reason, and logged; people leave, and nothing of them stays.
begin;
select plan(84);
select tests.make_world();
select tests.make_shift('running', now() - interval '1 hour', 3, 3),
  tests.make_shift('coming', now() + interval '20 hours', 3, 2),
  tests.make_shift('full', now() + interval '44 hours', 3, 1);
select tests.make_assignment('a_ping', 'ping', 'running', 'on_post'),
  tests.make_assignment('a_qiang', 'qiang', 'running'), tests.make_assignment('c_ping', 'ping', 'coming'),
  tests.make_assignment('c_mei', 'mei', 'coming', 'assigned');
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as anon and a login that belongs nowhere
select tests.act_as_anon();
select tests.raises($$select api.reveal_contact(tests.id('ping.person'), '找人')$$, '42501', 'Anon sees no number');
select tests.raises($$select api.close_account()$$, '42501', 'Anon has no account to close');
select tests.raises($$select api.leave_community(tests.id('community'))$$, '42501', 'Anon has no community to leave');
select tests.act_as('uninvited');
select tests.raises($$select api.reveal_contact(tests.id('ping.person'), '找人')$$,
  '42501', 'A login that belongs nowhere sees no number');
select tests.raises($$select api.close_account()$$, '42501', 'A login that belongs nowhere has no account to close');

-- Acting as mei, who does not serve with ping now
select tests.act_as('mei');
select tests.denies($$select api.reveal_contact(tests.id('ping.person'), '找人')$$,
  'refused:not_on_duty_together', 'A shared shift tomorrow is no shared shift now');
-- Acting as the coordinator of another community, the officer, admin, the grid lead outside duty hours
select tests.act_as('other_coordinator');
select tests.denies($$select api.reveal_contact(tests.id('ping.person'), '找人')$$,
  'refused:not_on_duty_together', 'A coordinator sees numbers of their own community only');
select tests.act_as('officer');
select tests.denies($$select api.reveal_contact(tests.id('ping.person'), '找人')$$,
  'refused:not_on_duty_together', 'An officer sees no number');
select tests.act_as('admin');
select tests.denies($$select api.reveal_contact(tests.id('ping.person'), '找人')$$,
  'refused:not_on_duty_together', 'Admin sees no number');
select tests.act_as('grid_lead');
select tests.denies($$select api.reveal_contact(tests.id('mei.person'), '找人')$$,
  'refused:not_on_duty_together', 'A lead sees no number of a person who is off duty');
select is(api.reveal_contact(tests.id('ping.person'), '换岗没到') - 'until',
  '{"status":"applied","phone":"19900000002"}', 'A lead sees the number of a person who serves below them now');
-- Acting as qiang, on the same shift
select tests.act_as('qiang');
select tests.denies($$select api.reveal_contact(tests.id('ping.person'), ' ')$$,
  'refused:invalid', 'A number needs a reason');
select is((select string_agg(distinct tests.said(api.reveal_contact(tests.id('ping.person'), x)), ' ')
           from unnest(array['', '　　', '12345', '……', '?!', '接', 'a', '1a2', '。，、；']) x),
  'refused:invalid', 'A reason is words: not blanks, digits, punctuation or one letter');
select is((api.reveal_contact(tests.id('ping.person'), '交接') ->> 'until')::timestamptz,
  tests.value($$select ends_at from app.shift where id = tests.id('running')$$)::timestamptz,
  'A person on the same live shift sees the number until the shift ends');
select tests.denies($$select api.reveal_contact(tests.id('mei.person'), '交接')$$,
  'refused:not_on_duty_together', 'A person on the same shift sees no other number');
-- Acting as the coordinator
select tests.act_as('coordinator');
select is((api.reveal_contact(tests.id('mei.person'), '明天的班') ->> 'until')::timestamptz,
  now() + interval '15 minutes', 'A coordinator sees their people''s numbers, for a quarter of an hour');
select is(tests.value($$select string_agg(reason, ' ' order by reason) from app.contact_reveal$$),
  '交接 换岗没到 明天的班', 'Each look is logged with its reason');
select is(tests.value($$
    select string_agg(distinct login_id::text, ' ') from app.contact_reveal where responder_id = tests.id('mei.person')
  $$),
  tests.id('coordinator')::text, 'Each look is logged with who looked');
select is(tests.value($$
    select string_agg(n || ' ' || said, ', ' order by said)
    from (select tests.said(api.reveal_contact(tests.id('mei.person'), '明天的班')) as said, count(*) as n
          from generate_series(1, 25)
          group by 1) x
  $$),
  '19 applied, 6 refused:too_many_tries', 'Twenty numbers an hour are shown');
select tests.act_as('grid_lead');
select is(tests.said(api.reveal_contact(tests.id('ping.person'), '换岗没到')), 'applied',
  'Each person has their own twenty');
select tests.act_as_owner();
delete from app.rate_window;
select throws_ok($$update app.contact_reveal set reason = 'x'$$, '23514', null, 'The log of looks is append-only');
select throws_ok($$delete from app.contact_reveal$$, '23514', null, 'Nothing is deleted from the log of looks');
delete from app.responder_contact where responder_id = tests.id('mei.person');
select tests.act_as('coordinator');
select tests.denies($$select api.reveal_contact(tests.id('mei.person'), '明天的班')$$,
  'refused:no_contact', 'A person without a number has none to show');
select tests.act_as_owner();
insert into app.event (id, at, kind) values (gen_random_uuid(), now(), 'test');
select throws_ok($$update app.event set kind = 'x'$$, '23514', null, 'The event log is append-only');
select throws_ok($$delete from app.event$$, '23514', null, 'Nothing is deleted from the event log');

-- Feedback and help, from anybody
select tests.act_as_anon();
select is(api.feedback('门口灯坏了', '/b/x', 'd00r-c0de-11'), '{"status":"applied"}', 'Anybody may complain at a door');
select tests.denies($$select api.feedback('  ')$$, 'refused:invalid', 'A complaint names its subject');
select is(api.request_help('d00rc0de11', '需要买药', '13912345678'),
  '{"status":"applied"}', 'Anybody may ask for help at a door');
select tests.denies($$select api.request_help('ZZZZZZZZZZ', '需要买药')$$, 'refused:gone',
  'A request for help needs a door that exists');
select ok(tests.value($$
    select count(*) from generate_series(1, 11) where api.feedback('又一条') ->> 'code' = 'too_many_tries'
  $$)::int >= 1,
  'At most ten complaints a minute are taken');
select ok(tests.value($$
    select count(*)
    from generate_series(1, 11)
    where api.request_help('D00RC0DE11', '又一条') ->> 'code' = 'too_many_tries'
  $$)::int >= 1,
  'At most five requests a minute are taken at one door');
select set_config('request.headers', '{"x-forwarded-for":"203.0.113.9"}', true);
select is((select string_agg(distinct r.code || ' ' || r.n, ', ' order by r.code || ' ' || r.n)
           from (
             select api.request_help('MADE0UP' || i, '又一条') ->> 'code' as code, count(*) as n
             from generate_series(101, 140) i
             group by 1) r),
  'gone 30, too_many_tries 10', 'At most thirty requests a minute are taken from one address, whatever door they name');
select is(tests.value($$
    select count(*)
    from app.rate_window
    where bucket in (select md5('help:203.0.113.9MADE0UP' || i)::uuid from generate_series(131, 140) i)
  $$),
  '0', 'Doors named after that leave no count');
select tests.commit();
select tests.act_as('coordinator');
select is((select array_agg(distinct data #>> '{detail,contact}')
           from tests.visible()
           where tbl = 'lead_event' and data #>> '{detail,text}' = '需要买药'),
  '{139****5678}', 'The coordinator sees the request, its number masked');
select is((select count(*) from tests.visible() where data::text ~ '13912345678'),
  0::bigint, 'The full number reaches no phone');

-- Leaving a community
select tests.act_as_owner();
select tests.make_waiting('w_mei', 'mei', 'full', 1), tests.make_waiting('w_ping', 'ping', 'full', 2);
update app.waitlist_entry set state = 'held', hold_until = now() + interval '1 hour' where id = tests.id('w_mei');
update app.shift set held = 1 where id = tests.id('full');
insert into app.draft_assignment (id, shift_id, responder_id)
values (tests.id('d_mei'), tests.id('coming'), tests.id('mei.person'));
select tests.make_callout('drill');
select tests.make_shift('slot', now() + interval '70 hours', 3, 1, 'door', 'drill');
select tests.make_offer('o_mei', 'mei', 'slot');
select tests.act_as('ping');
select tests.denies($$select api.leave_community(tests.id('community'))$$,
  'refused:invalid', 'A person on post leaves the post first');
select tests.denies($$select api.leave_community(tests.id('other_community'))$$,
  'refused:gone', 'Nobody leaves a community they never joined');
select tests.act_as('officer');
select tests.denies($$select api.leave_community(tests.id('community'))$$,
  'refused:gone', 'An officer has no report-in to end');
select tests.act_as('mei');
select is(jsonb_array_length(api.leave_community(tests.id('community')) -> 'released'),
  1, 'Mei leaves; mei''s place is released first');
select is(tests.state_of('assignment', 'c_mei') || ' ' || tests.places('coming'),
  'released 1 filled, 0 held of 2', 'The place is free again');
select is(tests.state_of('waitlist_entry', 'w_mei') || ' ' || tests.state_of('waitlist_entry', 'w_ping'),
  'left held', 'A place held for mei goes on to the next');
select is(tests.state_of('offer', 'o_mei') || tests.value($$select count(*) from app.draft_assignment$$),
  'withdrawn0', 'Mei is asked no more and planned no more');
select is(tests.value($$select state from app.report_in where responder_id = tests.id('mei.person')$$),
  'ended', 'Mei''s report-in is ended');
select is((select array_agg(distinct scope) from tests.visible()),
  array[tests.scope('user', 'mei')], 'From now on mei receives their own rows only');
select tests.commit();
select tests.act_as('coordinator');
select is((select data -> 'detail'
           from tests.visible()
           where tbl = 'lead_event' and data ->> 'kind' = 'left_community'),
  '{"released":1}', 'The coordinator is told');
select is((select count(*) from tests.visible() where tbl = 'responder_lead' and pk = tests.id('mei.person')),
  0::bigint, 'Mei is no longer among the coordinator''s people');

-- Closing an account: ping was named in refusals, cards, waits, events and dead letters
select tests.act_as_owner();
select tests.make_shift('last', now() + interval '90 hours', 3, 1);
select tests.act_as('ping');
select tests.denies($$select api.close_account()$$, 'refused:invalid', 'A person on post closes no account');
select is(tests.push('check_out',
    '{"assignment_id":"@a_ping","at":"@now","relief_assignment_id":null,"must_leave":null}'),
  'applied', 'Ping leaves the post');
select is(tests.push('accept_shift', '{"assignment_id":"@l_ping","shift_id":"@last","on_full":"refuse"}'),
  'applied', 'Ping takes another place');
select is(tests.push('check_in', '{"assignment_id":"@a_ping","at":"@now","way":"manual"}'),
  'applied:disputed', 'An hour of ping is in dispute');
select is(tests.push('set_consent', '{"purpose":"public_display","given":true}') || ' '
    || tests.push('__skip', '{"original":{"name":"withdraw","v":1}}'),
  'applied failed:skipped', 'Consents, and fails at something');
select tests.act_as('qiang');
select is(tests.push('accept_shift', '{"assignment_id":"@x","shift_id":"@last","on_full":"refuse"}'),
  'refused:full', 'Qiang is refused because of ping');
select is((select data #>> '{detail,filled,0,name}' from tests.visible() where tbl = 'verdict'),
  '李平', 'The refusal tells ping''s name');
select tests.act_as_owner();
update app.responder
set display_name = '李老师', pinyin = 'liping', initials = 'lp', skills = '{急救}'
where id = tests.id('ping.person');
insert into app.invitation (id, purpose, token_hash, email, org_unit_id, role, person, expires_at, used_at)
values (gen_random_uuid(), 'role', '\x01', 'uping@login.invalid', tests.id('grid'), 'grid_lead', '李平', now(), now());
select tests.grant_role('ping', 'grid', 'grid_lead');
select tests.commit();
select is(tests.holding('李平'),
  '{app.invitation,app.login,app.responder,sync.entry}',
  'The name is in the rows that keep names, in no event and no result');
select tests.act_as('ping');
select is(jsonb_array_length(api.close_account() -> 'released'),
  2, 'Ping closes the account; two places are released first, by name');
select tests.commit();
select is(tests.holding('李平|李老师|liping|急救|19900000002|uping@|199\*\*\*\*0002'),
  '{}', 'No name, number, skill or address of ping is left anywhere');
select is(tests.value($$
    select name || ' ' || state || ' ' || (login_id is null) || ' ' || (home_building_id is null)
    from app.responder
    where id = tests.id('ping.person')
  $$),
  '已注销人员 closed true true', 'The responder row stays as 已注销人员');
select is(tests.value($$select count(*) from app.role_grant where login_id = tests.id('ping')$$)
    || tests.value($$select count(*) from app.consent where responder_id = tests.id('ping.person')$$)
    || tests.value($$select count(*) from auth.users where id = tests.id('ping')$$),
  '000', 'Roles, consents and the login are gone');
select is(tests.places('coming') || '; ' || tests.places('last'),
  '0 filled, 0 held of 2; 0 filled, 0 held of 1', 'Ping''s places are free');
select is((select string_agg(d.tbl, ' ') from tests.drift() d), null, 'Phones hold what the projections say');
select is((select count(*)
           from sync.entry e
           where e.scope = tests.scope('user', 'ping') and e.op = 'P' and tbl <> 'me' and tbl <> 'verdict'),
  0::bigint, 'No card of ping is left for the old phone');
select throws_ok($$select tests.push('accept_shift', '{"assignment_id":"@y","shift_id":"@last","on_full":"refuse"}')$$,
  'PGRST', null, 'The old phone takes no place any more');
select tests.act_as('qiang');
select is((select data #>> '{detail,filled,0,name}' from tests.visible() where tbl = 'verdict'),
  '已注销人员', 'The refusal no longer tells the name');
select tests.act_as('admin');
select tests.denies($$select api.close_account()$$, 'refused:last_admin', 'The last admin closes no account');
select * from finish();
rollback;
