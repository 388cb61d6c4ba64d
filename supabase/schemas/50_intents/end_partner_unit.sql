-- Ends a partner unit that has moved away or closed: its liaisons see nothing of it from the next sync on. Its people
-- stay on the list of the community.
select private.learn_shape('end_partner_unit', '{"partner_unit_id":"id"}');

create function mutator.end_partner_unit(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare x app.partner_unit;
begin
  select * into x from app.partner_unit where id = private.try_uuid(p_args ->> 'partner_unit_id') for no key update;
  if not found then return private.refused('gone'); end if;
  perform private.require_keeper(p_actor, x.org_unit_id);
  if x.state = 'ended' then return private.applied('already'); end if;
  perform private.end_liaisons(x.id);
  update app.partner_unit set state = 'ended', ended_on = private.day_of(p_actor.now) where id = x.id;
  perform private.log_event(p_actor, 'partner_unit_ended', private.community_or_null(x.org_unit_id), null, null, x.id);
  return private.applied();
end $$;
