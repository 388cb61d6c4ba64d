-- Joins two records of one partner unit: lists write its name in two ways. People, organisations, seats, reports and
-- liaisons go to the record that stays; it takes the kind and address of the other where it has none.
select private.learn_shape('merge_units', '{"partner_unit_id":"id","into_id":"id"}');

create function mutator.merge_units(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  v_from uuid := private.try_uuid(p_args ->> 'partner_unit_id');
  v_into uuid := private.try_uuid(p_args ->> 'into_id');
  x app.partner_unit;
  y app.partner_unit;
begin
  select * into x from app.partner_unit where id = v_from;
  if not found then return private.refused('gone'); end if;
  perform private.require_keeper(p_actor, x.org_unit_id);
  -- people are locked before units, as everywhere
  perform from app.responder where partner_unit_id in (v_from, v_into) order by id for no key update;
  perform from app.partner_unit where id in (v_from, v_into) order by id for no key update;
  select * into x from app.partner_unit where id = v_from;
  select * into y from app.partner_unit where id = v_into;
  if x.merged_into = v_into then return private.applied('already'); end if;
  if y.id is null or y.id = x.id or y.org_unit_id <> x.org_unit_id or y.state <> 'active' then
    return private.invalid('into_id');
  end if;
  if x.state <> 'active' then return private.refused('wrong_state'); end if;
  perform private.move_unit(v_from, v_into);
  update app.partner_unit set
    kind = case when y.kind = 'unknown' then x.kind else y.kind end, address = coalesce(y.address, x.address),
    place_id = coalesce(y.place_id, x.place_id), line = coalesce(y.line, x.line),
    contact_id = coalesce(y.contact_id, x.contact_id)
  where id = v_into;
  update app.partner_unit set state = 'ended', ended_on = private.day_of(p_actor.now), merged_into = v_into
  where id = v_from;
  perform private.log_event(p_actor, 'units_merged', private.community_or_null(x.org_unit_id), null, null, v_into);
  return private.applied();
end $$;
