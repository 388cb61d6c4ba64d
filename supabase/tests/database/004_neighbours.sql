-- The organisations of the small world: how a test makes party organisations, partner units, liaisons, seats and
-- reports, and what a day has of them.

-- Makes a party organisation that hangs on the node that keeps it; its leading post is vacant.
create function tests.make_party_org(p_name text, p_label text, p_kind text default 'branch',
  p_parent text default null, p_keeper text default 'community')
returns void language sql security definer as $$
  insert into app.party_org (id, name, kind, keeper_id, org_unit_id, parent_id, formed_on)
  values (tests.id(p_name), p_label, p_kind::app.party_org_kind, tests.id(p_keeper), tests.id(p_keeper),
    tests.id(p_parent), '2020-07-01')
$$;
create function tests.make_party_post(p_name text, p_org text, p_post text, p_of text) returns void
language sql security definer as $$
  insert into app.party_post (id, party_org_id, post, responder_id, starts_on)
  values (tests.id(p_name), tests.id(p_org), p_post::app.party_post_kind, tests.id(p_of || '.person'), '2021-07-01')
$$;
create function tests.make_partner(p_name text, p_label text, p_kind text default 'enterprise',
  p_keeper text default 'community')
returns void language sql security definer as $$
  insert into app.partner_unit (id, name, kind, org_unit_id)
  values (tests.id(p_name), p_label, p_kind::app.partner_unit_kind, tests.id(p_keeper))
$$;
-- Makes a login that is liaison of a partner unit and nothing else.
create function tests.make_liaison(p_name text, p_label text, p_partner text) returns void
language sql security definer as $$
  select tests.make_login(p_name, p_label);
  insert into app.role_grant (id, login_id, partner_unit_id, role)
  values (tests.id(p_name || '.liaison'), tests.id(p_name), tests.id(p_partner), 'liaison')
$$;
-- Puts somebody among the people of a unit; with a word of theirs the unit knows of it.
create function tests.works_for(p_name text, p_partner text, p_shares boolean) returns void
language sql security definer as $$
  update app.responder set partner_unit_id = tests.id(p_partner) where id = tests.id(p_name || '.person');
  insert into app.consent (responder_id, purpose) select tests.id(p_name || '.person'), 'unit_sharing' where p_shares
$$;
create function tests.make_seat(p_name text, p_holder text, p_state text default 'serving',
  p_council text default 'community')
returns void language sql security definer as $$
  insert into app.seat (id, council_id, kind, holder, state, since_on)
  values (tests.id(p_name), tests.id(p_council), 'part_time', p_holder, p_state::app.seat_state,
    private.day_of(now()))
$$;

-- Makes a report of somebody with a login, which waits for an answer.
create function tests.make_report(p_name text, p_of text, p_community text) returns void
language sql security definer as $$
  insert into app.report_form (id, community_id, number, responder_id, login_id, kind)
  select tests.id(p_name), tests.id(p_community), private.next_report_number(tests.id(p_community), now()), r.id,
    r.login_id, r.kind
  from app.responder r
  where r.id = tests.id(p_of || '.person')
$$;
-- Sends a report by the code of a door, as anybody may. Its private link is made of its name.
create function tests.link_of(p_name text) returns text language sql immutable as $$
  select 'receipt-' || tests.id(p_name)
$$;
create function tests.sends_report(p_name text, p_over jsonb default '{}', p_code text default 'D00RC0DE11')
returns jsonb language sql as $$
  select api.send_report(tests.id(p_name), tests.link_of(p_name), p_code, tests.args(
    '{"name":"石新到","phone":"19900000010","kind":"volunteer","building_id":"@building_1"}'::jsonb || p_over))
$$;
-- The number of a report as it is shown: the n-th of its community.
create function tests.report_number(p_n int) returns text language sql stable security definer as $$
  select 'BD-' || to_char(private.day_of(now()), 'MMDD') || '-' || lpad(p_n::text, 4, '0')
$$;

-- Two assertions for each of these people: the intent is forbidden to them, and nothing changes.
create function tests.forbids(p_name text, p_args jsonb, variadic p_actors text[]) returns setof text
language plpgsql as $$
declare a text;
begin
  foreach a in array p_actors loop
    perform tests.act_as(a);
    return query select * from tests.refuses(p_name, p_args, 'refused:forbidden', format('%s is forbidden to %s',
      p_name, a));
  end loop;
end $$;
-- Four: anon is not let in, nor is a login that belongs nowhere.
create function tests.shuts_out(p_name text, p_args jsonb) returns setof text language plpgsql as $$
begin
  perform tests.act_as_anon();
  return query select * from tests.raises(format('select tests.push(%L, %L)', p_name, p_args), '42501',
    'Anon is not let in to ' || p_name);
  perform tests.act_as('uninvited');
  return query select * from tests.keeps_out(p_name, p_args,
    'A login that belongs nowhere is not let in to ' || p_name);
end $$;
-- What people heard of reports since the last look: who, the kind, and its word.
create function tests.heard_of_reports() returns text language plpgsql security definer as $$
declare v text;
begin
  select string_agg(concat_ws(' ', l.sign_in_name, n.kind, case when private.try_uuid(n.step) is null then
    nullif(n.step, '') end, n.place_name), ', ' order by l.sign_in_name, n.kind, n.step) into v
  from app.notice n
  join app.login l on l.id = n.login_id
  where n.kind::text ~ '^report_';
  delete from app.notice where kind::text ~ '^report_';
  return v;
end $$;

-- What a day has of organisations, so that every synced table has a row: a committee with a branch and a group, one of
-- them led; an organisation of the call-out; units, one with a liaison and people, one whose wall has a code; a
-- council; a report that waits.
create function tests.neighbours() returns void language plpgsql as $$
begin
  perform tests.make_party_org('committee', '社区党委', 'committee'),
    tests.make_party_org('branch', '第一支部', 'branch', 'committee'),
    tests.make_party_org('group', '第一党小组', 'group', 'branch'),
    tests.make_party_post('secretary', 'branch', 'secretary', 'ping');
  insert into app.party_post (id, party_org_id, post, holder, starts_on)
  values (tests.id('deputy'), tests.id('committee'), 'deputy', '老周', '2021-07-01');
  insert into app.party_cover (party_org_id, org_unit_id) values (tests.id('group'), tests.id('building_1'));
  insert into app.party_org (id, name, kind, keeper_id, org_unit_id, callout_id)
  values (tests.id('line_org'), '防线临时党支部', 'temporary', tests.id('community'), tests.id('community'),
    tests.id('line'));
  update app.responder set party_org_id = tests.id('line_org') where id = tests.id('qiang.person');
  perform tests.make_partner('bureau', '区财政局', 'government'),
    tests.make_partner('bureau_again', '财政局', 'unknown'),
    tests.make_partner('centre', '党群服务中心', 'service_centre'),
    tests.make_partner('office', '民政办', 'office', 'street');
  update app.partner_unit set place_id = tests.id('estate'), contact_id = tests.id('ping.person'), line = '025-83001111'
  where id = tests.id('bureau');
  perform tests.make_liaison('lian', '连芳', 'bureau'), tests.make_liaison('zou', '邹芸', 'centre'),
    tests.works_for('ping', 'bureau', true), tests.works_for('qiang', 'bureau', true),
    tests.works_for('mei', 'bureau', false);
  perform tests.make_seat('seat', '周局', 'serving'), tests.make_seat('own_seat', '待定', 'serving'),
    tests.make_seat('empty_seat', '老钱', 'ended');
  update app.seat set substitute = '小周', partner_unit_id = tests.id('bureau') where id = tests.id('seat');
  update app.seat set holder = null, responder_id = tests.id('ping.person') where id = tests.id('own_seat');
  perform tests.make_report('report', 'wei', 'community');
  insert into app.report_form (id, community_id, number, name, kind, moves_from, state, settled_at)
  values (tests.id('moved_report'), tests.id('other_community'),
    private.next_report_number(tests.id('other_community'), now()), '毛搬走', 'volunteer', tests.id('community'),
    'confirmed', now());
end $$;

-- Of every file up to here: the project locks functions by default, and actors need these.
grant usage on schema tests to anon, authenticated;
grant execute on all functions in schema tests, extensions to anon, authenticated;
