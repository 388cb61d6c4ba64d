-- Which projected rows become dirty when a table changes: one statement trigger per table and event.
create procedure private.track(p_table regclass, p_function text) language plpgsql as $$
begin
  execute format('create trigger marks_insert after insert on %s referencing new table as new_rows for each statement execute function %s()', p_table, p_function);
  execute format('create trigger marks_update after update on %s referencing new table as new_rows old table as old_rows for each statement execute function %s()', p_table, p_function);
  execute format('create trigger marks_delete after delete on %s referencing old table as old_rows for each statement execute function %s()', p_table, p_function);
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

-- Cards of the binding and the given assignments on some shifts: they show who else serves there. Writers of assignments hold the shift.
create function private.mark_assignment() returns trigger language plpgsql as $$
declare ids uuid[]; shifts uuid[];
begin
  if tg_op = 'DELETE' then select array_agg(id), array_agg(distinct shift_id) into ids, shifts from old_rows;
  else select array_agg(id), array_agg(distinct shift_id) into ids, shifts from new_rows; end if;
  if ids is null then return null; end if;
  insert into sync.pending (tbl, pks) values ('assignment', ids), ('shift_count', shifts), ('my_assignment', array(
    select a.id from app.assignment a where a.shift_id = any (shifts) and a.state in ('assigned', 'accepted', 'on_post') union select unnest(ids)));
  return null;
end $$;
call private.track('app.assignment', 'private.mark_assignment');

create function private.mark_shift() returns trigger language plpgsql as $$
declare ids uuid[]; moved uuid[];
begin
  if tg_op = 'DELETE' then select array_agg(id), array_agg(id) into ids, moved from old_rows;
  elsif tg_op = 'INSERT' then select array_agg(id) filter (where true), array_agg(id) filter (where state <> 'draft') into ids, moved from new_rows;
  else
    select array_agg(n.id), array_agg(n.id) filter (where (n.starts_at, n.ends_at, n.state, n.capacity) is distinct from (o.starts_at, o.ends_at, o.state, o.capacity))
    into ids, moved from new_rows n join old_rows o using (id);
  end if;
  perform sync.mark('shift', ids);
  if moved is not null then
    perform sync.mark('shift_count', moved);
    if tg_op = 'UPDATE' then
      perform sync.mark('my_assignment', array(select id from app.assignment where shift_id = any (moved)));
      perform sync.mark('my_offer', array(select id from app.offer where shift_id = any (moved)));
      perform sync.mark('my_waitlist', array(select id from app.waitlist_entry where shift_id = any (moved)));
    end if;
  end if;
  return null;
end $$;
call private.track('app.shift', 'private.mark_shift');

create function private.mark_offer() returns trigger language plpgsql as $$
declare ids uuid[];
begin
  if tg_op = 'DELETE' then select array_agg(id) into ids from old_rows; else select array_agg(id) into ids from new_rows; end if;
  perform sync.mark('my_offer', ids), sync.mark('offer_lead', ids);
  return null;
end $$;
call private.track('app.offer', 'private.mark_offer');

create function private.mark_waitlist_entry() returns trigger language plpgsql as $$
declare ids uuid[];
begin
  if tg_op = 'DELETE' then select array_agg(id) into ids from old_rows; else select array_agg(id) into ids from new_rows; end if;
  perform sync.mark('my_waitlist', ids), sync.mark('waitlist_lead', ids);
  return null;
end $$;
call private.track('app.waitlist_entry', 'private.mark_waitlist_entry');

create function private.mark_draft_assignment() returns trigger language plpgsql as $$
declare ids uuid[];
begin
  if tg_op = 'DELETE' then select array_agg(id) into ids from old_rows; else select array_agg(id) into ids from new_rows; end if;
  perform sync.mark('draft_assignment', ids);
  return null;
end $$;
call private.track('app.draft_assignment', 'private.mark_draft_assignment');

create function private.mark_roster() returns trigger language plpgsql as $$
declare ids uuid[];
begin
  if tg_op = 'DELETE' then select array_agg(id) into ids from old_rows; else select array_agg(id) into ids from new_rows; end if;
  perform sync.mark('roster', ids);
  return null;
end $$;
call private.track('app.roster', 'private.mark_roster');

-- Opening or closing a call-out moves its shifts in or out of the community's open scope.
create function private.mark_callout() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then perform sync.mark('callout', array(select id from old_rows)); return null; end if;
  perform sync.mark('callout', array(select id from new_rows));
  if tg_op = 'UPDATE' then
    perform sync.mark('shift', array(select s.id from app.shift s join new_rows n on n.id = s.callout_id join old_rows o on o.id = n.id
      where (n.state in ('open', 'filled')) <> (o.state in ('open', 'filled'))));
    -- a request names ground and document of the mode, and another mode may have others
    perform sync.mark('my_offer', array(select f.id from app.offer f join new_rows n on n.id = f.callout_id join old_rows o on o.id = n.id
      where n.mode_id is distinct from o.mode_id));
  end if;
  return null;
end $$;
call private.track('app.callout', 'private.mark_callout');

create function private.mark_mode() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then perform sync.mark('mode', array(select id from old_rows)); else perform sync.mark('mode', array(select id from new_rows)); end if;
  return null;
end $$;
call private.track('app.mode', 'private.mark_mode');

create function private.mark_event() returns trigger language plpgsql as $$
begin
  perform sync.mark('lead_event', array(select id from new_rows where kind in
    ('no_relief', 'disputed', 'mode_expiring', 'mode_expired', 'left_community', 'account_closed', 'help_request')));
  return null;
end $$;
create trigger marks_insert after insert on app.event referencing new table as new_rows for each statement execute function private.mark_event();

create function private.mark_result() returns trigger language plpgsql as $$
begin
  perform sync.mark('verdict', array(select mutation_id from new_rows where code is not null));
  perform sync.mark('dead_letter', array(select mutation_id from new_rows where status = 'failed'));
  return null;
end $$;
create trigger marks_insert after insert on sync.result referencing new table as new_rows for each statement execute function private.mark_result();
create trigger marks_update after update on sync.result referencing new table as new_rows for each statement execute function private.mark_result();
