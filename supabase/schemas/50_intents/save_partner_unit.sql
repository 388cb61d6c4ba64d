-- Adds a partner unit (驻区单位), or changes one; a node keeps at most 1,000. One that ended begins again.
select private.learn_shape('save_partner_unit', '{"partner_unit_id":"id","keeper_id":"id","name":"text 200",
  "kind":"one government office enterprise institution two_new tower park market platform service_centre unknown",
  "place_id":"id","address":"text 200","line":"text 100","contact_id":"id"}');

create function mutator.save_partner_unit(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  x app.partner_unit;
  old app.partner_unit;
  v_line text := nullif(trim(p_args ->> 'line'), '');
  v_field text;
  v_twin uuid;
begin
  x := jsonb_populate_record(null::app.partner_unit, p_args);
  x.id := private.try_uuid(p_args ->> 'partner_unit_id');
  x.org_unit_id := private.try_uuid(p_args ->> 'keeper_id');
  x.name := trim(private.strip_numbers(p_args ->> 'name'));
  x.address := nullif(trim(private.strip_numbers(p_args ->> 'address')), '');
  x.line := private.plain_line(v_line);
  perform private.require_keeper(p_actor, x.org_unit_id);
  if x.id is null then return private.invalid('partner_unit_id'); end if;
  if v_line is not null and x.line is null then return private.invalid('line'); end if;
  -- another name shows on its people, who are locked before units, as everywhere
  perform from app.responder r
  where r.id = x.contact_id or r.partner_unit_id in (
    select u.id from app.partner_unit u where u.id = x.id and u.name <> x.name)
  order by r.id for no key update;
  perform from app.org_unit where id = x.org_unit_id for no key update;
  select * into old from app.partner_unit where id = x.id for no key update;
  if old.org_unit_id <> x.org_unit_id then return private.refused('forbidden'); end if;
  if old.merged_into is not null then return private.refused('wrong_state'); end if;
  v_field := private.fault_of_unit(x);
  if v_field is not null then return private.invalid(v_field); end if;
  select u.id into v_twin from app.partner_unit u
  where u.org_unit_id = x.org_unit_id and u.name = x.name and u.id <> x.id;
  if found then return private.refused('name_taken', jsonb_build_object('id', v_twin)); end if;
  if old.id is null and (select count(*) from app.partner_unit where org_unit_id = x.org_unit_id) >= 1000 then
    return private.refused('over_capacity');
  end if;
  insert into app.partner_unit (id, name, kind, org_unit_id, place_id, address, line, contact_id, created_at,
    created_by)
  values (x.id, x.name, x.kind, x.org_unit_id, x.place_id, x.address, x.line, x.contact_id, p_actor.now,
    p_actor.login_id)
  on conflict (id) do update
  set name = excluded.name, kind = excluded.kind, place_id = excluded.place_id, address = excluded.address,
    line = excluded.line, contact_id = excluded.contact_id, state = 'active', ended_on = null;
  perform private.log_event(p_actor, 'partner_unit_saved', private.community_or_null(x.org_unit_id), null, null, x.id);
  return private.applied();
end $$;
