-- Who acts for which node and which unit, which desks and units each role reads, and which bells it hears.
begin;
select plan(58);
select tests.make_world();
select tests.make_partner('bureau', '区财政局', 'government'), tests.make_partner('ended', '旧单位'),
  tests.make_partner('shop', '街对面', 'enterprise', 'other_community'),
  tests.make_partner('office', '民政办', 'office', 'street'), tests.make_liaison('lian', '连芳', 'bureau'),
  tests.make_liaison('clerk', '科员', 'office');
update app.partner_unit set state = 'ended', ended_on = private.day_of(now()) where id = tests.id('ended');
-- more people, each with one role on one node
select tests.make_login(who, who), tests.grant_role(who, node, role)
from (values ('district_officer', 'district', 'district_officer'), ('city_officer', 'city', 'city_officer'),
  ('above', 'street', 'coordinator'), ('own_officer', 'community', 'street_officer'),
  ('building_lead', 'building_1', 'building_lead')) g(who, node, role);
select tests.commit();
create temp table node as
  select name, tests.id(name) as id
  from unnest('{city,district,street,community,other_community,grid,building_1,bureau,office,shop}'::text[]) name;
grant select on node to anon, authenticated;
-- The nodes for which somebody acts.
create function tests.keeps(p_who text) returns text language sql stable security definer as $$
  select string_agg(name, ' ' order by name) from node where private.keeps(tests.id(p_who), id)
$$;
-- The desks and units that somebody reads.
create function tests.desks(p_who text) returns text language plpgsql as $$
begin
  perform tests.act_as(p_who);
  return (
    select string_agg(split_part(s, ':', 1) || ' ' || n.name, ', ' order by s.s like 'unit%', n.name)
    from unnest(tests.scopes()) s(s)
    join node n on s in ('desk:' || n.id, 'unit:' || n.id));
end $$;
-- The topics of desks and units that somebody may join.
create function tests.joins(p_who text) returns text language sql stable security definer as $$
  select string_agg(kind || ' ' || name, ', ' order by kind, name)
  from node
  cross join unnest('{desk,unit}'::text[]) kind
  where private.may_join(tests.id(p_who), kind || ':' || id)
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as ping: the rules are not for callers
select tests.act_as('ping');
select throws_ok($$select private.keeps(private.login_id(), tests.id('community'))$$, '42501', null,
  'Nobody asks whose rights are whose');
select throws_ok($$select private.may_appoint_liaison(private.login_id(), tests.id('bureau'))$$, '42501', null,
  'Nor who may appoint');
select tests.act_as_owner();

-- For which nodes each acts, and which desks and units each reads
select is(tests.keeps(m.who), m.keeps, format('%s keeps %s', m.who, coalesce(m.keeps, 'nothing'))) from (values
  ('ping', null), ('grid_lead', null), ('building_lead', null), ('lian', null), ('admin', null),
  ('coordinator', 'community'), ('other_coordinator', 'other_community'), ('above', 'community other_community'),
  ('own_officer', null), ('officer', 'street'), ('district_officer', 'district street'),
  ('city_officer', 'city district street')) m(who, keeps);
select is(tests.desks(m.who), m.reads, format('%s reads %s', m.who, coalesce(m.reads, 'no desk'))) from (values
  ('ping', null), ('wei', null), ('admin', null), ('lian', 'unit bureau'), ('clerk', 'unit office'),
  ('grid_lead', 'desk grid'), ('building_lead', 'desk building_1'), ('coordinator', 'desk community'),
  ('other_coordinator', 'desk other_community'), ('above', 'desk community, desk other_community'),
  ('own_officer', 'desk community'), ('officer', 'desk street'), ('district_officer', 'desk district'),
  ('city_officer', 'desk city')) m(who, reads);
select tests.act_as_owner();
select is(tests.joins(l.sign_in_name), tests.desks(l.sign_in_name), format('%s hears the bells of what they read',
  l.sign_in_name)) from app.login l order by l.sign_in_name;
select tests.act_as_owner();
select ok(not private.may_join(tests.id('coordinator'), t), format('"%s" is no bell', t))
from unnest('{desk:,unit:,desk:x,desk}'::text[]) t;
select ok(not private.may_join(null, 'desk:' || tests.id('community')), 'Nobody hears no bell');

-- Liaisons
select is((select string_agg(name, ' ' order by name) from node where private.liaises(tests.id('lian'), id)), 'bureau',
  'A liaison is that of one unit');
select is((select string_agg(l.sign_in_name || ' ' || u.name, ', ' order by l.sign_in_name, u.name)
    from app.login l, app.partner_unit u where private.may_appoint_liaison(l.id, u.id)),
  'above 区财政局, above 街对面, city_officer 民政办, coordinator 区财政局, district_officer 民政办, officer 民政办, '
    || 'other_coordinator 街对面', 'Who keeps a unit appoints its liaisons, while it is active');

-- Where things lie
select is((select string_agg(name || ' ' || (select k.name from node k where k.id = private.keeper_of(n.id)), ', '
    order by name) from node n where name in ('street', 'community', 'grid', 'building_1')),
  'building_1 community, community community, grid community, street street',
  'What lies in a community is kept by it, what lies above by itself');
select is((select string_agg(name, ' ' order by name) from node where private.lies_in(id, tests.id('community'))),
  'building_1 community grid', 'What lies in a community');
select is((select string_agg(name, ' ' order by name) from node where private.lies_in(id, tests.id('street'))),
  'street', 'A street keeps itself, not the places of its communities');
select is((select string_agg(name, ' ' order by name) from node
    where private.is_listed_under(tests.id('wei.person'), id)),
  'city district other_community street', 'A person stands on lists under these nodes');
update app.report_in set state = 'ended' where responder_id = tests.id('wei.person');
select is((select count(*) from node where private.is_listed_under(tests.id('wei.person'), id)), 0::bigint,
  'And under none once they have left');

-- What a role that ends takes away, at once
delete from app.role_grant where login_id in (tests.id('officer'), tests.id('lian'));
select is(concat(tests.keeps('officer'), tests.joins('officer'), tests.joins('lian')), '',
  'A role that ends keeps nothing and hears nothing');
select is(tests.desks('coordinator'), 'desk community', 'Others keep theirs');
select * from finish();
rollback;
