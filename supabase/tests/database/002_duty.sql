-- Duty in the small world: shifts, call-outs, places and covers, how a test reads them, and a day with all of it.

-- Makes a shift of a published roster, or of a call-out of that name.
create function tests.make_shift(p_name text, p_starts timestamptz, p_hours numeric, p_capacity int,
  p_post text default 'door', p_callout text default null)
returns void language plpgsql security definer as $$
declare p app.post; v_roster uuid := case when p_callout is null then tests.id('roster of ' || p_post) end;
begin
  select * into p from app.post where id = tests.id(p_post);
  insert into app.roster (id, community_id, name, starts_on, ends_on, state)
  select v_roster, p.community_id, '本周', tests.at(-1, '00:00')::date, tests.at(40, '00:00')::date, 'published'
  where v_roster is not null
  on conflict do nothing;
  insert into app.shift (id, community_id, post_id, roster_id, callout_id, starts_at, ends_at, capacity, state)
  values (tests.id(p_name), p.community_id, p.id, v_roster, tests.id(p_callout), p_starts,
    p_starts + make_interval(secs => p_hours * 3600), p_capacity, 'open');
end $$;
-- Makes a drill in `community`, without shifts or offers.
create function tests.make_callout(p_name text) returns void language sql security definer as $$
  insert into app.callout (id, community_id, kind, title, policy, opened_by, opened_at)
  values (tests.id(p_name), tests.id('community'), 'drill', '演练', '{"version":1,"offer_min":6,"steps":[]}',
    tests.id('coordinator'), now())
$$;
create function tests.make_offer(p_name text, p_to text, p_shift text,
  p_expires timestamptz default now() + interval '6 minutes')
returns void language sql security definer as $$
  insert into app.offer (id, callout_id, responder_id, shift_id, slot_starts_at, slot_ends_at, sent_at, expires_at)
  select tests.id(p_name), s.callout_id, tests.id(p_to || '.person'), s.id, s.starts_at, s.ends_at, now(), p_expires
  from app.shift s
  where s.id = tests.id(p_shift)
$$;
-- Puts somebody on a shift and counts their place.
create function tests.make_assignment(p_name text, p_of text, p_shift text, p_state text default 'accepted')
returns void language plpgsql security definer as $$
begin
  insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state, accepted_at)
  select tests.id(p_name), s.id, tests.id(p_of || '.person'), s.starts_at, s.ends_at, p_state::app.assignment_state,
    now()
  from app.shift s
  where s.id = tests.id(p_shift);
  update app.shift
  set filled = filled + 1
  where id = tests.id(p_shift) and p_state in ('assigned', 'accepted', 'on_post');
end $$;
-- The digits on a person's phone at a moment, with a last one the server does not look at.
create function tests.shown(p_who text, p_at timestamptz default now(), p_steps int default 0)
returns text language sql stable security definer as $$
  select private.stand_in_code(stand_in_key, floor(extract(epoch from p_at) / 300)::bigint + p_steps) || '0'
  from app.login
  where id = tests.id(p_who)
$$;
-- The arguments of take_over, by a code that is shown now or at p_at.
create function tests.swap(p_from text, p_new text, p_who text, p_at timestamptz default now())
returns jsonb language sql stable as $$
  select jsonb_build_object('assignment_id', '@' || p_from, 'new_assignment_id', '@' || p_new,
    'responder_id', '@' || p_who || '.person', 'at', '@now', 'code', tests.shown(p_who, p_at))
$$;
-- A handover as text: the relief, the note, who confirmed; null when there is none.
create function tests.handover(p_from text) returns text language sql stable security definer as $$
  select concat_ws(' ',
    case h.to_assignment_id
      when tests.id('a_qiang') then 'to qiang'
      when tests.id('a_mei') then 'to mei'
      else 'to ' || h.to_assignment_id
    end,
    nullif(concat_ws('/', h.done, h.todo, h.supplies, h.risks), '///'),
    case when h.given_at is not null then 'given' end, case when h.taken_at is not null then 'taken' end,
    case when h.forced_at is not null then 'forced: ' || h.forced_reason end)
  from app.handover h
  where h.id = tests.id(p_from)
$$;
create function tests.make_waiting(p_name text, p_of text, p_shift text, p_rank int)
returns void language sql security definer as $$
  insert into app.waitlist_entry (id, shift_id, responder_id, rank)
  values (tests.id(p_name), tests.id(p_shift), tests.id(p_of || '.person'), p_rank)
$$;

-- Asks for cover of somebody's place. A request as text: its state, and who says yes. What people heard of covers since
-- the last look, with the word of its step.
create function tests.make_cover(p_name text, p_of text) returns void language sql security definer as $$
  insert into app.cover_request (id, assignment_id, shift_id, responder_id, reason, asked_at, asked_by)
  select tests.id(p_name), a.id, a.shift_id, a.responder_id, 'ill', now(),
    coalesce(r.login_id, tests.id('coordinator'))
  from app.assignment a
  join app.responder r on r.id = a.responder_id
  where a.id = tests.id(p_of)
$$;
create function tests.cover(p_name text) returns text language sql stable security definer as $$
  select concat_ws(' ', c.state, r.name)
  from app.cover_request c
  left join app.responder r on r.id = c.taker_id
  where c.id = tests.id(p_name)
$$;
create function tests.heard_of_covers() returns text language plpgsql security definer as $$
declare v text;
begin
  select string_agg(concat_ws(' ', l.sign_in_name, n.kind, case when private.try_uuid(n.step) is null then
    nullif(split_part(n.step, ':', 1), '') end, n.reason), ', ' order by l.sign_in_name, n.kind, n.step) into v
  from app.notice n
  join app.login l on l.id = n.login_id
  where n.kind::text ~ '^(cover|swap)_';
  delete from app.notice where kind::text ~ '^(cover|swap)_';
  return v;
end $$;

-- The arguments of a real call-out at building_1 with one place, in three hours; its policy; the rungs of its ladder.
create function tests.a_line(p_name text, p_over jsonb default '{}') returns jsonb language sql stable as $$
  select jsonb_build_object('callout_id', tests.id(p_name), 'community_id', tests.id('community'), 'kind', 'real',
    'title', '红色防线', 'ground', '防汛', 'document_no', '7号', 'mode_id', tests.id(p_name || '.mode'), 'mode_hours', 24,
    'org_unit_ids', jsonb_build_array(tests.id('building_1')),
    'post', '{"name":"楼内巡访","kind":"patrol","task":null,"kit":null}'::jsonb, 'capacity', 1, 'offer_min', 6,
    'slots', jsonb_build_array(jsonb_build_object('starts_at', now() + interval '3 hours',
        'ends_at', now() + interval '6 hours')))
    || p_over
$$;
create function tests.policy(p_over jsonb) returns jsonb language sql stable security definer as $$
  select private.default_policy() || p_over
$$;
create function tests.rungs(p_line text) returns text language sql stable security definer as $$
  select l.state || ' ' || l.position || ': '
    || string_agg(e.level || ' ' || coalesce(e.reason::text, e.cause::text, e.state::text), ', ' order by e.position)
  from app.ladder l
  join app.escalation e on e.ladder_id = l.id
  where l.callout_id = tests.id(p_line)
  group by l.id
$$;

-- The arguments of a request to the community next door for the call-out c1.
create function tests.asking(p_over jsonb default '{}') returns jsonb language sql stable security definer as $$
  select jsonb_build_object('reinforcement_id', '@r1',
    'ladder_id', (select id from app.ladder where callout_id = tests.id('c1')), 'to_community_id', '@other_community',
    'people', 5, 'note', '夜里缺人，电话 13800001111')
    || p_over
$$;

-- A day in the world, so that every synced table has a row: shifts of a roster and of a draft, a call-out under a mode,
-- a wait, a refusal, a dead letter, and the organisations of tests.neighbours(). The shifts of the roster begin after
-- tomorrow, so that people of the call-out have rested before.
create function tests.a_day() returns void language plpgsql as $$
begin
  perform tests.make_shift('week', tests.at(2, '08:00'), 3, 1), tests.make_shift('planned', tests.at(3, '08:00'), 3, 1),
    tests.make_shift('later', tests.at(2, '14:00'), 3, 1);
  update app.shift set state = 'draft' where id = tests.id('planned');
  perform tests.act_as('coordinator');
  perform tests.push('open_callout',
    jsonb_build_object('callout_id', '@line', 'community_id', '@community', 'kind', 'real', 'title', '红色防线',
      'ground', '防汛', 'document_no', '1号', 'mode_id', '@line.mode', 'mode_hours', 24,
      'org_unit_ids', '["@building_1","@building_2"]'::jsonb,
      'post', '{"name":"单元门岗","kind":"unit_door","task":null,"kit":null}'::jsonb, 'capacity', 2, 'offer_min', 6,
      'slots', jsonb_build_array(jsonb_build_object('starts_at', now() - interval '1 hour',
          'ends_at', now() + interval '2 hours'))));
  perform tests.push('assign', '{"assignment_id":"@d_mei","shift_id":"@planned","responder_id":"@mei.person"}'),
    tests.push('assign', '{"assignment_id":"@a_mei","shift_id":"@later","responder_id":"@mei.person"}');
  perform tests.push('assign', '{"assignment_id":"x","shift_id":"@planned","responder_id":"@mei.person"}'),
    tests.push('set_consent', '{"purpose":"public_display","given":true}');
  perform tests.push('request_reinforcement',
    jsonb_build_object('reinforcement_id', '@reinforcement',
      'ladder_id', tests.value($q$select id from app.ladder where callout_id = tests.id('line')$q$),
      'to_community_id', '@other_community', 'people', 2, 'note', '夜里'));
  perform tests.push('save_template',
    '{"template_id":"@template","community_id":"@community","key":"typhoon","name":"台风","ground":"台风","kind":"patrol",
     "capacity":2,"pattern":"8x3","task":"查窗","kit":"雨衣"}');
  perform tests.push('save_recurrence',
    '{"recurrence_id":"@recurrence","community_id":"@community","posts":["@door"],"days":"work","pattern":"3x8",
     "starts":"08:00","capacity":2}');
  perform tests.act_as('mei');
  perform tests.push('ask_cover', '{"cover_id":"@cover","assignment_id":"@a_mei","reason":"work"}');
  perform tests.act_as('ping');
  perform tests.push('accept_shift', '{"assignment_id":"@a_ping","shift_id":"@week","on_full":"refuse"}');
  perform tests.push('add_absence',
    jsonb_build_object('absence_id', '@trip', 'responder_id', '@ping.person', 'starts_at', tests.at(20, '00:00'),
      'ends_at', tests.at(22, '00:00'), 'reason', '探亲'));
  -- every part of a week, so that no test depends on the day
  perform tests.push('save_availability', jsonb_build_object('responder_id', '@ping.person',
    'fits', tests.value('select to_json(private.week_parts())')::jsonb));
  perform tests.push('save_wishes', '{"turns":"fewer","nights":"no"}');
  perform tests.push('accept_shift',
    jsonb_build_object('assignment_id', '@l_ping',
      'shift_id', tests.value($q$select shift_id from app.offer where responder_id = tests.id('ping.person')$q$),
      'on_full', 'refuse', 'eta_min', 0));
  perform tests.push('check_in', '{"assignment_id":"@l_ping","at":"@now","way":"manual"}'),
    tests.push('__skip', '{"original":{"name":"withdraw","v":1}}');
  perform tests.act_as('qiang');
  perform tests.push('accept_shift', '{"assignment_id":"@w_x","shift_id":"@week","on_full":"refuse"}'),
    tests.push('join_waitlist', '{"waitlist_id":"@w_qiang","shift_id":"@week"}');
  perform tests.push('accept_shift',
    jsonb_build_object('assignment_id', '@l_qiang',
      'shift_id', tests.value($q$select shift_id from app.assignment where id = tests.id('l_ping')$q$),
      'on_full', 'refuse', 'eta_min', 0));
  perform tests.push('check_in', '{"assignment_id":"@l_qiang","at":"@now","way":"manual"}');
  perform tests.act_as('ping');
  perform tests.push('give_handover',
    '{"assignment_id":"@l_ping","at":"@now","to_assignment_id":null,"note":{"done":"送药 3 户","todo":"","supplies":"",
     "risks":""}}');
  perform tests.push('check_out',
    '{"assignment_id":"@l_ping","at":"@now","relief_assignment_id":null,"must_leave":"家里有事"}');
  perform tests.act_as_owner();
  -- the other community lists ping's number too
  perform tests.make_responder('listed', '李小平', 'other_community', null, '19900000002');
  perform tests.neighbours();
  -- people that no channel reached come onto the call list
  perform private.plan_deliveries(now()), private.plan_deliveries(now() + interval '1 minute'),
    private.plan_deliveries(now() + interval '3 minutes'), tests.commit();
end $$;
