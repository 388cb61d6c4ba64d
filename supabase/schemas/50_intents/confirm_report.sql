-- Confirms a report (报到确认) and puts the person into a grid: from now on they are on the community's list. Who moves
-- leaves the other community with it. A unit that reports in as a whole becomes a partner unit.
select private.learn_shape('confirm_report', '{"report_id":"id","grid_id":"id"}');

create function mutator.confirm_report(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  x app.report_form;
  r app.responder;
  v_made app.yes_no;
  v_grid uuid := private.try_uuid(p_args ->> 'grid_id');
begin
  select * into x from app.report_form where id = private.try_uuid(p_args ->> 'report_id');
  if not found then return private.refused('gone'); end if;
  perform private.require_coordinator(p_actor, x.community_id);
  -- shifts, then people, then units and organisations, then the report, as everywhere
  if x.moves_from is not null then perform private.lock_duty_of_responder(x.responder_id); end if;
  if x.unit_kind is null then r := private.record_of_report(x); end if;
  perform private.lock_around(array[r.id], array[x.community_id, x.moves_from], array[x.id]);
  select * into x from app.report_form where id = x.id for no key update;
  if not found then return private.refused('gone'); end if;
  if x.state = 'confirmed' then return private.applied('already'); end if;
  if x.state = 'ended' then return private.refused('wrong_state'); end if;
  if v_grid is not null and not exists (
    select from app.org_unit g
    where g.id = v_grid and g.level = 'grid' and g.community_id = x.community_id) then
    return private.invalid('grid_id');
  end if;
  if r.id is not null and not private.names_same(x, r) then return private.refused('number_taken'); end if;
  if x.unit_kind is not null then
    perform private.take_unit_report(x, p_actor.login_id);
  else
    v_made := case when r.id is null then 'yes' else 'no' end;
    if r.id is null then r := private.make_record(x, p_actor.login_id); end if;
    perform private.take_report(x, r, v_made, p_actor.login_id);
    insert into app.report_in as i (id, responder_id, community_id, state, grid_id, created_by)
    values (x.id, r.id, x.community_id, 'confirmed', coalesce(v_grid, private.grid_of(x.building_id)),
      p_actor.login_id)
    on conflict (responder_id, community_id) do update
    set state = 'confirmed', grid_id = excluded.grid_id, ends_on = null;
    if x.moves_from is not null then perform private.leave_by_moving(p_actor, r, x); end if;
  end if;
  update app.report_form set state = 'confirmed', settled_at = p_actor.now, settled_by = p_actor.login_id,
    responder_id = r.id, made = v_made
  where id = x.id
  returning * into x;
  perform private.tell_reporter(x, p_actor.now);
  perform private.log_event(p_actor, 'report_confirmed', x.community_id, x.responder_id, null, x.id);
  return private.applied();
end $$;

-- A unit that reported in: the partner unit of that name, active, of the kind it says. A name that was joined to
-- another unit's means that one, as in lists.
create function private.take_unit_report(p_form app.report_form, p_by uuid) returns void language plpgsql as $$
begin
  perform from app.org_unit where id = p_form.community_id for no key update;
  insert into app.partner_unit as u (id, name, kind, org_unit_id, place_id, address, created_by)
  values (p_form.id, p_form.unit, p_form.unit_kind, p_form.community_id, private.grid_of(p_form.building_id),
    p_form.address, p_by)
  on conflict (org_unit_id, name) do update
  set state = 'active', ended_on = null,
    kind = case when u.kind = 'unknown' then excluded.kind else u.kind end
  where u.merged_into is null;
  update app.report_form set partner_unit_id = (
    select private.living_unit(u.id) from app.partner_unit u
    where u.org_unit_id = p_form.community_id and u.name = p_form.unit)
  where id = p_form.id;
end $$;

-- The person leaves the community that they move away from: their coming duty there is released and it is told.
create function private.leave_by_moving(p_actor private.actor, p_person app.responder, p_form app.report_form)
returns void language plpgsql as $$
declare v_released jsonb;
begin
  if private.is_on_post(p_person.id, p_form.moves_from)
    or private.is_last_coordinator(p_person.login_id, p_form.moves_from) then
    return;
  end if;
  v_released := private.release_future(p_actor.login_id, p_person.id, p_form.moves_from);
  update app.report_in set state = 'ended'
  where responder_id = p_person.id and community_id = p_form.moves_from and state <> 'ended';
  insert into app.event (id, at, kind, login_id, community_id, responder_id, reason, detail)
  values (private.uuid_v7(), p_actor.now, 'left_community', p_actor.login_id, p_form.moves_from, p_person.id, 'moved',
    jsonb_build_object('released', jsonb_array_length(v_released)));
  perform private.end_roles(p_person.login_id, p_person.id, p_form.moves_from);
end $$;
