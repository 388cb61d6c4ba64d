-- Invitations, appointments, password resets and sign-in names: one-time links, rights that follow the tree, and nobody
-- raises themselves.
begin;
select plan(141);
select tests.make_world();
update app.responder set state = 'active' where id = tests.id('nobody.person');
-- keeps the token of an answer for later scenes
create function tests.keep(p_name text, p_answer jsonb) returns text language sql as $$
  select tests.said(p_answer)
  from set_config('tests.' || p_name, coalesce(p_answer ->> 'token', p_answer #>> '{invitations,0,token}', ''), true)
$$;
create function tests.token(p_name text) returns text language sql stable as $$
  select current_setting('tests.' || p_name)
$$;
-- signs up under the address of an invitation, as supabase-js would
create function tests.sign_up(p_login text, p_token text) returns void language sql security definer as $$
  insert into auth.users (id, email)
  select tests.id(p_login), email
  from app.invitation
  where token_hash = private.hash_token(tests.token(p_token))
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as anon
select tests.act_as_anon();
select tests.raises($$select api.invite('{}')$$, '42501', 'Anon invites nobody');
select tests.raises($$select api.appoint(tests.id('city'), 'admin', '谁')$$, '42501', 'Anon appoints nobody');
select tests.raises($$select private.new_setup_token()$$, '42501', 'Nobody makes a setup link through the API');
-- Acting as a login that belongs nowhere
select tests.act_as('uninvited');
select tests.raises($$select api.invite(array[tests.id('nobody.person')])$$,
  '42501', 'A login that belongs nowhere invites nobody');
select tests.raises($$select api.appoint(tests.id('city'), 'admin', '谁')$$, '42501',
  'A login that belongs nowhere appoints nobody');
select tests.raises($$select private.write_invitation(tests.id('admin'), 'setup', 24, p_role => 'admin')$$,
  '42501', 'A login that belongs nowhere writes no invitation past the API');
-- Acting as ping, the officer, admin, the coordinator of another community
select tests.act_as('ping');
select tests.denies($$select api.invite(array[tests.id('nobody.person')])$$,
  'refused:forbidden', 'A responder invites nobody');
select tests.act_as('officer');
select tests.denies($$select api.invite(array[tests.id('nobody.person')])$$,
  'refused:forbidden', 'An officer invites no responder');
select tests.act_as('admin');
select tests.denies($$select api.invite(array[tests.id('nobody.person')])$$, 'refused:forbidden',
  'Admin invites no responder');
select tests.act_as('other_coordinator');
select tests.denies($$select api.invite(array[tests.id('nobody.person')])$$,
  'refused:forbidden', 'A coordinator invites people of their own community only');
select tests.denies($$select api.invite(array[tests.id('wei.person'), tests.id('nobody.person')])$$,
  'refused:forbidden', 'One person of another community makes the whole list refused');
select tests.act_as_owner();
update app.responder set login_id = null where id = tests.id('wei.person');
select tests.act_as('other_coordinator');
select tests.denies($$select api.invite(array[tests.id('wei.person'), tests.id('nobody.person')])$$,
  'refused:forbidden', 'The list is refused even if its first person could be invited');

-- Acting as the coordinator
select tests.act_as('coordinator');
select is(jsonb_array_length(api.invite(array[tests.id('ping.person')]) -> 'invitations'),
  0, 'A person with a login is not invited again');
select is(tests.keep('first', api.invite(array[tests.id('nobody.person')])),
  'applied', 'A coordinator invites a person');
select ok(length(tests.token('first')) = 20, 'The link carries 100 random bits');
select is(tests.value($$
    select count(*)
    from app.invitation
    where encode(token_hash, 'escape') like '%' || tests.token('first') || '%'
      or token_hash = convert_to(tests.token('first'), 'utf8')
  $$),
  '0', 'The database does not keep the link''s bits');
select is((select data ->> 'login'
           from tests.visible()
           where tbl = 'responder_lead' and pk = tests.id('nobody.person')),
  'none', 'Before the commit the invitation does not show');
select tests.commit();
select is((select data ->> 'login'
           from tests.visible()
           where tbl = 'responder_lead' and pk = tests.id('nobody.person')),
  'invited', 'After the commit the coordinator sees that the person is invited');
select is(tests.keep('second', api.invite(array[tests.id('nobody.person')])), 'applied',
  'The coordinator invites again');

-- Acting as anon, with a link
select tests.act_as_anon();
select is(tests.said(api.invitation(tests.token('first'))),
  'refused:invitation_invalid', 'A newer link makes the older one invalid');
select is(tests.said(api.invitation('NOSUCHTOKEN000000000')),
  'refused:invitation_invalid', 'An unknown link is invalid');
select is(tests.said(api.invitation(null)), 'refused:invitation_invalid', 'No link is invalid');
select is(api.invitation(lower(regexp_replace(tests.token('second'), '(.{4})', '\1-',
        'g'))) - '{email,expires_at}'::text[],
  jsonb_build_object('record_id', tests.id('nobody.person'))
    || '{"status":"applied","purpose":"responder","person":"钱无号","place":"甲社区","sign_in_name":"19900000006",
      "role":null,"kind":"volunteer"}',
  'A link may be typed in small letters and groups');
select is((api.invitation(tests.token('second')) ->> 'expires_at')::timestamptz,
  now() + interval '7 days', 'A link is good for seven days');

-- Acting as a login that signed up with another address, then as the invited one
select tests.act_as('uninvited');
select tests.denies($$select api.redeem_invitation(tests.token('second'))$$,
  'refused:invitation_invalid', 'A link is redeemed only by the address it was made for');
select tests.act_as_owner();
select tests.sign_up('nobody', 'second');
select tests.act_as('nobody');
select is(api.redeem_invitation(tests.token('second')),
  '{"status":"applied","sign_in_name":"19900000006"}', 'The invited person redeems it');
select is(tests.value($$select login_id from app.responder where id = tests.id('nobody.person')$$),
  tests.id('nobody')::text, 'The invited person is the responder from then on');
select is(api.redeem_invitation(tests.token('second')),
  '{"status":"applied","sign_in_name":"19900000006"}', 'A repeated redeeming answers the same');
select is((select data ->> 'name' from tests.visible() where tbl = 'me'), null,
  'Before the commit the own record does not show');
select tests.commit();
select is((select data ->> 'name' from tests.visible() where tbl = 'me'), '钱无号',
  'After the commit the person has their own record');
select tests.act_as_owner();
delete from app.rate_window;
select tests.act_as('uninvited');
select tests.denies($$select api.redeem_invitation(tests.token('second'))$$,
  'refused:invitation_used', 'A used link is used');

-- Expiry
select tests.act_as('coordinator');
select tests.act_as_owner();
select tests.make_responder('new', '新来', 'community', null, '19900000007');
select tests.act_as('coordinator');
select is(tests.keep('late', api.invite(array[tests.id('new.person')])), 'applied', 'A further invitation');
select tests.act_as_owner();
update app.invitation set expires_at = now() where token_hash = private.hash_token(tests.token('late'));
select tests.sign_up('new', 'late');
select tests.act_as('new');
select tests.denies($$select api.redeem_invitation(tests.token('late'))$$,
  'refused:invitation_expired', 'A link is no longer good after its time');

-- Who may appoint which roles
select tests.act_as('coordinator');
select is(tests.keep('x', api.appoint(tests.id('building_1'), 'building_lead', '楼长')),
  'applied', 'A coordinator appoints leads in their own community');
select tests.denies($$select api.appoint(tests.id('community'), 'coordinator', '自己人')$$,
  'refused:forbidden', 'A coordinator appoints no second coordinator');
select tests.denies($$select api.appoint(tests.id('other_building'), 'building_lead', '楼长')$$,
  'refused:forbidden', 'A coordinator appoints no lead in the next community');
select tests.denies($$select api.appoint(tests.id('community'), 'admin', '自己')$$, 'refused:forbidden',
  'A coordinator appoints no admin');
select tests.act_as('officer');
select is(tests.keep('x', api.appoint(tests.id('community'), 'coordinator', '新书记')),
  'applied', 'An officer appoints coordinators below their node');
select tests.denies($$select api.appoint(tests.id('street'), 'coordinator', '书记')$$,
  'refused:forbidden', 'An officer appoints no coordinator on their own node');
select tests.denies($$select api.appoint(tests.id('community'), 'street_officer', '同级')$$,
  'refused:forbidden', 'An officer appoints nobody to their own rank');
select tests.denies($$select api.appoint(tests.id('community'), 'city_officer', '上级')$$,
  'refused:forbidden', 'An officer appoints nobody to a higher rank');
select tests.denies($$select api.appoint(tests.id('community'), 'admin', '管理员')$$, 'refused:forbidden',
  'An officer appoints no admin');
select tests.denies($$select api.appoint(tests.id('district'), 'coordinator', '上级')$$,
  'refused:forbidden', 'An officer appoints nobody above their node');
select tests.act_as('grid_lead');
select tests.denies($$select api.appoint(tests.id('building_1'), 'building_lead', '楼长')$$,
  'refused:forbidden', 'A grid lead appoints nobody');
select tests.act_as('ping');
select tests.denies($$select api.appoint(tests.id('building_1'), 'building_lead', '自己')$$,
  'refused:forbidden', 'A responder appoints nobody');
select tests.act_as('admin');
select tests.denies($$select api.appoint(tests.id('no_such'), 'coordinator', '谁')$$,
  'refused:gone', 'A unit that does not exist is gone');
select tests.denies($$select api.appoint(tests.id('community'), 'king', '谁')$$,
  'refused:invalid', 'A role that does not exist is invalid');
select tests.denies($$select api.appoint(tests.id('community'), 'coordinator', ' ')$$,
  'refused:invalid', 'A person has a name');
select is(tests.keep('role', api.appoint(tests.id('community'), 'coordinator', '李书记')),
  'applied', 'Admin appoints to any role');

-- A role invitation asks for a sign-in name
select tests.act_as_owner();
select tests.sign_up('li', 'role');
select tests.act_as('li');
select tests.denies($$select api.redeem_invitation(tests.token('role'))$$,
  'refused:invalid', 'A sign-in name is needed');
select tests.denies($$select api.redeem_invitation(tests.token('role'), '19912345678')$$,
  'refused:invalid', 'A mobile number belongs to an imported person');
select tests.denies($$select api.redeem_invitation(tests.token('role'), ' PING ')$$,
  'refused:name_taken', 'A name in use is taken, however it is written');
select is(api.redeem_invitation(tests.token('role'), 'Li-Shu Ji'),
  '{"status":"applied","sign_in_name":"lishuji"}', 'The name is kept in the form it is looked up by');
select ok(tests.value($$select private.coordinates(tests.id('li'), tests.id('building_1'))$$)::boolean,
  'The invited person coordinates the community');

-- The address behind a sign-in name
select tests.act_as_anon();
select is(api.sign_in_name(' Li-Shu ji') ->> 'email',
  tests.value($$select email from app.login where id = tests.id('li')$$), 'A name is found however it is typed');
select is(api.sign_in_name('13800000000'), api.sign_in_name('138-0000 0000'),
  'An unknown name always gets the same answer');
select isnt(api.sign_in_name('13800000000'), api.sign_in_name('13800000001'),
  'Another unknown name gets another answer');
select ok(tests.value($$
    select email from app.login where id = tests.id('li')
  $$) ~ '^u[0-9a-hjkmnp-tv-z]{16}@login\.invalid$',
  'A real address is sixteen letters of one alphabet');
select is((select count(*)
           from generate_series(1, 60) i
           where api.sign_in_name('1380000' || i) ->> 'email' !~ '^u[0-9a-hjkmnp-tv-z]{16}@login\.invalid$'),
  0::bigint, 'A decoy address is sixteen letters of the same alphabet');
select ok(tests.value($$
    select count(*) from generate_series(1, 11) i where api.sign_in_name('19900000002') ->> 'code' = 'too_many_tries'
  $$)::int >= 1,
  'A name is looked up ten times a minute at most');
select ok(tests.value($$
    select count(*) from generate_series(1, 11) i where api.invitation('GUESS' || i) ->> 'code' = 'too_many_tries'
  $$)::int >= 1,
  'Wrong links are tried five times a minute at most');
select tests.act_as_owner();
delete from app.rate_window;

-- Password resets: a coordinator resets their own people
select tests.act_as('ping');
select tests.denies($$select api.issue_reset(tests.id('qiang.person'))$$,
  'refused:forbidden', 'A responder resets nobody');
select tests.denies($$select api.issue_role_reset('qiang')$$, 'refused:forbidden',
  'A responder resets nobody by sign-in name');
select tests.denies($$select api.issue_role_reset('coordinator')$$, 'refused:forbidden',
  'A responder does not reset their coordinator');
select tests.denies($$select api.issue_role_reset('no_such_name')$$,
  'refused:forbidden', 'A responder learns nothing about names');
select tests.act_as('officer');
select is(tests.said(api.issue_reset(tests.id('qiang.person'))),
  'applied', 'An officer resets people whom a community below them invited');
select tests.denies($$select api.issue_role_reset('qiang')$$,
  'refused:gone', 'An officer resets nobody without a role by sign-in name');
select tests.denies($$select api.issue_role_reset('admin')$$, 'refused:gone', 'An officer does not reset an admin');
select tests.denies($$select api.issue_role_reset('officer')$$, 'refused:gone', 'An officer does not reset themselves');
select is(tests.keep('x', api.issue_role_reset('coordinator')), 'applied',
  'An officer resets a coordinator below them');
select tests.denies($$select api.issue_role_reset('no_such_name')$$,
  'refused:gone', 'A person with the right to reset is told that a name is unknown');
select tests.act_as('other_coordinator');
select tests.denies($$select api.issue_reset(tests.id('qiang.person'))$$,
  'refused:forbidden', 'A coordinator resets people of their own community only');
select tests.denies($$select api.issue_role_reset('coordinator')$$, 'refused:gone',
  'A coordinator resets no other coordinator');
select tests.denies($$select api.issue_role_reset('ping')$$, 'refused:gone',
  'A coordinator resets nobody of another community');
select tests.act_as('coordinator');
select tests.denies($$select api.issue_reset(tests.id('new.person'))$$,
  'refused:gone', 'A person without a login has no password to reset');
select is(tests.keep('reset', api.issue_reset(tests.id('qiang.person'))), 'applied',
  'A coordinator resets their own people');
select tests.act_as_owner();
select tests.grant_role('mei', 'street', 'street_officer');
select tests.act_as('coordinator');
select tests.denies($$select api.issue_reset(tests.id('mei.person'))$$,
  'refused:forbidden', 'A coordinator resets nobody above them');

-- Acting as anon, with a reset link
select tests.act_as_anon();
select is(api.invitation(tests.token('reset')) ->> 'purpose', 'reset', 'The link says what it is for');
select is((select count(*)
           from generate_series(1, 20)
           where api.invitation(tests.token('reset')) ->> 'status' = 'applied'),
  20::bigint, 'Good links are not counted: an office redeems its own behind one address');
select tests.denies($$select api.reset_password(tests.token('reset'), 'short')$$,
  'refused:weak_password', 'A password has at least eight characters');
select tests.denies($$select api.reset_password(tests.token('x'), 'short')$$, 'refused:weak_password',
  'The minimum length holds for every person');
select is(api.reset_password(tests.token('reset'), '白日依山尽 2026'),
  '{"status":"applied","email":"uqiang@login.invalid"}', 'A link sets a new password');
select is(tests.value($$
    select encrypted_password = extensions.crypt('白日依山尽 2026', encrypted_password)
    from auth.users
    where id = tests.id('qiang')
  $$),
  'true', 'The new password is kept hashed');
select is(tests.value($$select id from app.login where sign_in_name = 'qiang'$$),
  tests.id('qiang')::text, 'The login stays, so what waits on the phone stays');
select tests.denies($$select api.reset_password(tests.token('reset'), 'another password')$$,
  'refused:invitation_used', 'A link is used once');
select tests.act_as('uninvited');
select tests.denies($$select api.redeem_invitation(tests.token('x'))$$,
  'refused:invitation_invalid', 'A reset link is no invitation');

-- The last admin
select tests.act_as_owner();
select throws_ok($$delete from app.role_grant where role = 'admin'$$,
  '23514', null, 'The last admin cannot be removed');
select set_config('tests.setup', private.new_setup_token(), true);
select tests.sign_up('boss', 'setup');
select tests.act_as('boss');
select is(api.redeem_invitation(tests.token('setup'), 'boss'),
  '{"status":"applied","sign_in_name":"boss"}', 'A setup link makes an admin');
select tests.act_as_owner();
select lives_ok($$delete from app.role_grant where login_id = tests.id('admin')$$,
  'The first admin may go once there are two');
select throws_ok($$delete from app.login where id = tests.id('boss')$$, '23514', null,
  'The last admin left cannot be removed');

-- Units below, for the pickers
select tests.act_as('officer');
select is((select array_agg(u ->> 'name' order by u ->> 'name')
           from jsonb_array_elements(api.units_below(tests.id('street')) -> 'units') u),
  '{乙社区,甲社区}', 'An officer sees the communities of their street');
select is(jsonb_array_length(api.units_below(tests.id('city')) -> 'units'), 1,
  'An officer sees the units on the way to those communities');
select tests.act_as('ping');
select is(jsonb_array_length(api.units_below(tests.id('street')) -> 'units'), 0, 'A responder sees none');
select * from finish();
rollback;
