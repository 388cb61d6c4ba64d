-- Invitations: one-time links for people of a list, good for a week, for one address, once.
begin;
select plan(48);
select tests.make_world();
update app.responder set state = 'active' where id = tests.id('nobody.person');

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

select * from finish();
rollback;
