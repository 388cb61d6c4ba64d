-- Keeps an emergency mode open for more hours from now, 24 by default and 72 at most.
select private.learn_shape('renew_mode', '{"mode_id":"id","hours":"int 1 1000"}');

create function mutator.renew_mode(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare m app.mode;
begin
  select * into m from app.mode where id = private.try_uuid(p_args ->> 'mode_id') for no key update;
  if not found then return private.refused('gone'); end if;
  if not private.may_open_mode(p_actor.login_id, m.org_unit_id) then return private.refused('forbidden'); end if;
  if m.state <> 'open' then return private.refused('not_open'); end if;
  update app.mode
  set renewed_at = p_actor.now, renewals = renewals + 1, reminded_at = null,
    expires_at = p_actor.now + make_interval(hours => least(greatest(coalesce((p_args ->> 'hours')::int, 24), 1), 72))
  where id = m.id;
  perform private.log_event(p_actor, 'mode_renewed', (select community_id from app.org_unit where id = m.org_unit_id),
    null, null, m.id);
  return private.applied();
end $$;
