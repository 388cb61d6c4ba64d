-- The ladder: waves by each tier's record, rolling replacement, rungs by their minutes, late clocks, and an end when
-- the need is met.
begin;
select plan(40);
select tests.make_world();
-- how a tier answered a real call-out of last week
create function tests.make_record(p_tier int, p_asked int, p_accepted int)
returns void language plpgsql security definer as $$
declare v_id uuid := gen_random_uuid(); v_shift uuid := gen_random_uuid();
begin
  insert into app.mode (id, org_unit_id, state, ground, document_no, opened_by, opened_at, renewed_at, expires_at)
  values (v_id, tests.id('community'), 'closed', '旧', '1', tests.id('coordinator'), now() - interval '7 days',
    now() - interval '7 days', now() - interval '6 days');
  insert into app.callout (id, community_id, kind, title, state, policy, mode_id, opened_by, opened_at)
  values (v_id, tests.id('community'), 'real', '上周', 'stood_down', '{}', v_id, tests.id('coordinator'),
    now() - interval '7 days');
  insert into app.shift (id, community_id, post_id, callout_id, starts_at, ends_at, capacity, state)
  values (v_shift, tests.id('community'), tests.id('door'), v_id, now() - interval '7 days',
    now() - interval '165 hours', 1, 'stood_down');
  insert into app.offer (id, callout_id, responder_id, shift_id, slot_starts_at, slot_ends_at, tier, state, sent_at,
    expires_at, answered_at)
  select gen_random_uuid(), v_id, tests.id('wei.person'), v_shift, now() - interval '7 days',
    now() - interval '165 hours', p_tier, case when n <= p_accepted then 'accepted' else 'expired' end::app.offer_state,
    now() - interval '7 days', now() - interval '7 days' + interval '6 minutes',
    case when n <= p_accepted then now() - interval '7 days' + interval '2 minutes' end
  from generate_series(1, p_asked) n;
end $$;
grant execute on all functions in schema tests to authenticated;

-- The record decides how many people are asked
select tests.act_as_owner();
select is(private.tier_rates(tests.id('community'), now())::text,
  '{0.3,0.3,0.3,0.3,0.3}', 'Without a record three in ten are expected');
select tests.make_record(1, 90, 90);
select is(round((private.tier_rates(tests.id('community'), now()))[1]::numeric, 2)::text,
  '0.93', 'With a record its share is expected');
select is(round((private.tier_rates(tests.id('community'),
        now() - interval '7 days' + interval '5 minutes'))[1]::numeric,
    2)::text,
  '0.30', 'A request counts when its time is over');
update app.responder set home_building_id = tests.id('building_2') where id = tests.id('qiang.person');
select tests.act_as('coordinator');
select is(tests.push('open_callout',
    tests.a_line('c1', jsonb_build_object('policy', tests.policy('{"ask_later":"now"}')))),
  'applied', 'A call-out for one place opens');
select is((tests.detail() ->> 'asked'), '1', 'One person of the building is asked: nine in ten of them come');
select is(tests.rungs('c1'),
  'climbing 1: building start, estate coming, community coming, street coming, district coming',
  'The ladder stands on its first rung');
select is(tests.value($$select next_at - now() from app.ladder where callout_id = tests.id('c1')$$),
  '00:05:00', 'The next one is due in five minutes');
select tests.tick(1);
select tests.again(1, 'A second tick changes nothing');
-- the first person asked declines; the other of the building follows within a tick
select tests.act_as_owner();
update app.offer set state = 'declined', answered_at = now() where callout_id = tests.id('c1');
select tests.tick(1);
select is(tests.value($$
    select count(*) || ' ' || count(distinct responder_id) || ' ' || max(wave) || ' ' || min(tier) || max(tier)
    from app.offer
    where callout_id = tests.id('c1')
  $$),
  '2 2 2 11', 'A no is replaced by the next person of the tier, in a second wave');
select is(tests.rungs('c1'),
  'climbing 1: building start, estate coming, community coming, street coming, district coming',
  'The second wave is on the same rung');
select tests.again(1, 'A second tick changes nothing after the wave');
select tests.again(-10, 'A clock that went back changes nothing');
select tests.tick(5);
select is(tests.rungs('c1'),
  'climbing 2: building start, estate minutes, community coming, street coming, district coming',
  'After five minutes the next rung is due');
select is(tests.value($$select count(*) from app.offer where callout_id = tests.id('c1')$$),
  '2', 'Nobody more is asked while the people asked suffice');
select is(tests.value($$select next_at - now() from app.ladder where callout_id = tests.id('c1')$$),
  '00:15:00', 'The second rung has its own ten minutes');
select tests.tick(7);
select is(tests.value($$
    select string_agg(tier || ' ' || state, ', ' order by tier, state) from app.offer where callout_id = tests.id('c1')
  $$),
  '1 declined, 1 expired, 2 sent, 3 sent, 5 sent',
  'Silence is replaced too: the estate is asked, and what it cannot promise is asked of the next rung');
select is(tests.rungs('c1'),
  'climbing 4: building start, estate minutes, community spent, street spent, district coming',
  'The ladder reaches the street, whose people are still to answer');
select is(tests.value($$select count(*) from app.notice where kind = 'escalated' and login_id = tests.id('officer')$$),
  '1', 'The street''s officer is told');
select is(tests.value($$
    select count(*) from app.notice where kind = 'escalated' and login_id = tests.id('coordinator')
  $$),
  '1', 'The coordinator is told');

-- three hours late
select tests.tick(200);
select is(tests.rungs('c1'),
  'spent 5: building start, estate minutes, community spent, street spent, district nobody',
  'Hours late the ladder goes one rung at a time; it says that nobody is there');
select is(tests.events('unfilled') || tests.value($$select count(*) from app.notice where kind = 'unfilled'$$),
  '11', 'The coordinators hear that a place stays empty');
select tests.again(200, 'Once');

-- A place is taken by a late yes, and given back
select tests.act_as('qiang');
select is(tests.push('accept_shift',
    jsonb_build_object('assignment_id', '@a_qiang',
      'shift_id', tests.value($$select id from app.shift where callout_id = tests.id('c1')$$), 'on_full', 'refuse',
      'eta_min', 0)),
  'applied', 'A late yes takes the place');
select tests.act_as_owner();
select tests.tick(1);
select is(tests.value($$
    select state || ' ' || coalesce(next_at::text, 'none') from app.ladder where callout_id = tests.id('c1')
  $$),
  'met none', 'The need is met and the clock stops');
update app.assignment set state = 'withdrawn' where id = tests.id('a_qiang');
update app.shift set filled = 0 where callout_id = tests.id('c1');
update app.ladder set look_at = '-infinity' where callout_id = tests.id('c1');
select tests.tick(2);
select is(tests.value($$select state from app.ladder where callout_id = tests.id('c1')$$),
  'climbing', 'A place that came free is asked for again');
select is(tests.value($$
    select count(*)
    from (select responder_id
          from app.offer
          where callout_id = tests.id('c1') and state in ('declined', 'accepted') intersect
          select responder_id
          from app.offer
          where callout_id = tests.id('c1') and state = 'sent') x
  $$),
  '0', 'A person who has answered is not asked again');
select is(tests.value($$select count(*) from app.offer where callout_id = tests.id('c1') and state = 'sent'$$),
  '1', 'A person who was thanked is asked again, the likeliest first');

-- The end of the mode stops the ladder, and the end of the slot ends it
update app.mode set expires_at = now() + interval '10 minutes', renewed_at = now() where id = tests.id('c1.mode');
select tests.tick(11);
select is(tests.value($$select attention from app.callout where id = tests.id('c1')$$),
  'undecided', 'A mode that ends leaves it undecided');
select tests.tick(20), tests.tick(40); -- those who were asked are told by push, then by SMS
select tests.again(60, 'A call-out without a decision asks nobody');
update app.callout set attention = 'none' where id = tests.id('c1');
update app.mode set state = 'open', expires_at = now() + interval '20 hours' where id = tests.id('c1.mode');
select tests.tick(361);
select is(tests.value($$select state from app.ladder where callout_id = tests.id('c1')$$),
  'over', 'The ladder of a slot that is over ends');

-- Later slots
select tests.act_as('coordinator');
select is(tests.push('stand_down', '{"callout_id":"@c1","reason":null}'), 'applied', 'The call-out is stood down');
select is(tests.push('open_callout',
    tests.a_line('c2',
      jsonb_build_object('slots',
        jsonb_build_array(jsonb_build_object('starts_at', now() + interval '3 hours',
            'ends_at', now() + interval '6 hours'),
          jsonb_build_object('starts_at', now() + interval '20 hours', 'ends_at', now() + interval '21 hours'))))),
  'applied', 'A call-out of two slots opens');
select is(tests.value($$
    select string_agg(state || ' ' || (opens_at - now()), ', ' order by slot_starts_at)
    from app.ladder
    where callout_id = tests.id('c2')
  $$),
  'climbing 00:00:00, waiting 08:00:00', 'The later slot waits until T−12 h');
select tests.tick(479);
select is(tests.value($$
    select count(*) from app.offer where callout_id = tests.id('c2') and slot_starts_at = now() + interval '20 hours'
  $$),
  '0', 'Before T−12 h nobody is asked');
select tests.tick(480);
select is(tests.value($$
    select count(*) from app.offer where callout_id = tests.id('c2') and slot_starts_at = now() + interval '20 hours'
  $$),
  '1', 'At T−12 h the first people are asked');
select tests.act_as('coordinator');
select is(tests.push('stand_down', '{"callout_id":"@c2","reason":null}'), 'applied',
  'The call-out of two slots is stood down');
select is(tests.value($$select string_agg(state::text, ' ') from app.ladder where callout_id = tests.id('c2')$$),
  'over over', 'Its ladders end with it');

-- First come, first served; a unit's quota
select is(tests.push('open_callout',
    tests.a_line('c3', jsonb_build_object('kind', 'drill', 'policy', tests.policy('{"pace":"everyone"}')))),
  'applied', 'The first answers fill the places where the coordinator chose so');
select is((tests.detail() ->> 'asked'), '2', 'the building is asked whole');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
