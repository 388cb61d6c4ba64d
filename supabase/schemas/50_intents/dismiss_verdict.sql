-- Puts away a verdict that its author has read. Doing so again from a second phone answers without a code: a code would
-- become a verdict of its own.
select private.learn_shape('dismiss_verdict', '{"mutation_id":"id"}');

create function mutator.dismiss_verdict(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
begin
  update sync.result set dismissed_at = coalesce(dismissed_at, p_actor.now)
  where mutation_id = private.try_uuid(p_args ->> 'mutation_id') and login_id = p_actor.login_id;
  return case when found then private.applied() else private.refused('gone') end;
end $$;
