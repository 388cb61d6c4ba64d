-- Every intent about organisations, units, seats and reports, by every actor who has no right to it: it is refused, and
-- nothing changes. The same arguments are applied for those who have it.
begin;
create function tests.actors() returns text[] language sql immutable as $$
  select '{anon,uninvited,unconfirmed,ping,courier,wei,lian,zou,grid_lead,building_lead,coordinator,other_coordinator,
    officer,district_officer,city_officer,admin}'::text[]
$$;
-- What is tried: the intent, its arguments, who may, and how it is refused to all others.
create temp table trial (n int generated always as identity, intent text, args jsonb, rights text[], code text)
  on commit drop;
insert into trial (intent, args, rights, code)
select t.intent, t.args, case t.at when 'community' then '{coordinator}'
  else '{officer,district_officer,city_officer}' end::text[], 'forbidden'
from (values
  ('community', 'save_party_org', '{"party_org_id":"@new","keeper_id":"@community","name":"新支部","kind":"branch",
    "state":"formed","org_unit_id":"@estate","parent_id":"@committee","covers":["@building_1"]}'::jsonb),
  ('community', 'save_party_org', '{"party_org_id":"@branch","keeper_id":"@community","name":"第一支部","kind":"branch",
    "state":"formed","org_unit_id":"@community","parent_id":"@committee","covers":[]}'),
  ('community', 'end_party_org', '{"party_org_id":"@group","into_id":"@branch"}'),
  ('community', 'set_party_post', '{"party_post_id":"@new","party_org_id":"@branch","post":"secretary",
    "responder_id":"@mei.person"}'),
  ('community', 'end_party_post', '{"party_post_id":"@secretary"}'),
  ('community', 'save_partner_unit', '{"partner_unit_id":"@new","keeper_id":"@community","name":"新单位",
    "kind":"park"}'),
  ('community', 'save_partner_unit', '{"partner_unit_id":"@bureau","keeper_id":"@community","name":"区财政局",
    "kind":"government","contact_id":"@mei.person"}'),
  ('community', 'end_partner_unit', '{"partner_unit_id":"@bureau"}'),
  ('community', 'merge_units', '{"partner_unit_id":"@bureau_again","into_id":"@bureau"}'),
  ('community', 'save_seat', '{"seat_id":"@new","council_id":"@community","kind":"part_time","holder":"某",
    "state":"invited"}'),
  ('community', 'save_seat', '{"seat_id":"@seat","council_id":"@community","kind":"part_time",
    "responder_id":"@mei.person","state":"serving"}'),
  ('community', 'end_seat', '{"seat_id":"@own_seat"}'),
  ('community', 'drop_seat', '{"seat_id":"@empty_seat"}'),
  ('community', 'confirm_report', '{"report_id":"@report","grid_id":"@grid"}'),
  ('community', 'decline_report', '{"report_id":"@report","reason":"other"}'),
  ('street', 'save_party_org', '{"party_org_id":"@new","keeper_id":"@street","name":"新党委","kind":"committee",
    "state":"formed","org_unit_id":"@street","covers":[]}'),
  ('street', 'end_party_org', '{"party_org_id":"@union"}'),
  ('street', 'set_party_post', '{"party_post_id":"@new","party_org_id":"@union","post":"deputy","holder":"某"}'),
  ('street', 'end_party_post', '{"party_post_id":"@union_secretary"}'),
  ('street', 'save_partner_unit', '{"partner_unit_id":"@office","keeper_id":"@street","name":"民政科","kind":"office"}'),
  ('street', 'end_partner_unit', '{"partner_unit_id":"@office"}'),
  ('street', 'merge_units', '{"partner_unit_id":"@office_again","into_id":"@office"}'),
  ('street', 'save_seat', '{"seat_id":"@new","council_id":"@street","kind":"part_time","holder":"某",
    "state":"invited"}'),
  ('street', 'end_seat', '{"seat_id":"@up_seat"}'),
  ('street', 'drop_seat', '{"seat_id":"@up_empty"}')) t(at, intent, args);
insert into trial (intent, args, rights, code) values
  ('withdraw_report', '{"report_id":"@report"}', '{wei}', 'forbidden'),
  ('report_in', '{"report_id":"@new","community_id":"@third","skills":[],"consents":[]}',
    '{unconfirmed,ping,courier,wei,coordinator}', 'not_eligible');
-- each actor once, with or without the right, and once that nothing changed
select plan((select count(*) * (cardinality(tests.actors()) + 1) from trial)::int + 3);

select tests.make_world();
select tests.make_unit('third', 'community', '丙社区', 'street'), tests.make_callout('line'), tests.neighbours(),
  tests.make_party_org('union', '机关党总支', 'general_branch', null, 'street'),
  tests.make_party_post('union_secretary', 'union', 'secretary', 'qiang'),
  tests.make_partner('office_again', '民政科室', 'office', 'street'),
  tests.make_seat('up_seat', '老李', 'serving', 'street'), tests.make_seat('up_empty', '老赵', 'ended', 'street');
select tests.make_login(who, who)
from unnest('{unconfirmed,courier,building_lead,district_officer,city_officer}'::text[]) who;
select tests.make_responder('unconfirmed', '方未定', 'community', null, '19900000021'),
  tests.make_responder('courier', '骑手一', 'community', null, '19900000022'),
  tests.grant_role('building_lead', 'building_1', 'building_lead'),
  tests.grant_role('district_officer', 'district', 'district_officer'),
  tests.grant_role('city_officer', 'city', 'city_officer');
update app.report_in set state = 'requested' where responder_id = tests.id('unconfirmed.person');
update app.responder set kind = 'new_employment' where id = tests.id('courier.person');
select tests.commit();

-- What somebody is answered; the code of the error where they are not let in at all.
create function tests.answer(p_who text, p_intent text, p_args jsonb) returns text language plpgsql as $$
begin
  if p_who = 'anon' then perform tests.act_as_anon(); else perform tests.act_as(p_who); end if;
  return tests.push(p_intent, p_args);
exception when others then return sqlstate;
end $$;
-- One assertion for each actor without the right, and one that nothing changed.
create function tests.tries(p_intent text, p_args jsonb, p_rights text[], p_code text) returns setof text
language plpgsql as $$
declare a text; v_before text := tests.fingerprint();
begin
  foreach a in array tests.actors() loop
    continue when a = any (p_rights);
    return next extensions.is(tests.answer(a, p_intent, p_args), case a
      when 'anon' then '42501'
      when 'uninvited' then 'PGRST'
      else 'refused:' || p_code end, format('%s is not for %s', p_intent, a));
  end loop;
  return next extensions.is(tests.fingerprint(), v_before, p_intent || ' has changed nothing for any of them');
end $$;
-- What somebody with the right is answered; all is taken back.
create function tests.would(p_who text, p_intent text, p_args jsonb) returns text language plpgsql as $$
declare v text;
begin
  perform tests.act_as(p_who);
  begin
    v := tests.push(p_intent, p_args);
    raise exception using errcode = 'UNDO1';
  exception when sqlstate 'UNDO1' then null;
  end;
  return v;
end $$;
grant select on trial to anon, authenticated;
grant execute on all functions in schema tests to anon, authenticated;

-- Every intent of these files stands above
select is_empty($$
    select intent from unnest('{save_party_org,end_party_org,set_party_post,end_party_post,save_partner_unit,
      end_partner_unit,merge_units,save_seat,end_seat,drop_seat,report_in,withdraw_report,confirm_report,
      decline_report}'::text[]) intent
    except select intent from trial
  $$, 'All fourteen intents are tried');
-- Acting as everybody
select tests.tries(t.intent, t.args, t.rights, t.code) from trial t;
select tests.act_as_owner();
select is(tests.would(who, t.intent, t.args), 'applied', format('%s is applied for %s', t.intent, who))
from trial t, unnest(t.rights) who;
-- A phone without signal brings a whole day of them at once: their people and rows are locked first, each kind by id
select tests.act_as('coordinator');
select is((select string_agg(distinct r ->> 'status', ' ') from jsonb_array_elements(api.push(tests.id('a phone'), 1, (
    select jsonb_agg(jsonb_build_object('seq', x.seq, 'id', gen_random_uuid(), 'name', x.intent, 'v', 1,
      'args', tests.args(x.args), 'base', '{}'::jsonb, 'device_at', now(), 'offset_ms', 0, 'offset_age_s', 1)
      order by x.seq)
    from (
      select intent, args, row_number() over (order by n) as seq from trial
      where rights = '{coordinator}' and intent not in ('end_partner_unit', 'decline_report')) x)) -> 'results') r),
  'applied', 'All of a batch are applied');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
