-- Appointments and sign-in names: rights follow the tree, nobody raises themselves, and a name is found however it is
-- typed.
begin;
select plan(57);
select tests.make_world();
create function tests.named(p_unit text) returns text language sql as $$
  select coalesce(a ->> 'code', (
    select string_agg(concat_ws(' ', p ->> 'role', p ->> 'name', case when p ->> 'expires_at' is not null then '…' end),
      ', ' order by p ->> 'role', p ->> 'name')
    from jsonb_array_elements(a -> 'people') p), '-')
  from api.appointed(tests.id(p_unit)) a
$$;
grant execute on all functions in schema tests to anon, authenticated;

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

-- Who was appointed: by those who may appoint there
select matches(tests.named('community'), 'coordinator 新书记 …, coordinator 李书记 …',
  'An admin sees whom they and others invited, and who holds the role');
select is(tests.named('no_such'), '-', 'Nobody at a unit that is not there');
select tests.act_as('officer');
select matches(tests.named('community'), '新书记 …', 'An officer sees those below them');
select is(tests.named('street'), 'forbidden', 'And not their own rank');
select tests.act_as('coordinator');
select is(tests.named('building_1'), 'building_lead 楼长 …', 'A coordinator sees the leads they appoint');
select tests.act_as('ping');
select is(tests.named('community'), 'forbidden', 'A responder sees nobody');

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
