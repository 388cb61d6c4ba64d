-- A coordinator has dealt with a mutation that the server could not read; it leaves their list.
select private.learn_shape('settle_dead_letter', '{"mutation_id":"id"}');

create function mutator.settle_dead_letter(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare v sync.result;
begin
  select * into v from sync.result
  where mutation_id = private.try_uuid(p_args ->> 'mutation_id') and status = 'failed' and community_id is not null;
  if not found then return private.refused('gone'); end if;
  perform private.require_coordinator(p_actor, v.community_id);
  -- if a second coordinator settles it meanwhile, the first one's name stays and the answer is the same
  update sync.result set settled_at = p_actor.now, settled_by = p_actor.login_id
  where mutation_id = v.mutation_id and settled_at is null;
  return private.applied();
end $$;
