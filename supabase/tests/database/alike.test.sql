-- Known and unknown names get the same answers, and the tries of one person lock nobody else out.
begin;
select plan(22);
select tests.make_world();
-- asking from one address
create function tests.from_address(p_address text) returns text language sql as $$
  select set_config('request.headers', jsonb_build_object('x-forwarded-for', p_address)::text, true)
$$;
create function tests.ask(p_name text, p_times int) returns bigint language sql as $$
  select count(*) filter (where api.sign_in_name(p_name) ? 'email') from generate_series(1, p_times)
$$;
grant execute on all functions in schema tests to anon, authenticated;
select set_config('tests.reset', private.write_invitation(tests.id('coordinator'), 'reset', 24,
  p_login => tests.id('ping')) ->> 'token', true);
select set_config('tests.role', private.write_invitation(tests.id('admin'), 'role', 24, p_unit => tests.id('community'),
  p_role => 'coordinator', p_person => '李书记') ->> 'token', true);
insert into auth.users (id, email) select tests.id('li'), email from app.invitation
  where token_hash = private.hash_token(tests.token('role'));

-- Acting as anon, a stranger and then the person
select tests.act_as_anon();
select tests.from_address('203.0.113.1');
select is(tests.ask('ping', 12), 10::bigint, 'A name may be asked for ten times a minute');
select is(tests.ask('nobody', 12), 10::bigint, 'A name that nobody has may be asked for as often');
select is(api.sign_in_name('ping'), api.sign_in_name('nobody'), 'After that both are refused in the same words');
select tests.from_address('198.51.100.1');
select is(api.sign_in_name('ping') ->> 'email', 'uping@login.invalid',
  'The stranger''s questions lock nobody else out');
select is((select array_agg(k order by k) from jsonb_object_keys(api.sign_in_name(n)) k), '{email}',
  format('The answer for %s has one key', n)) from unnest('{ping,nobody}'::text[]) n;
select is(length(api.sign_in_name(repeat('x', 100000)) ->> 'email'), length('u0123456789abcdef@login.invalid'),
  'A very long name is answered like an unknown one');

-- Links
select is((select array_agg(distinct api.invitation('GUESS' || i) ->> 'code') from generate_series(1, 5) i),
  '{invitation_invalid}', 'Five wrong links are invalid');
select is(api.invitation('GUESS6') ->> 'code', 'too_many_tries', 'The sixth wrong link from an address has to wait');
select is(api.invitation(tests.token('reset')) ->> 'purpose', 'reset',
  'A right link from that address is still accepted');
select is(api.reset_password(tests.token('reset'), 'Password1'),
  '{"status":"refused","code":"weak_password","detail":{"why":"common"}}',
  'A password of a reset is judged like that of a sign-up');
select is(api.reset_password(tests.token('reset'), 'ping12345') #>> '{detail,why}', 'own',
  'It is judged by the person''s name too');
select is(api.judge_password(tests.token('role'), 'a good long one', 'lishuji'), '{"status":"applied"}',
  'A password may be judged before the sign-up');
select is(api.judge_password(tests.token('role'), 'Li Shuji 1', 'lishuji') #>> '{detail,why}', 'own',
  'It is judged by the sign-in name that is chosen with it');
select is(api.judge_password('GUESS7', 'a good long one') ->> 'code', 'too_many_tries',
  'Only the holder of a link may have one judged');

-- Acting as an invited person who may choose a name
select tests.act_as('li');
select is((select array_agg(distinct api.redeem_invitation(tests.token('role'), 'ping') ->> 'code')
  from generate_series(1, 5)), '{name_taken}', 'A person who chooses a name is told five times that it is taken');
select is(api.redeem_invitation(tests.token('role'), 'officer') ->> 'code', 'too_many_tries',
  'After five tries nothing is said about names');
select is(api.redeem_invitation(tests.token('role'), 'lishuji') ->> 'status', 'applied',
  'A free name is accepted all the same');

-- Acting as the officer, then as a person who appoints nobody: a name of nobody, of an equal, of an admin
select tests.act_as('officer');
select is(api.issue_role_reset(n), '{"status":"refused","code":"gone","detail":null}',
  format('Whether %s exists is not told', n)) from unnest('{nobody,admin,officer}'::text[]) n;
select tests.act_as('ping');
select is(api.issue_role_reset('nobody'), api.issue_role_reset('admin'),
  'A person who appoints nobody learns nothing about names');
select * from finish();
rollback;
