-- Opens the emergency mode of a unit, with its ground and document; it expires by itself.
select private.learn_shape('open_mode', '{"mode_id":"id","org_unit_id":"id","ground":"text 100",
  "document_no":"text 60","hours":"int 1 1000"}');

create function mutator.open_mode(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare v_unit uuid := private.try_uuid(p_args ->> 'org_unit_id');
begin
  if not private.may_open_mode(p_actor.login_id, v_unit) then return private.refused('forbidden'); end if;
  perform from app.org_unit where id = v_unit for no key update;
  -- the same mode opened twice, by a second tap or a second tab, is one mode
  if exists (select from app.mode
    where org_unit_id = v_unit and state = 'open' and id = private.try_uuid(p_args ->> 'mode_id')) then
    return private.applied('already');
  end if;
  if exists (select from app.mode where org_unit_id = v_unit and state = 'open') then
    return private.refused('mode_open');
  end if;
  if coalesce(p_args ->> 'ground', '') = '' then return private.invalid('ground'); end if;
  if coalesce(p_args ->> 'document_no', '') = '' then return private.invalid('document_no'); end if;
  perform private.start_mode(p_actor, (p_args ->> 'mode_id')::uuid, v_unit, p_args ->> 'ground',
    p_args ->> 'document_no', coalesce((p_args ->> 'hours')::int, 24));
  perform private.log_event(p_actor, 'mode_opened', (select community_id from app.org_unit where id = v_unit),
    null, null, (p_args ->> 'mode_id')::uuid);
  return private.applied();
end $$;
