-- Forgets a pattern that repeats; the shifts that were made of it stay.
select private.learn_shape('drop_recurrence', '{"recurrence_id":"id"}');

create function mutator.drop_recurrence(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare r app.recurrence;
begin
  select * into r from app.recurrence where id = private.try_uuid(p_args ->> 'recurrence_id') for no key update;
  if not found then return private.applied('already'); end if;
  perform private.require_coordinator(p_actor, r.community_id);
  delete from app.recurrence where id = r.id;
  return private.applied();
end $$;
