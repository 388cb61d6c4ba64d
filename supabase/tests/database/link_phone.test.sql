-- Sign-in by a code sent to the phone: the confirmed number is the proof, and links to the person imported with it.
begin;
select plan(9);
select tests.make_world();
update app.responder set state = 'active', login_id = null where id = tests.id('nobody.person');
insert into app.responder_contact (responder_id, phone) values (tests.id('nobody.person'), '19955550001') on conflict (responder_id) do update set phone = excluded.phone;
insert into auth.users (id, phone, phone_confirmed_at) values
  (tests.id('by_code'), '8619955550001', now()), (tests.id('unproved'), '8619955550001', null), (tests.id('unlisted'), '8619955550009', now());

-- Acting as anon
select tests.act_as_anon();
select throws_ok($$select api.link_phone()$$, '42501', null, 'Anon is linked to nobody');
-- Acting as a login whose number was never confirmed
select tests.act_as('unproved');
select is(api.link_phone() ->> 'code', 'gone', 'A number nobody confirmed proves nothing');
-- Acting as a login with a number of nobody
select tests.act_as('unlisted');
select is(api.link_phone() ->> 'code', 'gone', 'A number nobody was imported with opens nothing');
select tests.act_as_owner();
select is((select login_id from app.responder where id = tests.id('nobody.person')), null, 'And the person is still without a login');
-- Acting as the owner of the number
select tests.act_as('by_code');
select is(api.link_phone() ->> 'status', 'applied', 'The confirmed number is linked');
select is(api.link_phone() ->> 'status', 'applied', 'A repeat answers the same');
select tests.act_as_owner();
select is((select login_id from app.responder where id = tests.id('nobody.person')), tests.id('by_code'), 'The person has this login now');
select is((select sign_in_name from app.login where id = tests.id('by_code')), '19955550001', 'Under the number as sign-in name');
update auth.users set phone_confirmed_at = now() where id = tests.id('unproved');
select tests.act_as('unproved');
select is(api.link_phone() ->> 'code', 'name_taken', 'A second login with the same number does not take the person over');
select * from finish();
rollback;
