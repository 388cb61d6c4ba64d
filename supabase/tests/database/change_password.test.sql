-- Changing a password by the old one; passwords that are too easy; how often wrong ones may be tried; when sessions
-- end.
begin;
select plan(61);
select tests.make_world();
insert into app.responder_contact (responder_id, phone) values (tests.id('ping.person'), '19955550001') on conflict
  (responder_id) do update set phone = excluded.phone;
update auth.users set encrypted_password = private.hash_password('old horse battery') where id in (tests.id('ping'),
  tests.id('mei'));
insert into auth.sessions (id, user_id) values (tests.id('phone'), tests.id('ping')), (tests.id('tablet'),
  tests.id('ping')), (tests.id('hers'), tests.id('mei'));
insert into app.push_subscription (id, login_id, endpoint, p256dh, auth, locale)
select tests.id(n || ' device'), tests.id(n), 'https://fcm.googleapis.com/' || n, 'key', 'auth', 'zh-CN'
from unnest('{ping,mei}'::text[]) n;
-- signed in on one device, asking from one address
create function tests.act_on(p_login text, p_session text, p_address text default '198.51.100.1') returns void language
  sql as $$
  select tests.act_as(p_login), set_config('request.jwt.claims', (current_setting('request.jwt.claims')::jsonb ||
    jsonb_build_object('session_id', tests.id(p_session)))::text, true),
    set_config('request.headers', jsonb_build_object('x-forwarded-for', p_address)::text, true)
$$;
create function tests.try(p_password text, p_address text, p_email text default 'uping@login.invalid') returns text
  language sql as $$
  select private.try_password(p_email, p_password, p_address) ->> 'status'
$$;
-- makes wrong tries in a row
create function tests.fail(p_times int, p_address text, p_email text default 'uping@login.invalid') returns text[]
  language sql as $$
  select array_agg(distinct tests.try('no ' || i, p_address, p_email)) from generate_series(1, p_times) i
$$;
create function tests.wait(p_seconds int) returns void language sql as $$ update app.sign_in_try set failed_at =
  failed_at - make_interval(secs => p_seconds) $$;
-- The last failures were a moment ago, however slow this machine is: as the failure of somebody else just now.
create function tests.just_now() returns void language plpgsql as $$
declare v_now timestamptz;
begin
  perform tests.try('no', '203.0.113.250', 'somebody.else@login.invalid');
  delete from app.sign_in_try where account = private.try_key('somebody.else@login.invalid')
  returning failed_at into v_now;
  update app.sign_in_try set failed_at = v_now where failed_at > v_now - interval '1 hour';
end $$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as anon, and as a person whose session has ended
select tests.act_as_anon();
select tests.raises($$select api.change_password('old horse battery', 'new horse battery')$$, '42501',
  'Anon has no password');
select throws_ok($$select private.try_password('uping@login.invalid', 'x', '')$$, '42501', null,
  'Anon tries no password past the first check');
select tests.act_on('ping', 'no such session');
select tests.raises($$select api.change_password('old horse battery', 'new horse battery')$$, '42501',
  'A token of a session that has ended opens nothing');

-- Acting as ping on the phone
select tests.act_on('ping', 'phone');
select tests.denies($$select api.change_password('wrong horse', 'new horse battery')$$, 'refused:wrong_password',
  'The old password is required');
select tests.denies($$select api.change_password(null, 'new horse battery')$$, 'refused:wrong_password',
  'A missing password is not the old one');
select is(api.change_password('old horse battery', p.word) #>> '{detail,why}', p.why, format('%s is %s', p.word,
  p.why)) from (values
  ('short 1', 'short'), (null, 'short'), (repeat('a', 73), 'long'), (repeat('密', 25), 'long'), ('19900101', 'figures'),
    ('１９９００１０１', 'figures'), ('2026-11-28', 'figures'),
  ('Password1', 'common'), ('QWERTY 123', 'common'), ('ｐａｓｓｗｏｒｄ１', 'common'), ('woaini1314', 'common'), ('19955550001',
    'figures'), ('a19955550001', 'own'), ('ping2026x', 'own')) p(word, why);
select is(api.change_password('old horse battery', '19955550001 is mine') ->> 'code', null,
  'A name with enough letters beside it is accepted');
select tests.act_as_owner();
select is((select array_agg(id) from auth.sessions where user_id = tests.id('ping')), array[tests.id('phone')],
  'Every other session has ended');
select is((select array_agg(login_id) from app.push_subscription), array[tests.id('mei')],
  'No device of theirs is told anything more, until it subscribes again; those of other people are');
select is((select count(*) from auth.sessions where user_id = tests.id('mei')), 1::bigint,
  'Sessions of other people go on');
select is(private.password_fits('19955550001 is mine', encrypted_password), true, 'The new password fits') from
  auth.users where id = tests.id('ping');
select is(private.password_fits('old horse battery', encrypted_password), false, 'The old password fits no more') from
  auth.users where id = tests.id('ping');
select is(left(encrypted_password, 7), '$2a$10$',
  'The password is hashed at cost 10') from auth.users where id = tests.id('ping');
select is(left(private.nobodys_hash(), 7), '$2a$10$', 'An account that does not exist costs as much');
select is(private.password_fits('x', regexp_replace(private.hash_password('x'), '2a', '2b')), true,
  'A hash made elsewhere as 2b is accepted');
-- Acting as ping on the tablet
select tests.act_on('ping', 'tablet');
select is(api.who_am_i() ->> 'login', null, 'A session that has ended is nobody');
select throws_ok($$select api.pull(tests.id('p'), 1, '{}', null, 10)$$, '42501', null, 'It pulls nothing');
select throws_ok($$select api.push(tests.id('p'), 1, '[]')$$, '42501', null, 'It pushes nothing');
select throws_ok($$select api.leave_community(tests.id('community'))$$, '42501', null, 'It acts as nobody');
select tests.act_on('ping', 'phone');
select is(api.who_am_i() ->> 'login', tests.id('ping')::text, 'The session that asked goes on');

-- Wrong tries of a stranger
select tests.act_as_owner();
delete from app.sign_in_try;
delete from app.rate_window;
select is(tests.fail(10, '203.0.113.1'), '{wait,wrong}', 'After ten wrong tries an address has to wait');
select is(tests.try('19955550001 is mine', '198.51.100.7'), 'right', 'A person at another address does not wait');
select tests.just_now();
select is(tests.try('19955550001 is mine', '203.0.113.1'), 'wait',
  'At the waiting address even the right password waits');
select tests.just_now();
select is(private.try_password('uping@login.invalid', 'x', '203.0.113.1') -> 'retry_after_s', '2',
  'The first wait is two seconds');
select tests.wait(2);
select is(tests.try('no', '203.0.113.1'), 'wrong', 'After it one more try is heard');
select tests.just_now();
select is(private.try_password('uping@login.invalid', 'x', '203.0.113.1') -> 'retry_after_s', '4',
  'The wait doubles');
select is(private.try_delay(100, false), '15 minutes', 'It is a quarter of an hour at most');
select is(private.try_delay(100, true), '30 seconds',
  'It is half a minute at most where the account was entered before');
-- tries from a hundred addresses
select count(private.take_token('password:' || encode(private.try_key('uping@login.invalid'), 'hex'), 60, 3600)) from
  generate_series(1, 53);
select is(tests.try('no', '192.0.2.1'), 'wrong', 'The sixtieth try of an hour is heard from any address');
select is(tests.try('no', '192.0.2.2'), 'wait',
  'After that all addresses the account was never entered from wait');
select is(tests.try('19955550001 is mine', '198.51.100.7'), 'right',
  'An address the account was entered from does not wait');
select is(tests.try('no', '198.51.100.7'), 'wrong', 'Wrong tries there are still wrong');
select is(tests.try('19955550001 is mine', '198.51.100.8'), 'wait',
  'Where nobody ever entered, the right password waits too');
-- an account that does not exist
select is(tests.fail(5, '203.0.113.9', 'nobody@login.invalid'), '{wrong}',
  'An account that does not exist answers wrong five times');
select tests.just_now();
select is(private.try_password('nobody@login.invalid', 'x', '203.0.113.9'), '{"status":"wait","retry_after_s":2}',
  'It waits like any other');
-- one day later
select tests.wait(2 * 86400);
delete from app.rate_window;
select is(tests.fail(5, '203.0.113.1'), '{wrong}', 'A day later the count starts again');
select private.tick_logins(now() + interval '2 days');
select is((select count(*) from app.sign_in_try where passed_at is null), 0::bigint, 'Old failures are swept');
select is((select count(*) from app.sign_in_try), 1::bigint, 'Addresses where somebody entered are kept');
select private.tick_logins(now() + interval '91 days');
select is((select count(*) from app.sign_in_try), 0::bigint, 'They are kept for ninety days');

-- Acting as mei: a change of the password ends open reset links
select tests.act_as_owner();
select private.write_invitation(tests.id('coordinator'), 'reset', 24, p_login => tests.id('mei'));
select tests.act_on('mei', 'hers');
select is(api.change_password('old horse battery', 'her new password') ->> 'status', 'applied',
  'Mei changes the password');
select tests.act_as_owner();
select is((select count(*) from app.invitation where login_id = tests.id('mei') and revoked_at is null), 0::bigint,
  'An older reset link is invalid');
-- one subscriber has very many IPv6 addresses
select tests.act_as_owner();
select is(tests.fail(5, '2001:db8:1:2::1', 'usix@login.invalid'),
  '{wrong}', 'Five tries fail at one address of a subscriber');
select tests.just_now();
select is(tests.try('no 6', '2001:db8:1:2:ffff:ffff:ffff:9', 'usix@login.invalid'), 'wait',
  'They count for all addresses of that subscriber');
select is(tests.try('no 6', '2001:db8:1:3::1', 'usix@login.invalid'), 'wrong', 'They count for no other subscriber');
select * from finish();
rollback;
