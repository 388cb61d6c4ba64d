-- Squatting: a coordinator lists a stranger's number and opens the invitation themselves. They hold a login of that
-- number, and yet nothing of the stranger's.
begin;
select plan(15);
select tests.make_world();

select tests.act_as('other_coordinator');
select is(tests.bring_people('claim', 'other_community', tests.list_row('某人', '19900000006')) ->> 'status',
  'applied', 'The coordinator lists a number the first community knows');
select tests.commit();
select tests.invite('own', '19900000006', 'other_community');
select tests.act_as_owner();
insert into auth.users (id, email)
select tests.id('thief'), email
from app.invitation
where token_hash = private.hash_token(current_setting('tests.own'));
select tests.act_as('thief');
select is(api.redeem_invitation(current_setting('tests.own')) ->> 'status',
  'applied', 'The coordinator opens the invitation themselves');
select tests.commit();
select is(tests.listings(), '甲社区', 'That login is asked, by the number alone');
select is((select count(*) from tests.visible() where data::text like '%钱无号%'), 0::bigint,
  'That login is not told whose record it is');
select tests.denies($$select api.join_record(tests.id('nobody.person'), current_setting('tests.own'))$$,
  'refused:invitation_invalid', 'The coordinator''s own link is not the proof');
select tests.denies($$select api.join_record(tests.id('nobody.person'), null)$$,
  'refused:invitation_invalid', 'A missing link is not the proof');
select is(tests.value($$
    select login_id is null and joined_to is null and state = 'active'
    from app.responder
    where id = tests.id('nobody.person')
  $$),
  'true', 'The record still belongs to its person');
select tests.act_as('coordinator');
select is((api.invite(array[tests.id('nobody.person')]) #> '{invitations,0}') - 'token' - 'expires_at',
  jsonb_build_object('responder_id', tests.id('nobody.person'), 'name', '钱无号'),
  'Its community invites the person as before');
select tests.invite('first', '19900000006', 'community');
select is(tests.said(api.invitation(current_setting('tests.first'))) || ' '
    || (api.invitation(current_setting('tests.first')) ->> 'record_id'),
  'applied ' || tests.id('nobody.person'), 'The link says which record it is for');
select tests.act_as_owner();
insert into auth.users (id, email)
select tests.id('nobody'), email
from app.invitation
where token_hash = private.hash_token(current_setting('tests.first'));
select tests.act_as('nobody');
select is(api.redeem_invitation(current_setting('tests.first')),
  '{"status":"applied","sign_in_name":"19900000006"}', 'The person redeems the link');
select tests.commit();
select tests.act_as('thief');
select is(tests.listings(), null, 'Nothing is asked any more');
select tests.denies($$select api.join_record(tests.id('nobody.person'), current_setting('tests.first'))$$,
  'refused:gone', 'The used link joins nothing');

select tests.act_as_owner();
select * from finish();
rollback;
