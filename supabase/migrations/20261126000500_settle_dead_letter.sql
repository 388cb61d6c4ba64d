-- A dead letter says who, when, which intent, why, and the ids it was about: what a coordinator needs to ask the person. Never what they wrote.
-- settle_dead_letter: a coordinator has dealt with what the server could not handle; it leaves every lead's list and stays in sync.result.
alter table sync.result add column settled_at timestamptz, add column settled_by uuid;

create or replace view projection.dead_letter as
  select v.mutation_id as pk, array['lead:' || v.community_id] as scopes, jsonb_build_object(
    'id', v.mutation_id, 'community_id', v.community_id, 'person_name', l.name, 'responder_id', r.id, 'name', coalesce(v.detail #>> '{original,name}', v.name), 'code', v.code,
    'detail', v.detail, 'about', v.args, 'at', v.at) as data
  from sync.result v join app.login l on l.id = v.login_id left join app.responder r on r.login_id = l.id
  where v.status = 'failed' and v.community_id is not null and v.settled_at is null;

create function mutator.settle_dead_letter(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare v sync.result;
begin
  select * into v from sync.result where mutation_id = private.try_uuid(p_args ->> 'mutation_id') and status = 'failed' and community_id is not null;
  if not found then return private.refused('gone'); end if;
  perform private.require_coordinator(p_actor, v.community_id);
  -- a second coordinator who settles it meanwhile is told nothing new
  update sync.result set settled_at = p_actor.now, settled_by = p_actor.login_id where mutation_id = v.mutation_id and settled_at is null;
  return private.applied();
end $$;
select private.apply_grants();
