-- Note rows whose projection may have changed. Who marks a row holds the lock of its root (shift, responder, login),
-- so two transactions never project the same row from different snapshots.
create function sync.mark(p_tbl text, p_pks uuid[]) returns void language plpgsql as $$
declare v_dirty text;
begin
  if p_pks is null or cardinality(p_pks) = 0 then return; end if;
  v_dirty := current_setting('sync.dirty', true);
  -- '{…}' is uuid[] as text: 'shift{…};assignment{…};'
  perform set_config('sync.dirty', concat(v_dirty, p_tbl, p_pks, ';'), true);
  if v_dirty is null or v_dirty = '' then insert into sync.pending default values; end if;
end $$;

-- Which projected rows become dirty when a table changes: one statement trigger per table and event. The function gets `p_args`.
create procedure private.track(p_table regclass, p_function text, variadic p_args text[] default '{}') language plpgsql as $$
declare v_call text := format('for each statement execute function %s(%s)', p_function, (select string_agg(quote_literal(a), ', ') from unnest(p_args) a));
begin
  execute format('create trigger marks_insert after insert on %s referencing new table as new_rows %s', p_table, v_call);
  execute format('create trigger marks_update after update on %s referencing new table as new_rows old table as old_rows %s', p_table, v_call);
  execute format('create trigger marks_delete after delete on %s referencing old table as old_rows %s', p_table, v_call);
end $$;

-- For tables whose rows have the same id on the phone: marks them in the phone's tables that its arguments name.
create function private.mark_rows() returns trigger language plpgsql as $$
declare v_ids uuid[];
begin
  if tg_op = 'DELETE' then select array_agg(id) into v_ids from old_rows; else select array_agg(id) into v_ids from new_rows; end if;
  for i in 0 .. tg_nargs - 1 loop perform sync.mark(tg_argv[i], v_ids); end loop;
  return null;
end $$;

-- Roots are locked before their derived rows are marked, in id order.
create function private.mark_people(p_responders uuid[]) returns void language plpgsql as $$
begin
  perform from app.responder where id = any (p_responders) order by id for no key update;
  perform from app.login where id in (select login_id from app.responder where id = any (p_responders)) order by id for no key update;
  perform sync.mark('responder_lead', p_responders);
  perform sync.mark('me', array(select login_id from app.responder where id = any (p_responders) and login_id is not null));
end $$;

create function private.mark_logins(p_logins uuid[]) returns void language plpgsql as $$
begin
  perform from app.login where id = any (p_logins) order by id for no key update;
  perform sync.mark('me', p_logins);
end $$;

-- What a coordinator has to act on, or to know at once.
create function private.for_leads(p_kind text) returns boolean language sql immutable parallel safe as $$
  select p_kind in ('no_relief', 'disputed', 'mode_expiring', 'mode_expired', 'left_community', 'account_closed', 'help_request',
    'not_arrived', 'unconfirmed', 'relief_late', 'handover_forced', 'taken_over', 'escalated', 'rung_skipped', 'unfilled', 'reinforcement_asked', 'reinforcement_answered',
    'reset_issued', 'appointed', 'record_joined', 'stand_in_refused')
$$;
