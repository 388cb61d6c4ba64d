-- Marking: which rows of which projections may have changed in this transaction. sync.stamp() reads it at COMMIT.

-- Marks rows of a projection as dirty. The caller holds the lock of the row's root (its shift, responder or login), so
-- that two transactions never project the same row from different snapshots.
create function sync.mark(p_tbl text, p_pks uuid[]) returns void language plpgsql as $$
declare v_dirty text;
begin
  if p_pks is null or cardinality(p_pks) = 0 then return; end if;
  v_dirty := current_setting('sync.dirty', true);
  -- '{…}' is uuid[] as text: 'shift{…};assignment{…};'
  perform set_config('sync.dirty', concat(v_dirty, p_tbl, p_pks, ';'), true);
  if v_dirty is null or v_dirty = '' then insert into sync.pending default values; end if;
end $$;

-- Makes the triggers of a table that mark what its changes touch: one per event, once per statement. They run
-- p_function with p_args, on the rows `new_rows` and `old_rows`.
create procedure private.track(p_table regclass, p_function text, variadic p_args text[] default '{}')
language plpgsql as $$
declare
  v_call text := format('for each statement execute function %s(%s)',
    p_function, (select string_agg(quote_literal(a), ', ') from unnest(p_args) a));
begin
  execute format('create trigger marks_insert after insert on %s referencing new table as new_rows %s',
    p_table, v_call);
  execute format(
    'create trigger marks_update after update on %s referencing new table as new_rows old table as old_rows %s',
    p_table, v_call);
  execute format('create trigger marks_delete after delete on %s referencing old table as old_rows %s',
    p_table, v_call);
end $$;

-- For tables whose rows have the same id on the phone: marks them in each of the phone's tables that the arguments of
-- the trigger name.
create function private.mark_rows() returns trigger language plpgsql as $$
declare v_ids uuid[];
begin
  if tg_op = 'DELETE' then
    select array_agg(id) into v_ids from old_rows;
  else
    select array_agg(id) into v_ids from new_rows;
  end if;
  for i in 0 .. tg_nargs - 1 loop
    perform sync.mark(tg_argv[i], v_ids);
  end loop;
  return null;
end $$;

-- Marks people, and the logins they have. Locks the roots first, in the order of their ids.
create function private.mark_people(p_responders uuid[]) returns void language plpgsql as $$
begin
  perform from app.responder where id = any (p_responders) order by id for no key update;
  perform from app.login
  where id in (select login_id from app.responder where id = any (p_responders))
  order by id for no key update;
  perform sync.mark('responder_lead', p_responders);
  perform sync.mark('me',
    array(select login_id from app.responder where id = any (p_responders) and login_id is not null));
end $$;

-- Marks logins, locked in the order of their ids.
create function private.mark_logins(p_logins uuid[]) returns void language plpgsql as $$
begin
  perform from app.login where id = any (p_logins) order by id for no key update;
  perform sync.mark('me', p_logins);
end $$;

-- Is this a kind of event that coordinators see on their phones: one they have to act on, or know at once?
create function private.for_leads(p_kind text) returns boolean language sql immutable parallel safe as $$
  select p_kind in (
    'no_relief', 'disputed', 'mode_expiring', 'mode_expired', 'left_community', 'account_closed', 'help_request',
    'not_arrived', 'unconfirmed', 'relief_late', 'handover_forced', 'taken_over', 'escalated', 'rung_skipped',
    'unfilled', 'reinforcement_asked', 'reinforcement_answered', 'reset_issued', 'appointed', 'record_joined',
    'stand_in_refused')
$$;
