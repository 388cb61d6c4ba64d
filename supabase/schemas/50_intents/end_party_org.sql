-- Closes a party organisation, or merges it into another of the same node. One with branches or groups below it has to
-- give these a new place first.
select private.learn_shape('end_party_org', '{"party_org_id":"id","into_id":"id"}');

create function mutator.end_party_org(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  x app.party_org;
  v_into uuid := private.try_uuid(p_args ->> 'into_id');
begin
  select * into x from app.party_org where id = private.try_uuid(p_args ->> 'party_org_id');
  if not found then return private.refused('gone'); end if;
  perform private.require_keeper(p_actor, x.keeper_id);
  -- people are locked before organisations, as everywhere
  perform from app.responder where party_org_id = x.id order by id for no key update;
  perform from app.org_unit where id = x.keeper_id for no key update;
  perform from app.partner_unit where id = x.partner_unit_id for no key update;
  perform from app.party_org where id in (x.id, v_into) order by id for no key update;
  select * into x from app.party_org where id = x.id;
  if not private.is_live(x.state) then return private.applied('already'); end if;
  if p_args ->> 'into_id' is not null and not exists (
    select from app.party_org o
    where o.id = v_into and o.id <> x.id and o.keeper_id = x.keeper_id and private.is_live(o.state)) then
    return private.invalid('into_id');
  end if;
  if exists (select from app.party_org o where o.parent_id = x.id and private.is_live(o.state)) then
    return private.refused('in_use');
  end if;
  perform private.close_party_org(x, v_into, private.day_of(p_actor.now));
  perform private.log_event(p_actor, 'party_org_ended', private.community_or_null(x.keeper_id), null, null, x.id,
    case when v_into is null then 'closed' else 'merged' end);
  return private.applied();
end $$;
