-- Which rows each person receives. Scopes are read from roles at every call: a right given or taken shows at once.
begin;
select plan(85);
select tests.make_world();
select tests.a_day();
-- what everybody in a community reads
create function tests.shared(p_community text) returns text[] language sql stable as $$
  select array_agg(tests.scope('org', p_community, m)) || tests.scope('org', p_community) || text 'calendar'
  from unnest('{-1,0,1}'::int[]) m
$$;
create function tests.sorted(variadic p_scopes text[]) returns text[] language sql immutable as $$
  select array_agg(distinct x order by x) from unnest(p_scopes) x
$$;
-- the synced tables the acting person receives, by kind of scope
create function tests.tables(p_kind text) returns text[] language sql as $$
  select array_agg(distinct tbl order by tbl)
  from tests.visible()
  where case
    when p_kind = 'calendar' then scope = p_kind
    when p_kind in ('open', 'month') then scope like 'org:%' and (scope like '%:open') = (p_kind = 'open')
    else scope like p_kind || ':%'
  end
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as anon
select tests.act_as_anon();
select throws_ok($$select tests.scopes()$$, '42501', null, 'Anon receives nothing');
select throws_ok($$select * from sync.entry$$, '42501', null, 'Anon reads nothing');

-- Acting as a login without a redeemed invitation
select tests.act_as('uninvited');
select throws_ok('select tests.scopes()', 'PGRST', null, 'A login that belongs nowhere is not let in');
select is((select count(*) from sync.entry), 0::bigint, 'A login that belongs nowhere reads nothing past pull');

-- Acting as ping, a responder
select tests.act_as('ping');
select is(tests.scopes(),
  tests.sorted(variadic tests.shared('community') || tests.scope('user', 'ping')),
  'A responder has the own scope, the calendar, the open scope and three months of their community');
select is(tests.tables('user'),
  '{absence,availability,handover,me,my_assignment,my_listing,my_notice,my_offer,verdict,wish}',
  'The own scope holds the person''s own tables');
select is(tests.tables('open'),
  '{callout,mode,org_unit,post,shift}', 'The open scope holds places, modes and call-outs');
select is(tests.tables('month'), '{assignment,cover_request,roster,shift}', 'A month holds published duty');
select is(tests.tables('calendar'), '{holiday}', 'The calendar holds holidays');
select is((select count(*) from tests.visible() where data::text ~ '1990000000[0-9]'),
  0::bigint, 'No number of anybody reaches a responder');
select is((select data ->> 'phone_masked' from tests.visible() where tbl = 'me'),
  '199****0002', 'A responder''s own number is masked too');
select is((select count(*)
           from tests.visible()
           where pk = tests.id('planned') or data ->> 'shift_id' = tests.id('planned')::text),
  0::bigint, 'Nothing of a draft reaches a responder');
select is((select count(distinct scope) from sync.entry),
  (select count(distinct scope) from tests.visible()), 'Past pull a responder reads the same scopes and no more');
select ok(private.may_join(private.login_id(), 'org:' || tests.id('community'))
    and private.may_join(private.login_id(), 'user:' || tests.id('ping')),
  'A responder hears the bells of these scopes');
select ok(not private.may_join(private.login_id(), 'org:' || tests.id('other_community'))
    and not private.may_join(private.login_id(), 'user:' || tests.id('qiang'))
    and not private.may_join(private.login_id(), 'sum:' || tests.id('street'))
    and not private.may_join(private.login_id(), 'lead:' || tests.id('community'))
    and not private.may_join(private.login_id(), 'org:x'),
  'A responder hears no other bell');

-- Acting as the coordinator
select tests.act_as('coordinator');
select is(tests.scopes(),
  tests.sorted(variadic tests.shared('community') || tests.scope('lead', 'community')
      || tests.scope('org', 'community', 2) || tests.scope('org', 'community', 3) || tests.scope('desk', 'community')
      || tests.scope('user', 'coordinator')),
  'A coordinator has the lead scope and the desk of their community besides, and two more months to plan');
select is(tests.tables('lead'),
  '{absence,availability,call_lead,callout,callout_template,cover_lead,dead_letter,door,draft_assignment,handover,
   ladder,lead_event,neighbour,offer_lead,recurrence,reinforcement,report_lead,report_left,responder_lead,roster,shift,
   shift_edit,waitlist_lead,wish}',
  'The lead scope holds people, reports, drafts, answers, waits and open cases');
select is(tests.tables('desk'), '{partner_unit,party_org,seat}', 'The desk holds organisations, units and seats');
select is((select count(*) from tests.visible() where scope like 'desk:%' and data ->> 'keeper_id' is distinct from
    tests.id('community')::text and data ->> 'council_id' is distinct from tests.id('community')::text),
  0::bigint, 'All of them are kept by this community');
select is((select count(*) from tests.visible() where data::text ~ '1990000000[0-9]'),
  0::bigint, 'No number in full reaches a coordinator');
select is((select array_agg(distinct k)
           from tests.visible(), jsonb_object_keys(data) k
           where k in ('text', 'args') and tbl not in ('verdict')),
  null, 'Nobody''s arguments reach a coordinator');
select is((select count(*) from tests.visible() where tbl = 'responder_lead' and pk = tests.id('wei.person')),
  0::bigint, 'Nobody of another community is among a coordinator''s people');

-- Acting as the grid lead
select tests.act_as('grid_lead');
select is(tests.scopes(),
  tests.sorted(variadic tests.shared('community') || tests.scope('lead', 'grid') || tests.scope('desk', 'grid')
      || tests.scope('user', 'grid_lead')),
  'A grid lead has the lead scope and the desk of their grid');
select is(tests.tables('desk'), null, 'A grid keeps no organisations');
select is(tests.tables('lead'), '{responder_lead}', 'That scope holds the people who live there, and nothing else');
select is((select count(*) from tests.visible() where tbl = 'responder_lead' and pk = tests.id('coordinator.person')),
  0::bigint, 'A person who lives elsewhere is not among them');
select is((select count(*)
           from tests.visible()
           where tbl = 'responder_lead' and data ->> 'phone_masked' not like '%****%'),
  0::bigint, 'The people''s numbers are masked');

-- Acting as the coordinator of another community
select tests.act_as('other_coordinator');
select is(tests.scopes(),
  tests.sorted(variadic tests.shared('other_community') || tests.scope('org', 'other_community', 2)
      || tests.scope('org', 'other_community', 3) || tests.scope('lead', 'other_community')
      || tests.scope('desk', 'other_community') || tests.scope('user', 'other_coordinator')),
  'Another coordinator has the scopes of their community only');
select is((select count(*) from tests.visible() where data ->> 'community_id' = tests.id('community')::text),
  0::bigint, 'Nothing of this community reaches another coordinator');
select is((select count(*) from tests.visible() where data::text ~ '李平|王强|赵梅|陈立群'),
  0::bigint, 'No name of its people reaches another coordinator');

-- Acting as wei of that community, who reports in to this one, too
select tests.act_as('wei');
select is(tests.scopes(), tests.sorted(variadic tests.shared('other_community') || tests.scope('user', 'wei')),
  'A report that waits opens no scope of the community');
select is((select string_agg(distinct data ->> 'community_name', ' ') from tests.visible() where tbl = 'my_report'),
  '甲社区', 'Its person has the receipt');
select is((select count(*) from tests.visible() where scope not like 'user:%'
    and data::text like '%' || tests.id('community') || '%'), 0::bigint, 'And nothing else of it');

-- Acting as liaisons
select tests.act_as('lian');
select is(tests.scopes(), tests.sorted(tests.scope('unit', 'bureau'), tests.scope('user', 'lian')),
  'A liaison has the scope of their unit');
select is(tests.tables('unit'), '{unit_arrival,unit_desk,unit_person}',
  'It holds the unit, its people who let it know, and when they serve');
select set_eq($$select data ->> 'name' from tests.visible() where tbl = 'unit_person'$$, '{李平,王强}'::text[],
  'Of its three people two let it know');
select is((select count(*) from tests.visible()
    where data::text ~ '赵梅|陈立群|吴伟|1990000000|199\*|单元门岗|梧桐苑 [12]栋'),
  0::bigint, 'No other person, no number, no home and no post reaches a liaison');
select ok(private.may_join(private.login_id(), 'unit:' || tests.id('bureau'))
    and not private.may_join(private.login_id(), 'unit:' || tests.id('centre'))
    and not private.may_join(private.login_id(), 'desk:' || tests.id('community'))
    and not private.may_join(private.login_id(), 'org:' || tests.id('community')),
  'A liaison hears the bell of their unit and no other');
select tests.act_as('zou');
select is(tests.scopes(), tests.sorted(tests.scope('unit', 'centre'), tests.scope('user', 'zou')),
  'A liaison of another unit has the scope of that one');
select is((select count(*) from tests.visible() where data::text ~ '李平|王强|区财政局'), 0::bigint,
  'Nothing of the first unit reaches them');

-- Acting as the street's officer
select tests.act_as('officer');
select is(tests.scopes(),
  tests.sorted(tests.scope('user', 'officer'), tests.scope('sum', 'community'), tests.scope('sum', 'other_community'),
    tests.scope('desk', 'street')),
  'An officer has the summaries of their communities and the desk of their street');
select is(tests.tables('desk'), '{partner_unit,party_gap}', 'The desk holds what the street keeps, and vacant posts below');
select is((select count(*) from tests.visible() where scope like 'desk:%'
    and data::text ~ '李平|王强|赵梅|钱无号|吴伟|连芳|老周|老钱'), 0::bigint, 'No name of anybody below is on it');
select is(tests.tables('sum'), '{community_sum,ladder,mode,shift_count}', 'The summaries hold counts and modes');
select is((select count(*) from tests.visible() where scope like 'sum:%' and data::text ~ '李平|王强|赵梅|钱无号|吴伟|孙网格'),
  0::bigint, 'No name of a responder is in them');
select is((select count(*) from tests.visible() where scope like 'sum:%' and data ? 'responder_id'),
  0::bigint, 'No person''s id is in them');
select is((select data ->> 'opened_by_name' from tests.visible(tests.scope('sum', 'community')) where tbl = 'mode'),
  '陈立群', 'Only the leader who opened the mode is named');
select is((select sum((data ->> 'accepted')::int + (data ->> 'on_post')::int)
           from tests.visible()
           where tbl = 'shift_count'),
  3::bigint, 'The counts count who is there');
select is((select data ->> 'people' from tests.visible() where tbl = 'community_sum' and pk = tests.id('community')),
  '5', 'The counts count the people who have reported in');
select ok(private.may_join(private.login_id(), 'sum:' || tests.id('street'))
    and not private.may_join(private.login_id(), 'org:' || tests.id('community')),
  'An officer hears the bell of their street, not those of communities');
select ok(private.may_join(private.login_id(), 'desk:' || tests.id('street'))
    and not private.may_join(private.login_id(), 'desk:' || tests.id('community')),
  'And that of their own desk, not those of communities');

-- Acting as admin
select tests.act_as('admin');
select is(tests.scopes(), tests.sorted(tests.scope('user', 'admin')), 'Admin has no duty data by that role');
select is((select array_agg(distinct tbl) from tests.visible()), '{me}', 'Admin receives only their own record');

-- Acting as people with one role on the community's own node, and a lead of one building
select tests.act_as_owner();
select tests.make_login(r, '某人'),
  tests.grant_role(r, case r when 'building_lead' then 'building_1' else 'community' end, r)
from unnest('{street_officer,city_officer,liaison,responder,building_lead}'::text[]) r;
select tests.act_as('street_officer');
select is(tests.scopes(),
  tests.sorted(tests.scope('user', 'street_officer'), tests.scope('sum', 'community'),
    tests.scope('desk', 'community')),
  'An officer of one community has its summary and its desk, not its duty');
select tests.act_as('city_officer');
select is(tests.scopes(),
  tests.sorted(tests.scope('user', 'city_officer'), tests.scope('sum', 'community'),
    tests.scope('desk', 'community')),
  'The officer''s rank does not matter');
select tests.act_as('liaison');
select is(tests.scopes(), tests.sorted(tests.scope('user', 'liaison')),
  'A liaison of no unit has nothing of the community');
select tests.act_as('responder');
select is(tests.scopes(),
  tests.sorted(tests.scope('user', 'responder')), 'The role of responder alone gives nothing: a report-in does');
select tests.act_as('building_lead');
select is(tests.scopes(),
  tests.sorted(variadic tests.shared('community')
      || tests.scope('lead', 'building_1') || tests.scope('desk', 'building_1')
      || tests.scope('user', 'building_lead')),
  'A building''s lead has the lead scope of their building');
select set_eq($$select data ->> 'name' from tests.visible() where tbl = 'responder_lead'$$,
  '{李平,赵梅}'::text[], 'That scope holds the people of the building');

-- Acting as the owner: rights given and taken show at once, although nothing is written to a scope
select tests.act_as_owner();
insert into app.report_in (id, responder_id, community_id, state)
values (tests.id('second'), tests.id('wei.person'), tests.id('community'), 'requested');
select tests.act_as('wei');
select is(tests.scopes(),
  tests.sorted(variadic tests.shared('other_community')
      || tests.scope('user', 'wei')),
  'A report-in that is only requested shows nothing of the community');
select tests.act_as_owner();
update app.report_in set state = 'confirmed' where id = tests.id('second');
select tests.act_as('wei');
select ok(tests.scope('org', 'community') = any (tests.scopes()), 'A confirmed report-in shows the community');
select ok((select count(*) from tests.visible(tests.scope('org', 'community'))) > 0,
  'The confirmed responder receives the community''s rows');
select tests.act_as_owner();
update app.report_in set state = 'ended' where id = tests.id('second');
select tests.act_as('wei');
select ok(not tests.scope('org', 'community') = any (tests.scopes()), 'An ended report-in is revoked at once');
select is((select count(*) from sync.entry where scope like 'org:' || tests.id('community') || '%'),
  0::bigint, 'An ended report-in is revoked past pull too');
select tests.act_as_owner();
delete from app.role_grant where login_id = tests.id('coordinator');
select tests.act_as('coordinator');
select ok(not tests.scopes() && array[tests.scope('lead', 'community'), tests.scope('desk', 'community')],
  'A role taken away takes its scopes with it');
select is(tests.push('stand_down', '{"callout_id":"@line","reason":null}'), 'refused:forbidden',
  'A role taken away takes its rights with it');
select tests.act_as_owner();
delete from app.role_grant where login_id = tests.id('lian');
select tests.make_liaison('next', '后任', 'bureau');
select tests.act_as('lian');
select throws_ok('select tests.scopes()', 'PGRST', null, 'A liaison whose role ended is not let in');
select is((select count(*) from sync.entry where scope like 'unit:%'), 0::bigint, 'And reads no unit past pull');
select tests.act_as('next');
select ok(tests.scope('unit', 'bureau') = any (tests.scopes()), 'Who comes after them finds the unit as it was');
select tests.act_as_owner();
update app.responder set state = 'closed' where id = tests.id('ping.person');
select tests.act_as('ping');
select is(tests.scopes(), tests.sorted(tests.scope('user', 'ping')),
  'A responder with a closed account keeps their own scope only');
select tests.act_as_owner();
select tests.grant_role('officer', 'district', 'coordinator');
select tests.act_as('officer');
select ok(array[tests.scope('lead', 'community'), tests.scope('lead', 'other_community'),
    tests.scope('org', 'community')] <@ tests.scopes(),
  'A role on a node reaches its subtree');

-- Dropping each scope in turn leaves no column of it: every column that remains on a phone lies in a scope that remains
select tests.act_as_owner();
select is((select count(*)
           from (select tbl, pk from sync.entry where op = 'P' group by tbl, pk having count(distinct data) > 1) x),
  0::bigint, 'The same row is identical in every scope that holds it');
create temp table shape as
  select distinct case
      when e.scope like 'org:%:open' then 'open'
      when e.scope like 'org:%' then 'month'
      else split_part(e.scope, ':', 1)
    end as kind, e.tbl, k as col
  from sync.entry e, jsonb_object_keys(e.data) k
  where e.op = 'P';
select is_empty(format($$
      select a.kind, a.tbl
      from shape a
      where a.kind = %L and exists (select from shape b where b.tbl = a.tbl and b.kind <> a.kind)
        and a.col not in (select b.col from shape b where b.tbl = a.tbl and b.kind <> a.kind)
    $$,
    kind),
  format('Dropping every %s scope leaves no column that only it had', kind))
from (select distinct kind from shape) k
order by kind;
select set_eq($$select kind || ' ' || tbl from shape group by kind, tbl$$,
  array['user me', 'user my_assignment', 'user my_offer', 'user my_listing', 'user my_notice', 'user my_waitlist',
    'user absence', 'lead absence', 'user availability', 'lead availability', 'user wish', 'lead wish',
    'month cover_request', 'user cover_request', 'lead cover_lead', 'lead shift_edit',
    'user verdict', 'user handover', 'lead handover', 'open org_unit', 'open post', 'open mode', 'open callout',
    'open shift', 'month roster', 'month shift', 'month assignment', 'lead responder_lead', 'lead roster', 'lead shift',
    'lead draft_assignment', 'lead callout', 'lead offer_lead', 'lead waitlist_lead', 'lead call_lead', 'lead door',
    'lead lead_event', 'lead dead_letter', 'lead ladder', 'lead neighbour', 'lead reinforcement',
    'lead callout_template', 'lead recurrence', 'calendar holiday', 'sum community_sum', 'sum shift_count',
    'sum mode', 'sum ladder', 'user my_report', 'lead report_lead', 'lead report_left', 'desk party_org', 'desk party_gap',
    'desk partner_unit', 'desk seat', 'unit unit_desk', 'unit unit_person', 'unit unit_arrival'],
  'Each kind of scope holds the tables the protocol names');
select is_empty($$select kind, tbl, col from shape where col in ('phone', 'password', 'token', 'token_hash', 'email')$$,
  'No column of any scope is a number in full or a secret');
select is_empty($$
    select kind, tbl, col from shape where col in ('phone_masked', 'phone_tail') and kind not in ('user', 'lead')
  $$,
  'Even masked numbers are in own and lead scopes only');
select is_empty($$
    select tbl, col from shape where kind = 'unit' and col ~ 'phone|home|building|post|shift|starts'
  $$,
  'A liaison has no column for a number, a home or a post');
select is_empty($$
    select kind, tbl, col
    from shape
    where kind = 'sum'
      and (col like '%name'
          and col not in ('name', 'street_name', 'place_name', 'post_name', 'org_unit_name', 'opened_by_name')
          or col like '%responder%')
  $$,
  'A summary has no column for a person');
select * from finish();
rollback;
