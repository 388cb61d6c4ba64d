-- A number that two communities list: each has a record of its own, and only the person makes them one.
begin;
select plan(100);
select tests.make_world();
select tests.make_shift('theirs', now() + interval '20 hours', 3, 2, 'other_door'),
  tests.make_shift('mine', now() + interval '21 hours', 3, 2, 'door'),
  tests.make_shift('later', now() + interval '50 hours', 3, 1, 'other_door');
create function tests.says(p_answer jsonb) returns text language sql immutable as $$
  select concat_ws(' ', p_answer ->> 'status', p_answer #>> '{results,0,status}', p_answer #>> '{results,0,code}',
    length((p_answer #- '{results,0,id}')::text))
$$;
-- Joins the record of ping's number in the other community with the link kept under a name.
create function tests.join(p_key text) returns jsonb language sql as $$
  select api.join_record(tests.record('19900000002', 'other_community'), current_setting('tests.' || p_key))
$$;
create function tests.told(p_kind text) returns text language sql as $$
  select string_agg(concat_ws(' ', data ->> 'name', data #>> '{detail,place_name}', data #>> '{detail,by_name}',
      data #>> '{detail,role}'),
    ', ' order by data ->> 'at')
  from tests.visible()
  where tbl = 'lead_event' and data ->> 'kind' = p_kind
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as the coordinator of another community, who lists the number of ping, serving in the first one, and one
-- nobody has
select tests.act_as('other_coordinator');
select is(tests.says(tests.bring_people('b1', 'other_community', tests.list_row('李大平', '19900000002'))),
  tests.says(tests.bring_people('b2', 'other_community', tests.list_row('李大平', '19977770000'))),
  'A number known elsewhere is answered like an unknown one');
select is(tests.says(tests.bring_people('b3', 'other_community', tests.list_row('李大平', '19900000002'))),
  tests.says(tests.bring_people('b4', 'other_community', tests.list_row('李大平', '19977770000'))),
  'A second import of the number is answered like an unknown one');
select tests.commit();
select isnt(tests.record('19900000002', 'other_community'), tests.id('ping.person'),
  'The second community has a record of its own');
select is(tests.value($$
    select name || ' ' || kind || ' ' || cardinality(skills) from app.responder where id = tests.id('ping.person')
  $$),
  '李平 volunteer 0', 'The first community''s record did not change');
select is((select count(*)
           from tests.visible()
           where pk = tests.id('ping.person') or data::text like '%' || tests.id('ping.person') || '%'),
  0::bigint, 'The second coordinator sees nothing of the first record');
select is((select data ->> 'login'
           from tests.visible()
           where pk = tests.record('19900000002', 'other_community') and tbl = 'responder_lead'),
  'none', 'To the second coordinator the person has no login');
select tests.denies($$select api.issue_reset(tests.id('ping.person'))$$,
  'refused:forbidden', 'The second coordinator resets nobody of another community');
select tests.denies($$select api.issue_reset(tests.record('19900000002', 'other_community'))$$,
  'refused:gone', 'The second community''s own record gives no right to reset');
select is(tests.push('assign',
    jsonb_build_object('assignment_id', '@t1', 'shift_id', '@theirs',
      'responder_id', tests.record('19900000002', 'other_community'))),
  'applied', 'The second coordinator may plan with their own record');
select tests.invite('old', '19900000002', 'other_community');
select tests.invite('link', '19900000002', 'other_community');
select tests.act_as('coordinator');
select is((select count(*) from tests.visible() where data ->> 'name' = '李大平'),
  0::bigint, 'The first community sees nothing of the second''s duty');
select is(tests.push('assign', '{"assignment_id":"@m1","shift_id":"@mine","responder_id":"@ping.person"}'),
  'applied', 'The first community''s duty is unaffected by the second''s, which overlaps');

-- Acting as mei, as anon, as a login that belongs nowhere: the number is not theirs
select tests.act_as('mei');
select is(tests.listings(), null, 'Nobody is asked about another''s number');
select tests.denies($$
    select api.join_record(tests.record('19900000002', 'other_community'), current_setting('tests.link'))
  $$,
  'refused:gone', 'Nobody joins a record of another''s number');
select tests.denies($$select api.decline_record(tests.record('19900000002', 'other_community'))$$,
  'refused:gone', 'Nobody refuses a record of another''s number');
select tests.denies($$select api.join_record(tests.id('nobody.person'), current_setting('tests.link'))$$,
  'refused:gone', 'A record of another number is answered like none');
select tests.denies($$select api.join_record(gen_random_uuid(), current_setting('tests.link'))$$,
  'refused:gone', 'A record that does not exist is gone');
select tests.act_as('coordinator');
select tests.denies($$
    select api.join_record(tests.record('19900000002', 'other_community'), current_setting('tests.link'))
  $$,
  'refused:gone', 'A coordinator joins nothing for others');
select tests.act_as('uninvited');
select tests.raises($$select api.join_record(tests.id('nobody.person'), current_setting('tests.link'))$$,
  '42501', 'A login that belongs nowhere joins nothing');
select tests.act_as_anon();
select tests.raises($$select api.join_record(tests.id('nobody.person'), current_setting('tests.link'))$$,
  '42501', 'Anon joins nothing');
select tests.raises($$select api.decline_record(tests.id('nobody.person'))$$, '42501', 'Anon refuses nothing');

-- Acting as ping
select tests.act_as('ping');
select is(tests.listings(), '乙社区', 'The person whose number it is is asked, and is not told whose name stands there');
-- A list is a claim: the link is the proof, and without it nothing is said of the record
select tests.denies($$select api.join_record(tests.record('19900000002', 'other_community'), null)$$,
  'refused:invitation_invalid', 'No record is joined without a link');
select tests.denies($$select api.join_record(tests.record('19900000002', 'other_community'), 'NOSUCHTOKEN000000000')$$,
  'refused:invitation_invalid', 'No record is joined with a wrong link');
select tests.denies($$select tests.join('old')$$, 'refused:invitation_invalid',
  'No record is joined with a link that a newer one revoked');
select tests.act_as_owner();
delete from app.rate_window;
update app.invitation set expires_at = now() where token_hash = private.hash_token(current_setting('tests.link'));
select tests.act_as('ping');
select tests.denies($$select tests.join('link')$$, 'refused:invitation_invalid',
  'No record is joined with a link whose time is over');
select tests.act_as_owner();
update app.invitation
set expires_at = now() + interval '1 hour', used_at = now()
where token_hash = private.hash_token(current_setting('tests.link'));
select tests.act_as('ping');
select tests.denies($$select tests.join('link')$$, 'refused:invitation_invalid',
  'No record is joined with a link that was used');
select tests.act_as_owner();
update app.invitation set used_at = null where token_hash = private.hash_token(current_setting('tests.link'));
select tests.act_as('other_coordinator');
select tests.invite('another', '19977770000', 'other_community');
select tests.act_as('ping');
select tests.denies($$select tests.join('another')$$, 'refused:invitation_invalid',
  'No record is joined with the link of another record');
select tests.denies($$select tests.join('link')$$,
  'refused:overlap', 'Overlapping duty is refused, and leaves the link good');
select is(tests.join('link') #>> '{detail,theirs,place_name}', '9栋', 'The refusal tells where the overlapping duty is');
select is((tests.join('link') #>> '{detail,mine,starts_at}')::timestamptz,
  now() + interval '21 hours', 'The refusal tells when the person''s own duty is');
-- Every fault of a link counts as the same
select tests.act_as_owner();
update app.invitation set used_at = now() where token_hash = private.hash_token(current_setting('tests.another'));
select set_config('tests.none', 'NOSUCHTOKEN000000000', true);
create function tests.try_six(p_key text) returns text language plpgsql as $$
declare codes text := '';
begin
  for i in 1 .. 6 loop codes := codes || ' ' || (tests.join(p_key) ->> 'code'); end loop;
  return codes;
end $$;
create function tests.clear_counts() returns void language sql security definer as $$ delete from app.rate_window $$;
grant execute on all functions in schema tests to authenticated;
select tests.act_as('ping');
select tests.clear_counts();
select is(array(select distinct t.codes
                from unnest('{none,old,another}'::text[]) k
                cross join lateral (select tests.try_six(k) as codes, tests.clear_counts()) t),
  array[repeat(' invitation_invalid', 5) || ' too_many_tries'],
  'Five wrong links a minute are answered, all alike');
select is(tests.try_six('none') like '% too_many_tries', true, 'A further link is refused as too many tries');
select is(tests.join('link') ->> 'code', 'overlap', 'The right link is still accepted');
select tests.act_as_owner();
update app.invitation set used_at = null where token_hash = private.hash_token(current_setting('tests.another'));
delete from app.rate_window;
select tests.act_as('ping');
select is(tests.push('decline_shift', '{"offer_id":null,"assignment_id":"@m1","reason":"other"}'),
  'applied', 'The person gives their own place back');
-- Acting as the owner: doubles of every kind
select tests.act_as_owner();
select set_config('tests.row', tests.record('19900000002', 'other_community')::text, true);
insert into app.waitlist_entry (id, shift_id, responder_id, rank, state, hold_until)
values (tests.id('w1'), tests.id('later'), current_setting('tests.row')::uuid, 1, 'held', now() + interval '1 hour'),
  (tests.id('w2'), tests.id('later'), tests.id('ping.person'), 2, 'waiting', null);
update app.shift set held = 1 where id = tests.id('later');
insert into app.consent (responder_id, purpose, withdrawn_at)
values (current_setting('tests.row')::uuid, 'public_display', null), (tests.id('ping.person'), 'public_display', now()),
  (current_setting('tests.row')::uuid, 'location', null);
insert into app.availability (id, fits)
values (current_setting('tests.row')::uuid, '{mon.day}'), (tests.id('ping.person'), '{tue.night}');
select tests.act_as('ping');
select is(tests.join('link'),
  jsonb_build_object('status', 'applied', 'community_id', tests.id('other_community')),
  'A yes with the record''s link joins the records');
select tests.commit();
select is(tests.value($$
    select string_agg(u.name, ' ' order by u.name)
    from app.report_in i
    join app.org_unit u on u.id = i.community_id
    where i.responder_id = tests.id('ping.person') and i.state = 'confirmed'
  $$),
  '乙社区 甲社区', 'The person belongs to both communities');
select is(tests.value($$select responder_id from app.assignment where id = tests.id('t1')$$),
  tests.id('ping.person')::text, 'The duty of the joined record is the person''s');
select is((select data ->> 'state' from tests.visible() where pk = tests.id('t1') and tbl = 'my_assignment'),
  'assigned', 'That duty stands on their phone');
select is(tests.value($$
    select state || ' ' || (select state from app.waitlist_entry where id = tests.id('w2'))
    from app.waitlist_entry
    where id = tests.id('w1')
  $$),
  'left held', 'Of two entries in one queue one is left, and the held place goes on');
select is(tests.places('later'), '0 filled, 1 held of 1', 'The place is counted once');
select is(tests.value($$
    select string_agg(purpose || ' ' || (withdrawn_at is null), ', ' order by purpose)
    from app.consent
    where responder_id = tests.id('ping.person')
  $$),
  'public_display false', 'A consent is the person''s own: a list of another community gives none');
select is(tests.value('select string_agg(fits::text, $$ $$) from app.availability'), '{tue.night}',
  'Hours are the person''s own as well');
select is(tests.value($$select string_agg(phone, ' ') from app.responder_contact where phone = '19900000002'$$),
  '19900000002', 'The number is kept once');
select is(tests.value($$
    select state || ' ' || (joined_to = tests.id('ping.person')) || ' ' || cardinality(skills) || ' ' || (name <> '李大平')
    from app.responder
    where id = current_setting('tests.row')::uuid
  $$),
  'closed true 0 true', 'The old record keeps only whose it is');
select is(tests.value($$select used_at is not null and revoked_at is null from app.invitation
  where token_hash = private.hash_token(current_setting('tests.link'))$$), 'true', 'The record''s link is used');
select is(tests.value($$
    select count(*)
    from app.invitation
    where responder_id = current_setting('tests.row')::uuid and revoked_at is null and used_at is null
  $$),
  '0', 'No link of the record is open');
select is(api.invitation(current_setting('tests.link')) ->> 'code',
  'invitation_used', 'A person who opens the link is told that it was used');
select is(tests.listings(), null, 'Nothing is asked any more');
select tests.denies($$select api.join_record(current_setting('tests.row')::uuid, current_setting('tests.link'))$$,
  'refused:gone', 'Joining twice answers the same');
select tests.act_as_owner();
insert into auth.users (id, email)
select tests.id('late'), email
from app.invitation
where token_hash = private.hash_token(current_setting('tests.link'));
select tests.act_as('late');
select tests.denies($$select api.redeem_invitation(current_setting('tests.link'))$$,
  'refused:invitation_used', 'The used link makes no login');
select tests.act_as('other_coordinator');
select is(tests.told('record_joined'), '李平 乙社区 李平', 'The second community is told');
select is((select string_agg(data ->> 'name', ' ')
           from tests.visible()
           where tbl = 'responder_lead' and data ->> 'phone_tail' = '0002'),
  '李平', 'The second coordinator sees the person');
select tests.denies($$select api.issue_reset(tests.id('ping.person'))$$,
  'refused:forbidden', 'The second coordinator still does not reset a login they did not invite');
select is(tests.says(tests.bring_people('b5', 'other_community',
      tests.list_row('李平', '19900000002', '{"night":"no"}'))) like 'applied unchanged shared%',
  true, 'A second list''s statement on a joined person is reported, and changes nothing');
select is(tests.value($$select kind || ' ' || night from app.responder where id = tests.id('ping.person')$$),
  'volunteer yes', 'The person''s record is their own');
select is((select string_agg(k ->> 'reason', ' ')
           from jsonb_array_elements(api.revert_import(tests.id('b1')) -> 'kept') k),
  'has_login', 'The import is not taken back from a joined person');
select tests.act_as('coordinator');
select is(tests.told('record_joined'), '李平 乙社区 李平', 'The first community is told');
select is(api.issue_reset(tests.id('ping.person')) ->> 'status',
  'applied', 'The community that invited the login resets it');
select tests.commit();
select is(tests.told('reset_issued'), '李平 陈立群', 'The first community reads the reset');
select tests.act_as('other_coordinator');
select is(tests.told('reset_issued'), '李平 陈立群', 'The second community reads the reset too');
select tests.act_as('officer');
select is(api.issue_reset(tests.id('ping.person')) ->> 'status', 'applied', 'An officer above may reset the login');
select tests.act_as('mei');
select tests.denies($$select api.issue_reset(tests.id('ping.person'))$$, 'refused:forbidden',
  'Nobody else may reset the login');

-- Acting as ping: leaving the first community
select tests.act_as('ping');
select is(api.leave_community(tests.id('community')) ->> 'status', 'applied', 'The person leaves the first community');
select tests.commit();
select tests.act_as('coordinator');
select tests.denies($$select api.issue_reset(tests.id('ping.person'))$$,
  'refused:forbidden', 'The community they left resets no more');
select is(tests.says(tests.bring_people('b6', 'community',
  tests.list_row('李平', '19900000002'))) like 'applied created%',
  true, 'Listing the number again is a new record');
select isnt(tests.record('19900000002', 'community'), tests.id('ping.person'), 'The new record is not the person''s');
select tests.act_as('other_coordinator');
select is(api.issue_reset(tests.id('ping.person')) ->> 'status', 'applied',
  'The community the person now serves in resets');
select tests.act_as('ping');
select tests.commit();
select is(tests.listings(), '甲社区', 'The person is asked again');
select is(api.decline_record(tests.record('19900000002', 'community')), '{"status":"applied"}',
  'The person refuses the record');
select tests.commit();
select is(tests.listings(), null, 'A person who refused is not asked again');
select tests.denies($$select api.decline_record(tests.record('19900000002', 'community'))$$,
  'applied', 'Refusing twice answers the same');
select tests.act_as('coordinator');
select tests.invite('declined', '19900000002', 'community');
select tests.act_as('ping');
select tests.denies($$
    select api.join_record(tests.record('19900000002', 'community'), current_setting('tests.declined'))
  $$,
  'refused:gone', 'A refused record is not joined, even with its link');

-- Appointments are read by their community, with the person who made them
select tests.act_as('coordinator');
select is(api.appoint(tests.id('grid'), 'grid_lead', '新网格长') ->> 'status', 'applied', 'A lead is appointed');
select tests.commit();
select is(tests.told('appointed'), '新网格长 第一网格 陈立群 grid_lead', 'The community reads the appointment');
select tests.act_as_owner();
update app.login set name = '陈新名' where id = tests.id('coordinator');
update app.org_unit set name = '丙社区' where id = tests.id('other_community');
select is(private.self_check(), '[]'::jsonb, 'All counts are right');
select is_empty('select * from tests.drift()', 'Phones hold what the projections say');

select * from finish();
rollback;
