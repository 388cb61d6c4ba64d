-- 报到: a person with a record of their own tells another community that they want to serve there, or moves there from
-- one (moves_from). Until it is confirmed they see only the receipt. Five may wait at once.
select private.learn_shape('report_in', '{"report_id":"id","community_id":"id","building_id":"id","address":"text 200",
  "skills":["text 100",20],"fits":["text 20",40],"consents":["text 20",6],"moves_from":"id"}');

create function mutator.report_in(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  x app.report_form;
  r app.responder;
begin
  x.id := private.try_uuid(p_args ->> 'report_id');
  x.community_id := private.try_uuid(p_args ->> 'community_id');
  x.building_id := private.try_uuid(p_args ->> 'building_id');
  x.moves_from := private.try_uuid(p_args ->> 'moves_from');
  if p_actor.responder_id is null then return private.refused('not_eligible'); end if;
  select * into r from app.responder where id = p_actor.responder_id for no key update;
  if x.id is null then return private.invalid('report_id'); end if;
  if not exists (select from app.org_unit where id = x.community_id and level = 'community') then
    return private.refused('gone');
  end if;
  if x.building_id is not null and not exists (
    select from app.org_unit b
    where b.id = x.building_id and b.level = 'building' and b.community_id = x.community_id) then
    return private.invalid('building_id');
  end if;
  if not private.are_week_parts(p_args -> 'fits') then return private.invalid('fits'); end if;
  if exists (
      select from app.report_in where responder_id = r.id and community_id = x.community_id and state = 'confirmed')
    or exists (
      select from app.report_form
      where (responder_id = r.id and community_id = x.community_id and state = 'requested') or id = x.id) then
    return private.applied('already');
  end if;
  if (select count(*) from app.report_form where responder_id = r.id and state = 'requested') >= 5 then
    return private.refused('over_capacity');
  end if;
  insert into app.report_form (id, community_id, number, responder_id, login_id, kind, building_id, address, skills,
    fits, consents, moves_from, created_at)
  values (x.id, x.community_id, private.next_report_number(x.community_id, p_actor.now), r.id, p_actor.login_id, r.kind,
    x.building_id, nullif(left(trim(private.strip_numbers(p_args ->> 'address')), 100), ''),
    private.skills_of(p_args -> 'skills'),
    case when jsonb_typeof(p_args -> 'fits') = 'array' then
      array(select jsonb_array_elements_text(p_args -> 'fits')) end,
    private.consents_of(p_args -> 'consents'),
    case when exists (
      select from app.report_in
      where responder_id = r.id and community_id = x.moves_from and state <> 'ended') then x.moves_from end,
    p_actor.now);
  perform private.tell_of_report(x.community_id, x.id, p_actor.now);
  perform private.log_event(p_actor, 'report_asked', x.community_id, r.id, null, x.id);
  return private.applied();
end $$;

-- Is this a list of parts of a week, or nothing?
create function private.are_week_parts(p_list jsonb) returns boolean language sql immutable as $$
  select coalesce(jsonb_typeof(p_list), 'null') = 'null' or jsonb_typeof(p_list) = 'array' and not exists (
    select from jsonb_array_elements_text(case when jsonb_typeof(p_list) = 'array' then p_list else '[]' end) w
    where w <> all (private.week_parts()))
$$;
