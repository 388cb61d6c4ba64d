-- Hooks of a hosted Auth server: may this e-mail be sent (never), may this user be made (with a live invitation).
begin;
select plan(22);
select tests.make_world();
create role supabase_auth_admin nologin noinherit;
select private.apply_grants();
-- a user as Auth describes them before they exist
create function tests.new_user(p_email text, p_phone text default '') returns jsonb language sql immutable as $$
  select jsonb_build_object('metadata', jsonb_build_object('name', 'before-user-created'), 'user',
    jsonb_build_object('email', p_email, 'phone', p_phone, 'is_anonymous', p_email || p_phone = ''))
$$;
create function tests.invited(p_name text, p_purpose text default 'setup', p_expires timestamptz default now() +
  interval '1 day', p_used timestamptz default null, p_revoked timestamptz default null) returns void language sql as $$
  insert into app.invitation (id, purpose, token_hash, email, role, login_id, expires_at, used_at, revoked_at)
  values (tests.id(p_name), p_purpose::app.invitation_purpose, sha256(p_name::bytea), p_name || '@login.invalid',
    'admin', tests.id('ping'), p_expires, p_used, p_revoked)
$$;
select tests.invited('live'), tests.invited('used', p_used => now()), tests.invited('revoked', p_revoked => now()),
  tests.invited('late', p_expires => now()), tests.invited('reset', 'reset');
grant usage on schema tests, extensions to supabase_auth_admin;
grant execute on all functions in schema tests, extensions to supabase_auth_admin, anon, authenticated;
grant all on all tables in schema pg_temp to supabase_auth_admin, anon, authenticated;

-- Acting as ping, then anon: the hooks belong to Auth
select tests.act_as('ping');
select throws_ok($$select private.send_email_hook('{}')$$, '42501', null,
  'A signed-in person may not call the mail hook');
select throws_ok($$select private.before_user_created_hook('{}')$$, '42501', null,
  'A signed-in person may not ask which addresses are invited');
select tests.act_as_anon();
select throws_ok($$select private.send_email_hook('{}')$$, '42501', null, 'Anon may not call the mail hook');
select throws_ok($$select private.before_user_created_hook('{}')$$, '42501', null,
  'Anon may not call the sign-up hook');

-- Acting as the Auth server, with its own rights only
select tests.act_as_owner();
set local role supabase_auth_admin;
select is(private.send_email_hook(jsonb_build_object('user', jsonb_build_object('email', 'uping@login.invalid'),
  'email_data', jsonb_build_object('email_action_type', kind))),
  '{"error":{"http_code":422,"message":"Not available here"}}', format('No e-mail of kind %s is ever sent', kind))
  from unnest('{signup,recovery,magiclink,invite,email_change,reauthentication}'::text[]) kind;
select is(private.before_user_created_hook(tests.new_user('live@login.invalid')), '{}',
  'The address of a live invitation is admitted');
select is(private.before_user_created_hook(tests.new_user('LIVE@login.invalid')), '{}',
  'The address is admitted in any spelling');
select is(private.before_user_created_hook(e.event), private.send_email_hook('{}'), e.sentence) from (values
  (tests.new_user('used@login.invalid'), 'A used invitation admits nobody'),
  (tests.new_user('revoked@login.invalid'), 'A revoked invitation admits nobody'),
  (tests.new_user('late@login.invalid'), 'An expired invitation admits nobody'),
  (tests.new_user('reset@login.invalid'), 'A reset admits nobody'),
  (tests.new_user('somebody@example.com'), 'A stranger is not admitted'),
  (tests.new_user(''), 'An anonymous user is not admitted'),
  (tests.new_user('', '8619955550001'), 'A number is not admitted while sign-in by a code is off'),
  (tests.new_user('live@login.invalid', '8619955550001'), 'A number beside an invitation is not admitted'),
  ('{}'::jsonb, 'An empty user is not admitted')) e(event, sentence);
select throws_ok('select count(*) from app.invitation', '42501', null, 'Auth reads no table of ours');
select * from finish();
rollback;
