-- A link stands for the word of the person who gave it: it ends when they could no longer give it, although nobody
-- revoked it.
begin;
select plan(35);
select tests.make_world();
-- a role ends and comes back: the link must not come back with it
create function tests.dismiss(p_name text) returns void language sql security definer as $$
  delete from app.role_grant where login_id = tests.id(p_name)
$$;
-- whether each of some links opens
create function tests.open(variadic p_names text[]) returns text language sql as $$
  select string_agg(coalesce(api.invitation(tests.token(n)) ->> 'code', 'open'), ' ' order by i)
  from unnest(p_names) with ordinality x(n, i)
$$;
grant execute on all functions in schema tests to anon, authenticated;
select tests.grant_role('admin', 'district', 'district_officer');

-- Acting as the coordinator, the officer and admin: every kind of link
select tests.act_as('coordinator');
select is(tests.keep('person', api.invite(array[tests.id('nobody.person')])), 'applied', 'A person is invited');
select is(tests.keep('lead', api.appoint(tests.id('building_1'), 'building_lead', '楼长')),
  'applied', 'A lead is appointed');
select is(tests.keep('reset', api.issue_reset(tests.id('qiang.person'))), 'applied', 'A person''s password is reset');
select tests.act_as('officer');
select is(tests.keep('coordinator', api.appoint(tests.id('community'), 'coordinator', '新书记')), 'applied',
  'An officer appoints a coordinator');
select is(tests.keep('role_reset', api.issue_role_reset('other_coordinator')), 'applied',
  'An officer resets a coordinator');
select tests.act_as_owner();
select set_config('tests.setup', private.new_setup_token(), true);
select tests.sign_up('lead', 'lead'), tests.sign_up('nobody', 'person'), tests.sign_up('second', 'coordinator');
-- Acting as anon
select tests.act_as_anon();
select is(tests.open('person', 'lead', 'reset', 'coordinator', 'role_reset', 'setup'), 'open open open open open open',
  'All of them open');

-- The coordinator is dismissed
select tests.act_as_owner();
select tests.dismiss('coordinator'), tests.commit();
select tests.act_as_anon();
select is(tests.open('person', 'lead', 'reset', 'coordinator', 'role_reset', 'setup'),
  'invitation_invalid invitation_invalid invitation_invalid open open open', 'Their links end with the role');
select tests.denies($$select api.reset_password(tests.token('reset'), 'correct horse battery')$$,
  'refused:invitation_invalid', 'None of their resets sets a password');
select is(tests.said(api.judge_password(tests.token('lead'), 'correct horse battery')), 'refused:invitation_invalid',
  'Wrong tries of an ended link are not counted');
select tests.act_as('lead');
select tests.denies($$select api.redeem_invitation(tests.token('lead'), 'louzhang')$$, 'refused:invitation_invalid',
  'Their links appoint them to no lead');
select tests.act_as('nobody');
select tests.denies($$select api.redeem_invitation(tests.token('person'))$$, 'refused:invitation_invalid',
  'Their links appoint none of the people they had invited');
select tests.act_as_owner();
select is(private.admits_email((select email
                                from app.invitation
                                where token_hash = private.hash_token(tests.token('lead')))),
  false, 'The ended link''s address signs up no more');
select tests.grant_role('coordinator', 'community', 'coordinator');
select tests.act_as_anon();
select is(tests.open('person', 'lead', 'reset'), 'invitation_invalid invitation_invalid invitation_invalid',
  'A role that comes back brings no old link back');
select tests.act_as('coordinator');
select is((select data ->> 'login'
           from tests.visible()
           where tbl = 'responder_lead' and pk = tests.id('nobody.person')),
  'none', 'The list shows that nobody is invited');
select is(tests.keep('person', api.invite(array[tests.id('nobody.person')])), 'applied',
  'The coordinator invites again');

-- The officer is dismissed; people who redeemed before keep their role
select tests.act_as('second');
select is(tests.said(api.redeem_invitation(tests.token('coordinator'), 'zhangshuji')), 'applied',
  'One person redeems in time');
select tests.act_as_owner();
select tests.dismiss('officer');
select tests.act_as_anon();
select is(tests.open('coordinator', 'role_reset', 'setup'), 'invitation_used invitation_invalid open',
  'An officer''s links end too; the operator''s own links do not');
select tests.act_as('second');
select is(tests.said(api.redeem_invitation(tests.token('coordinator'))), 'applied', 'A redeemed link stays redeemed');

-- The person leaves, gets other rights, or their membership is over
select tests.act_as('coordinator');
select is(tests.keep('reset_mei', api.issue_reset(tests.id('mei.person'))), 'applied', 'Mei''s password is reset');
select is(tests.keep('reset_qiang', api.issue_reset(tests.id('qiang.person'))), 'applied',
  'Qiang''s password is reset');
select tests.act_as('mei');
select is(tests.said(api.leave_community(tests.id('community'))), 'applied', 'Mei leaves before the link is used');
select tests.act_as_owner();
select tests.grant_role('qiang', 'other_community', 'coordinator');
select tests.act_as_anon();
select tests.denies($$select api.reset_password(tests.token('reset_mei'), 'correct horse battery')$$,
  'refused:invitation_invalid', 'A community the person has left sets no password');
select tests.denies($$select api.reset_password(tests.token('reset_qiang'), 'correct horse battery')$$,
  'refused:invitation_invalid', 'No password is set for a person who has other rights by now');
select is(tests.open('person'), 'open', 'The invited person may still redeem');
select tests.act_as_owner();
update app.report_in set state = 'ended' where responder_id = tests.id('nobody.person');
select tests.act_as_anon();
select is(tests.open('person'), 'invitation_invalid', 'The link ends with the person''s membership');

-- A membership that ends by its date ends that community's links as leaving does
select tests.act_as_owner();
insert into app.report_in (id, responder_id, community_id, state) values (tests.id('wei here'), tests.id('wei.person'),
  tests.id('community'), 'confirmed');
update app.report_in set ends_on = (now() at time zone interval '+08:00')::date - 1
where responder_id = tests.id('wei.person') and community_id = tests.id('other_community');
select is(private.expire_report_ins(now()), 1, 'A report-in is over');
select tests.commit();
select tests.act_as('other_coordinator');
select tests.denies($$select api.issue_reset(tests.id('wei.person'))$$,
  'refused:forbidden', 'The former community resets no more');
select is(api.import_rows(tests.id('again'), 'responder',
    '[{"row":1,"name":"吴伟","phone":"19900000005","kind":"volunteer"}]',
    jsonb_build_object('community_id', tests.id('other_community'), 'demo', false)) #>> '{results,0,status}',
  'created', 'The number may be listed there again, as a record of its own');
select tests.act_as('coordinator');
select is(tests.said(api.issue_reset(tests.id('wei.person'))), 'applied', 'The community they serve in resets');
select * from finish();
rollback;
