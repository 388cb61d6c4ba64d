-- Eras: how a phone notices that this database was put back to an older copy. The table sync.era says what an era is.

-- The epoch that pull answers with: the row of sync.epoch, with the present era as its id.
create function private.current_epoch() returns sync.epoch
language plpgsql stable security definer set search_path = '' as $$
declare e sync.epoch;
begin
  select * into e from sync.epoch;
  e.id := private.era_at(e.id, private.cluster_place());
  return e;
end $$;

-- The epoch of a phone, as pull compares it with the present one: an era that is remembered here counts as the present
-- one; anything else stays as it came.
create function private.known_epoch(p_epoch uuid) returns uuid
language plpgsql stable security definer set search_path = '' as $$
declare
  v_place text;
  v_now uuid;
  v_epoch uuid;
begin
  if p_epoch is null then return null; end if;
  v_place := private.cluster_place();
  select e.id into v_epoch from sync.epoch e;
  v_now := private.era_at(v_epoch, v_place);
  return case
    when p_epoch = v_now
      or exists (select from sync.era x where x.id = p_epoch and x.epoch = v_epoch and x.place = v_place) then v_now
    else p_epoch end;
end $$;

-- Which cluster this is, and which timeline of it. Not every provider lets the owner ask: then eras alone must tell.
create function private.cluster_place() returns text language plpgsql stable security definer set search_path = '' as $$
begin
  if not (has_function_privilege('pg_catalog.pg_control_system()', 'execute')
    and has_function_privilege('pg_catalog.pg_control_checkpoint()', 'execute')) then
    return 'unknown';
  end if;
  return (select s.system_identifier::text from pg_catalog.pg_control_system() s) || '/' || case
    when pg_is_in_recovery()
      then (select upper(lpad(to_hex(c.timeline_id), 8, '0')) from pg_catalog.pg_control_checkpoint() c)
    else left(pg_walfile_name(pg_current_wal_lsn()), 8) end;
end $$;

-- The newest era of this epoch in this place; before the first one begins, the id it will have.
create function private.era_at(p_epoch uuid, p_place text) returns uuid language sql stable as $$
  select coalesce(
    (select x.id from sync.era x where x.epoch = p_epoch and x.place = p_place order by x.began_at desc limit 1),
    md5(p_epoch::text || p_place)::uuid)
$$;

-- Begins a new era if the server was restarted, or the last era is five minutes old. Deletes eras that are older than
-- the tombstones.
create function private.mark_era(p_now timestamptz) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_epoch uuid;
  v_place text := private.cluster_place();
  v_last sync.era;
begin
  select e.id into v_epoch from sync.epoch e;
  select * into v_last from sync.era x where x.epoch = v_epoch and x.place = v_place order by x.began_at desc limit 1;
  if v_last.run_at = pg_postmaster_start_time() and v_last.began_at > p_now - interval '5 minutes' then return; end if;
  insert into sync.era (id, epoch, place, run_at, began_at)
  values (case when v_last.id is null then private.era_at(v_epoch, v_place) else gen_random_uuid() end,
    v_epoch, v_place, pg_postmaster_start_time(), greatest(p_now, v_last.began_at + interval '1 microsecond'))
  on conflict do nothing;
  delete from sync.era x where x.began_at < p_now - private.keep_history();
end $$;

-- For an operator to call by hand, if they know of a change of history that no era shows. Every phone then takes
-- everything again, and keeps what waits on it to be sent.
create function private.new_epoch() returns uuid language sql as $$
  update sync.epoch set id = gen_random_uuid() where true returning id
$$;
