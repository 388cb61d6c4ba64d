-- Two logins of one number: two communities each invite their own record, and neither is told of the other's login.
begin;
select plan(16);
select tests.make_world();

-- Another community lists a number that nobody has
select tests.act_as('other_coordinator');
select tests.bring_people('b2', 'other_community', tests.list_row('李大平', '19977770000'));
select tests.commit();

-- Acting as the person who opens the invitations: for a number with a login elsewhere, and for one without
select tests.act_as('other_coordinator');
select is(tests.bring_people('b7', 'other_community', tests.list_row('赵小梅', '19900000004')) ->> 'status',
  'applied', 'The second coordinator lists a third number');
select tests.commit();
select set_config('tests.t' || n, api.invite(array[tests.record(n, 'other_community')]) #>> '{invitations,0,token}',
  true)
from unnest(array['19900000004', '19977770000']) n;
select tests.act_as_anon();
select is((select count(distinct replace((api.invitation(current_setting('tests.t'
                       || n)) - 'email' - 'expires_at' - 'person' - 'record_id')::text,
               n, 'n'))
           from (values ('19900000004'), ('19977770000')) x(n)),
  1::bigint, 'An invitation says the same for both numbers');
select tests.act_as_owner();
update app.login set sign_in_name = '19900000004' where id = tests.id('mei');
insert into auth.users (id, email)
select tests.id('new ' || x.n), i.email
from (values ('19900000004'), ('19977770000')) x(n)
join app.invitation i on i.token_hash = private.hash_token(current_setting('tests.t' || x.n));
select tests.act_as('new 19977770000');
select is(api.redeem_invitation(current_setting('tests.t19977770000')),
  '{"status":"applied","sign_in_name":"19977770000"}', 'An unknown number gets its login');
select tests.act_as('new 19900000004');
select is(api.redeem_invitation(current_setting('tests.t19900000004')),
  '{"status":"applied","sign_in_name":"19900000004"}', 'A number known elsewhere is answered the same');
select is(api.redeem_invitation(current_setting('tests.t19900000004')),
  '{"status":"applied","sign_in_name":"19900000004"}', 'A repeated redeeming is answered the same');
select tests.commit();
select is((select data ->> 'sign_in_name' from tests.visible() where tbl = 'me'),
  '19900000004', 'The record itself shows the number, too');
select is(tests.value($$
    select string_agg(sign_in_name, ' ' order by sign_in_name) from app.login where sign_in_name like '19900000004%'
  $$),
  '19900000004 19900000004.2', 'Two logins have two names');
select is(tests.value($$select login_id from app.responder where id = tests.id('mei.person')$$),
  tests.id('mei')::text, 'The first one keeps its person');
select is(api.sign_in_name('199-0000 0004.2') ->> 'email',
  tests.value($$select email from app.login where id = tests.id('new 19900000004')$$),
  'The second person is found by the hidden name');
select tests.act_as('mei');
select is(tests.listings(), null, 'A record that has a login is offered to nobody');
select tests.act_as('other_coordinator');
select is(tests.said(api.issue_reset(tests.record('19900000004', 'other_community'))),
  'applied', 'The second coordinator resets the login they invited');

-- A number whose three names are taken: by people who serve, then by one who has left
select tests.act_as_owner();
select tests.make_login('second', '赵二'), tests.make_login('third', '赵三');
update app.login
set sign_in_name = '19977770000.' || x.turn
from (values ('second', 2), ('third', 3)) x(n, turn)
where id = tests.id(x.n);
select tests.grant_role('second', 'grid', 'grid_lead'), tests.grant_role('third', 'grid', 'grid_lead');
select tests.act_as('coordinator');
select is(tests.bring_people('b8', 'community', tests.list_row('赵四', '19977770000')) ->> 'status',
  'applied', 'A fourth community lists a number');
select set_config('tests.fourth',
  api.invite(array[tests.record('19977770000', 'community')]) #>> '{invitations,0,token}', true);
select tests.act_as_owner();
insert into auth.users (id, email)
select tests.id('fourth'), email
from app.invitation
where token_hash = private.hash_token(current_setting('tests.fourth'));
select tests.act_as('fourth');
select tests.denies($$select api.redeem_invitation(current_setting('tests.fourth'))$$,
  'refused:invalid', 'No name is left while all three serve');
select tests.act_as_owner();
delete from app.role_grant where login_id = tests.id('third');
select tests.act_as('fourth');
select is(api.redeem_invitation(current_setting('tests.fourth')),
  '{"status":"applied","sign_in_name":"19977770000"}', 'A person who serves nowhere gives their name up');
select is(tests.value($$
    select string_agg(sign_in_name || ' ' || name, ', ' order by sign_in_name)
    from app.login
    where sign_in_name like '19977770000%'
  $$),
  '19977770000 李大平, 19977770000.2 赵二, 19977770000.3 赵四', 'Nobody else gives their name up');
select * from finish();
rollback;
