-- Password resets: by the community that invited the login or a level above it, through a link that is used once.
begin;
select plan(48);
select tests.make_world();
select tests.make_responder('new', '新来', 'community', null, '19900000007');

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

-- Nobody makes a link for their own password: it would let a session alone change it, without the old one
select tests.act_as_owner();
select tests.make_responder('self', '陈立群', 'community', null, '19900000008');
update app.responder set login_id = null where login_id = tests.id('coordinator');
update app.responder set login_id = tests.id('coordinator') where id = tests.id('self.person');
select tests.act_as('coordinator');
select tests.denies($$select api.issue_reset(tests.id('self.person'))$$,
  'refused:forbidden', 'A coordinator on their own list does not reset themselves');
select tests.act_as_owner();
update app.responder set login_id = tests.id('admin') where id = tests.id('self.person');
select tests.act_as('admin');
select tests.denies($$select api.issue_role_reset('admin')$$, 'refused:gone', 'An admin does not reset themselves');
select tests.denies($$select api.issue_reset(tests.id('self.person'))$$,
  'refused:forbidden', 'An admin on a list does not reset themselves');

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

select * from finish();
rollback;
