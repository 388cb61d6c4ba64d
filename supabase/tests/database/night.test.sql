-- The night, 22–07 (R29): a place held in it waits for its person until the morning, and what has to be known before a
-- shift that begins in it wakes. The time is given, so the hour of the day does not matter.
begin;
select plan(23);
select tests.make_world();
create function tests.night() returns timestamptz language sql stable as $$ select tests.at(3, '23:30') $$;
-- 'channel:state' or 'channel:reason' of everything about one subject but what the app shows, in order
create function tests.went(p_subject text) returns text language sql stable security definer as $$
  select string_agg(concat(d.channel, ':', coalesce(d.reason::text, d.state::text)), ' ' order by d.created_at, d.id)
  from app.delivery d
  join app.notice n on n.id = d.notice_id
  where n.subject_id = tests.id(p_subject) and d.channel <> 'in_app'
$$;
create function tests.device(p_of text) returns void language sql security definer as $$
  insert into app.push_subscription (id, login_id, endpoint, p256dh, auth, locale)
  values (gen_random_uuid(), tests.id(p_of), 'https://push.example.com/' || p_of, 'k', 'a', 'zh-CN')
$$;
-- Until when the place of an entry of a waitlist is held, as days from today and the time in Asia/Shanghai
create function tests.held_to(p_entry text) returns text language sql stable security definer as $$
  select concat_ws(' ', state, (hold_until at time zone interval '+08:00')::date
    - (now() at time zone interval '+08:00')::date, to_char(hold_until at time zone interval '+08:00', 'HH24:MI'))
  from app.waitlist_entry where id = tests.id(p_entry)
$$;
grant execute on all functions in schema tests to anon, authenticated;
select tests.device(x) from unnest('{ping,qiang,mei,coordinator}'::text[]) x;

-- Ranks one and two of a shift of the day after; a shift that begins at night; one that begins just after
select tests.make_shift('noon', tests.at(4, '12:00'), 3, 1),
  tests.make_shift('dawn', tests.at(4, '08:30'), 3, 1, 'gate'),
  tests.make_shift('nine', tests.at(4, '09:00'), 3, 1, 'gate'), tests.make_shift('late', tests.at(4, '02:00'), 3, 1);
select tests.make_waiting('w1', 'qiang', 'noon', 1), tests.make_waiting('w2', 'mei', 'noon', 2),
  tests.make_waiting('w3', 'ping', 'dawn', 1), tests.make_waiting('w4', 'ping', 'nine', 1),
  tests.make_waiting('w5', 'coordinator', 'late', 1);
select private.hold_next(tests.id(s), tests.night()) from unnest('{noon,dawn,nine,late}'::text[]) s;
select is(tests.held_to('w1'), 'held 4 09:00', 'A place held at night is held for two hours from seven on');
select is(tests.held_to('w4'), 'held 4 09:00', 'Also for a shift that begins then');
select is(tests.held_to('w3') || ', ' || tests.held_to('w5'), 'held 4 01:30, held 4 01:30',
  'Where the shift begins before that, for two hours');
select private.plan_deliveries(tests.night());
select is(tests.went('w1'), 'web_push:quiet_hours', 'Who has until nine is not woken');
select is(tests.went('w5'), 'web_push:queued', 'Who has two hours of the night is');
select is(tests.went('w3'), 'web_push:queued', 'Also for a shift that begins in the morning');
select tests.tick(tests.at(4, '06:59'));
select is(tests.held_to('w1') || ', ' || tests.held_to('w2'), 'held 4 09:00, waiting',
  'No place goes on while its person sleeps');
select tests.tick(tests.at(4, '07:00'));
select is(tests.went('w1'), 'web_push:quiet_hours web_push:queued', 'At seven the first hears of it');
select tests.tick(tests.at(4, '08:59'));
select is(tests.held_to('w1'), 'held 4 09:00', 'And has two hours');
select tests.tick(tests.at(4, '09:00'));
select is(tests.held_to('w1') || ', ' || tests.held_to('w2'), 'passed, held 4 11:00', 'Then it goes on, for two hours');
-- held a moment before ten, planned a moment after
select tests.make_shift('eve', tests.at(8, '12:00'), 3, 1), tests.make_waiting('w6', 'qiang', 'eve', 1);
delete from app.delivery where true;
delete from app.notice where true;
select private.hold_next(tests.id('eve'), tests.at(6, '21:59:58'));
select private.plan_deliveries(tests.at(6, '22:00:02'));
select is(tests.held_to('w6') || ' ' || tests.went('w6'), 'held 6 23:59 web_push:queued',
  'A hold that ends in the night wakes, too');

-- The community picks at night
update app.post set waitlist_choice = 'community' where id = tests.id('door');
select tests.make_shift('pick', tests.at(10, '12:00'), 3, 1), tests.make_waiting('w7', 'qiang', 'pick', 1);
select private.hold_next(tests.id('pick'), tests.at(9, '23:00'));
select tests.act_as('coordinator');
select is(tests.push('pick_waiting', '{"waitlist_id":"@w7"}', '{}', tests.at(9, '23:30')), 'applied',
  'A coordinator picks at night');
select is(tests.held_to('w7'), 'held 10 09:00', 'That place is held until the morning, too');
-- in a call-out speed counts
select tests.act_as_owner();
select tests.make_callout('line');
select tests.make_shift('called', tests.at(11, '12:00'), 3, 1, 'gate', 'line'),
  tests.make_waiting('w8', 'qiang', 'called', 1);
select private.hold_next(tests.id('called'), tests.at(10, '23:30'));
select is(tests.held_to('w8'), 'held 10 23:33', 'In a call-out three minutes, at any hour');

-- What has to be known before a shift: everything a notice may be about, of a shift that begins at night, and of one
-- that begins by day
update app.post set waitlist_choice = 'auto' where true;
create function tests.make_all(p_shift text, p_starts timestamptz) returns void language sql security definer as $$
  select tests.make_shift(p_shift, p_starts, 3, 3, 'gate'),
    tests.make_assignment('a_' || p_shift, 'ping', p_shift, 'assigned'),
    tests.make_cover('c_' || p_shift, 'a_' || p_shift),
    tests.make_waiting('w_' || p_shift, 'mei', p_shift, 1);
  update app.shift set held = 1, to_pick = 1 where id = tests.id(p_shift)
$$;
select tests.make_all('tonight', tests.at(12, '06:45')), tests.make_all('morrow', tests.at(13, '12:00'));
-- What is sent of a notice of this kind that is written and planned at these moments
create function tests.sent(p_kind text, p_shift text, p_at timestamptz, p_planned timestamptz default null)
returns text language plpgsql security definer as $$
declare
  v_subject text := case
    when p_kind in ('hold', 'may_open', 'passed_over') then 'w_'
    when p_kind in ('cover_claimed', 'cover_wanted') then 'c_'
    when p_kind in ('to_pick', 'place_open') then ''
    else 'a_' end || p_shift;
begin
  delete from app.delivery where true;
  update app.waitlist_entry
  set state = case p_kind when 'hold' then 'held' else 'waiting' end::app.waitlist_state,
    hold_until = case p_kind when 'hold' then private.held_until(s, p_at) end
  from app.shift s
  where s.id = waitlist_entry.shift_id and s.id = tests.id(p_shift);
  update app.cover_request
  set state = case p_kind when 'cover_claimed' then 'claimed' else 'open' end::app.cover_state,
    taker_id = case p_kind when 'cover_claimed' then tests.id('qiang.person') end,
    taker_assignment_id = case p_kind when 'cover_claimed' then tests.id('t_' || p_shift) end,
    claimed_at = case p_kind when 'cover_claimed' then p_at end
  where shift_id = tests.id(p_shift);
  delete from app.notice where true;
  perform private.notify(p_at, array[tests.id('ping')], p_kind::app.notice_kind, tests.id('community'), null,
    tests.id(p_shift), tests.id(v_subject), case p_kind
      when 'cover_claimed' then tests.id('t_' || p_shift)::text
      when 'swap_asked' then tests.id('c_' || p_shift)::text else '' end);
  perform private.plan_deliveries(coalesce(p_planned, p_at));
  return (select string_agg(coalesce(reason::text, state::text), ' ') from app.delivery where channel = 'web_push');
end $$;
create function tests.kinds() returns setof text language sql as $$
  select unnest('{assigned,reminder,unconfirmed,hold,may_open,to_pick,cover_claimed,cover_wanted,cover_untaken,
    swap_declined}'::text[])
$$;
select is(array(select k from tests.kinds() k where tests.sent(k, 'tonight', tests.at(11, '23:30')) <> 'queued'), '{}',
  'What has to be known before a shift that begins before seven goes out at night');
select is(array(select k from tests.kinds() k
    where tests.sent(k, 'morrow', tests.at(11, '23:30')) <> 'quiet_hours'), '{}',
  'Of a shift that begins later nobody is woken');
select is(array(select k from unnest('{passed_over,swap_asked,cover_asked}'::text[]) k
    where tests.sent(k, 'tonight', tests.at(11, '23:30')) <> 'quiet_hours'), '{}',
  'Nor of what asks nothing of the person, nor of a colleague''s wish');
select is(array(select k from tests.kinds() k where tests.sent(k, 'morrow', tests.at(13, '11:59')) <> 'queued'), '{}',
  'By day all of it goes out until the shift begins');
select is(tests.value($$select string_agg(k, ' ' order by k)
    from unnest(array['cover_asked', 'reminder', 'unconfirmed', 'may_open', 'cover_untaken']) k
    where tests.sent(k, 'morrow', tests.at(13, '11:59'), tests.at(13, '12:00')) = 'superseded'$$),
  'cover_asked cover_untaken may_open reminder unconfirmed', 'What was to be known before has nothing to say then');
select is(tests.sent('reminder', 'morrow', tests.at(13, '12:10')), 'queued',
  'A leader who reminds somebody of a shift that runs is heard');
select is(array(select k from unnest('{assigned,reminder,moved,cover_approved,cover_returned,swap_taken,swap_declined,
      place_open}'::text[]) k
    where tests.sent(k, 'morrow', tests.at(13, '12:10'), tests.at(13, '15:00')) <> 'superseded'), '{}',
  'Once the shift is over, whose place it was is no message');

-- One a minute, at night too
delete from app.notice where true;
delete from app.delivery where true;
select private.notify(tests.at(11, '23:30'), array[tests.id('ping')], k::app.notice_kind, tests.id('community'), null,
  tests.id('tonight'), tests.id('a_tonight')) from unnest('{reminder,cover_untaken,swap_declined}'::text[]) k;
update app.notice set org_unit_id = tests.id('building_2') where kind = 'reminder';
select private.plan_deliveries(tests.at(11, '23:30')), private.plan_deliveries(tests.at(11, '23:30:50'));
select is((select count(*) from app.delivery where channel = 'web_push' and state = 'queued'), 1::bigint,
  'What wakes still comes once a minute');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
