-- For the matrix: more of the small world, so that nearly every intent and function has something to act on.
create function tests.more_people() returns void language plpgsql as $$
begin
  perform tests.make_unit('third_community', 'community', '戊社区', 'street');
  perform tests.make_login('unconfirmed', '方未定'), tests.make_login('dismissed', '高前任');
  perform tests.make_responder('unconfirmed', '方未定', 'community', 'building_1', '19900000007');
  perform tests.make_responder('dismissed', '高前任', 'community', 'building_1', '19900000008');
  update app.report_in set state = 'requested' where responder_id = tests.id('unconfirmed.person');
  update app.report_in set state = 'ended' where responder_id = tests.id('dismissed.person');
end $$;

create function tests.more_duty() returns void language plpgsql as $$
declare v_line app.shift;
begin
  perform tests.make_shift('open', tests.at(5, '08:00'), 3, 2), tests.make_shift('held', tests.at(7, '08:00'), 3, 1);
  perform tests.make_waiting('w_mei', 'mei', 'held', 1);
  update app.waitlist_entry set state = 'held', hold_until = now() + interval '2 hours' where id = tests.id('w_mei');
  update app.shift set held = 1 where id = tests.id('held');
  -- a place given to somebody who cannot confirm it
  perform tests.make_shift('given', tests.at(15, '08:00'), 3, 1),
    tests.make_assignment('a_given', 'nobody', 'given', 'assigned');
  -- a place for which the community has still to pick somebody
  perform tests.make_post('picks', 'building_1', 'community', '便民岗', 'supplies');
  update app.post set waitlist_choice = 'community' where id = tests.id('picks');
  perform tests.make_shift('to_pick', tests.at(13, '08:00'), 3, 1, 'picks'),
    tests.make_waiting('w_pick', 'qiang', 'to_pick', 1);
  update app.shift set held = 1, to_pick = 1 where id = tests.id('to_pick');
  perform tests.make_shift('running', now() - interval '10 minutes', 1.5, 1, 'gate');
  perform tests.make_assignment('a_now', 'mei', 'running');
  -- the shift that follows the one on which qiang stands
  select s.* into v_line from app.shift s join app.assignment a on a.shift_id = s.id where a.id = tests.id('l_qiang');
  insert into app.shift (id, community_id, post_id, callout_id, starts_at, ends_at, capacity, state)
  values (tests.id('next'), v_line.community_id, v_line.post_id, v_line.callout_id, v_line.ends_at,
    v_line.ends_at + interval '3 hours', 2, 'open');
  perform tests.make_assignment('n_mei', 'mei', 'next');
  insert into app.roster (id, community_id, name, starts_on, ends_on)
  values (tests.id('r1'), tests.id('community'), '下周', tests.at(9, '00:00')::date, tests.at(16, '00:00')::date);
  insert into app.shift (id, community_id, post_id, roster_id, starts_at, ends_at, capacity, state)
  values (tests.id('morning'), tests.id('community'), tests.id('door'), tests.id('r1'), tests.at(9, '08:00'),
    tests.at(9, '11:00'), 1, 'draft');
  perform tests.make_unit('empty_building', 'building', '8栋', 'estate');
  perform tests.make_callout('c2');
  update app.callout set kind = 'real', attention = 'undecided', mode_id = tests.id('line.mode')
  where id = tests.id('c2');
end $$;

-- One place that qiang covers, and one close to its start that they would cover.
create function tests.more_covers() returns void language plpgsql as $$
begin
  perform tests.make_shift('covered', tests.at(11, '08:00'), 3, 1),
    tests.make_shift('close', now() + interval '170 minutes', 1, 1, 'gate');
  perform tests.make_assignment('o_covered', 'nobody', 'covered', 'released'),
    tests.make_assignment('t_covered', 'qiang', 'covered'), tests.make_assignment('o_close', 'nobody', 'close');
  perform tests.make_cover('c_taken', 'o_covered'), tests.make_cover('c_claimed', 'o_close');
  update app.cover_request
  set state = x.state::app.cover_state, taker_id = tests.id('qiang.person'), taker_assignment_id = tests.id(x.taker),
    claimed_at = now()
  from (values ('c_taken', 'taken', 't_covered'), ('c_claimed', 'claimed', 't_claimed')) x(name, state, taker)
  where id = tests.id(x.name);
  -- nobody would swap with mei
  perform tests.make_shift('far', tests.at(18, '08:00'), 3, 1),
    tests.make_shift('farther', tests.at(20, '08:00'), 3, 1);
  perform tests.make_assignment('o_swap', 'nobody', 'far'), tests.make_assignment('m_swap', 'mei', 'farther'),
    tests.make_cover('c_swap', 'o_swap');
  update app.cover_request set with_assignment_id = tests.id('m_swap') where id = tests.id('c_swap');
end $$;

-- What a resident asked for at a door.
create function tests.more_requests() returns void language sql as $$
  insert into app.request (id, building_id, community_id, text, contact)
  values (tests.id('request'), tests.id('building_1'), tests.id('community'), '要一把伞', '13912345678')
$$;

-- Reports: one of mei to a community that has not answered, and two by the page of a door; one became a record.
create function tests.more_reports() returns void language plpgsql as $$
begin
  perform tests.make_report('report_mei', 'mei', 'third_community');
  perform tests.act_as_anon();
  perform tests.sends_report('page'), tests.sends_report('made', '{"phone":"19900000011"}');
  perform tests.act_as('coordinator');
  perform tests.push('confirm_report', '{"report_id":"@made","grid_id":null}');
  perform tests.act_as_owner();
end $$;

-- Deeds through functions; their answers are kept as arguments of others.
create function tests.more_deeds() returns void language plpgsql as $$
begin
  perform tests.act_as('coordinator');
  perform api.import_rows(tests.id('b1'), 'responder',
    '[{"row":1,"name":"石新来","phone":"19900000009","kind":"volunteer","pinyin":"x","initials":"x"}]',
    jsonb_build_object('community_id', tests.id('community'), 'file_name', 'x.xlsx', 'demo', false));
  perform api.set_robot(tests.id('community'), 'wecom',
    'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=' || tests.id('robot'), null);
  perform set_config('tests.invited', api.invite(array[tests.id('nobody.person')]) #>> '{invitations,0,token}', false);
  perform set_config('tests.reset', api.issue_reset(tests.id('mei.person')) ->> 'token', false);
  perform tests.act_as('other_coordinator');
  perform set_config('tests.listed', api.invite(array[tests.id('listed.person')]) #>> '{invitations,0,token}', false);
  perform tests.act_as_owner();
  insert into auth.users (id, email) select tests.id('newcomer'), i.email
  from app.invitation i where i.token_hash = private.hash_token(current_setting('tests.invited'));
  perform tests.act_as('ping');
  perform api.save_push_subscription('https://fcm.googleapis.com/fcm/send/' || tests.id('ping'), repeat('A', 87),
    repeat('B', 22), 'zh-CN');
  perform api.make_calendar_link('zh-CN');
  perform tests.act_as_owner();
end $$;

create function tests.whole_world() returns void language plpgsql as $$
begin
  perform tests.make_world(), tests.a_day(), tests.more_people(), tests.more_duty(), tests.more_covers(),
    tests.more_requests(), tests.more_reports(), tests.more_deeds(), tests.commit();
end $$;

grant execute on all functions in schema tests to anon, authenticated;
