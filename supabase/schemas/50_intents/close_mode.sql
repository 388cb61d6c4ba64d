-- Ends an open emergency mode before it expires; its call-outs keep their shifts and wait for a decision.
select private.learn_shape('close_mode', '{"mode_id":"id"}');

create function mutator.close_mode(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare m app.mode;
begin
  select * into m from app.mode where id = private.try_uuid(p_args ->> 'mode_id') for no key update;
  if not found then return private.refused('gone'); end if;
  if not private.may_open_mode(p_actor.login_id, m.org_unit_id) then return private.refused('forbidden'); end if;
  if m.state <> 'open' then return private.applied('already'); end if;
  perform private.end_mode(m.id, 'closed', p_actor.now, p_actor.login_id);
  perform private.log_event(p_actor, 'mode_closed', (select community_id from app.org_unit where id = m.org_unit_id),
    null, null, m.id);
  return private.applied();
end $$;
