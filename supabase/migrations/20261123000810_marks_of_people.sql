-- What becomes dirty when a person, his rights, a post or a place changes; marks of duty stand in *_marks.sql.

create function private.mark_login() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then perform sync.mark('me', array(select id from old_rows)); return null; end if;
  perform sync.mark('me', array(select id from new_rows));
  if tg_op = 'UPDATE' then
    perform private.mark_names(array_agg(o.name), array(select r.id from app.responder r where r.login_id = any (array_agg(o.id))), array_agg(o.id))
    from new_rows n join old_rows o using (id) where n.name <> o.name having count(*) > 0;
  end if;
  return null;
end $$;
call private.track('app.login', 'private.mark_login');

-- A new name shows wherever the person is named; a login gained or lost brings or takes his cards.
create function private.mark_responder() returns trigger language plpgsql as $$
declare renamed uuid[]; names text[]; moved uuid[];
begin
  if tg_op = 'DELETE' then perform sync.mark('responder_lead', array(select id from old_rows)); return null; end if;
  perform private.mark_people(array(select id from new_rows));
  if tg_op = 'UPDATE' then
    select array_agg(n.id) filter (where n.name <> o.name), array_agg(o.name) filter (where n.name <> o.name),
      array_agg(n.id) filter (where n.login_id is distinct from o.login_id) into renamed, names, moved from new_rows n join old_rows o using (id);
    if renamed is not null then
      -- cards of the same shift are projected under its lock
      perform from app.shift where id in (select shift_id from app.assignment where responder_id = any (renamed)) order by id for no key update;
      perform private.mark_names(names, renamed, array(select login_id from old_rows where id = any (renamed) and login_id is not null));
    end if;
    if moved is null then return null; end if;
    perform sync.mark('my_assignment', array(select id from app.assignment where responder_id = any (moved)));
    perform sync.mark('my_offer', array(select id from app.offer where responder_id = any (moved)));
    perform sync.mark('my_waitlist', array(select id from app.waitlist_entry where responder_id = any (moved)));
    perform sync.mark('dead_letter', array(select v.mutation_id from sync.result v join old_rows o on o.login_id = v.login_id where o.id = any (moved) and v.status = 'failed'));
    perform sync.mark('me', array(select login_id from old_rows where id = any (moved) and login_id is not null));
  end if;
  return null;
end $$;
call private.track('app.responder', 'private.mark_responder');

-- The names of a person's unit and party organisation show on his record.
create function private.mark_affiliation() returns trigger language plpgsql as $$
begin
  perform private.mark_people(array(select r.id from app.responder r join new_rows n on n.id = case tg_table_name when 'partner_unit' then r.partner_unit_id else r.party_org_id end));
  return null;
end $$;
create trigger marks_update after update on app.partner_unit referencing new table as new_rows for each statement execute function private.mark_affiliation();
create trigger marks_update after update on app.party_org referencing new table as new_rows for each statement execute function private.mark_affiliation();

-- Tables that hang on a responder: contact, consent, report-in, invitation.
create function private.mark_responder_part() returns trigger language plpgsql as $$
declare ids uuid[];
begin
  if tg_op = 'DELETE' then select array_agg(distinct responder_id) into ids from old_rows where responder_id is not null;
  else select array_agg(distinct responder_id) into ids from new_rows where responder_id is not null; end if;
  perform private.mark_people(ids);
  return null;
end $$;
call private.track('app.responder_contact', 'private.mark_responder_part');
call private.track('app.consent', 'private.mark_responder_part');
call private.track('app.invitation', 'private.mark_responder_part');

create function private.mark_report_in() returns trigger language plpgsql as $$
declare ids uuid[]; communities uuid[];
begin
  if tg_op = 'DELETE' then select array_agg(distinct responder_id), array_agg(distinct community_id) into ids, communities from old_rows;
  else select array_agg(distinct responder_id), array_agg(distinct community_id) into ids, communities from new_rows; end if;
  perform private.mark_people(ids);
  perform from app.org_unit where id = any (communities) order by id for no key update;
  perform sync.mark('community_sum', communities);
  return null;
end $$;
call private.track('app.report_in', 'private.mark_report_in');

create function private.mark_role_grant() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then perform private.mark_logins(array(select login_id from old_rows)); else perform private.mark_logins(array(select login_id from new_rows)); end if;
  return null;
end $$;
call private.track('app.role_grant', 'private.mark_role_grant');

-- A changed task card reaches the cards of people who serve there, are asked, or wait; their shifts are locked first. What is over stays as it was.
create function private.mark_cards_at(p_posts uuid[]) returns void language plpgsql as $$
declare coming uuid[];
begin
  select array_agg(s.id) into coming from (select id from app.shift where post_id = any (p_posts) and ends_at > now() order by id for no key update) s;
  perform sync.mark('my_assignment', array(select id from app.assignment where shift_id = any (coming)));
  perform sync.mark('my_offer', array(select id from app.offer where shift_id = any (coming)));
  perform sync.mark('my_waitlist', array(select id from app.waitlist_entry where shift_id = any (coming)));
  perform sync.mark('shift_count', coming);
end $$;

create function private.mark_post() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then perform sync.mark('post', array(select id from old_rows)); return null; end if;
  perform sync.mark('post', array(select id from new_rows));
  if tg_op = 'UPDATE' then perform private.mark_cards_at(array(select id from new_rows)); end if;
  return null;
end $$;
call private.track('app.post', 'private.mark_post');

-- A unit's name, duty line and place in the tree show on cards, on people's homes and in everybody's own record.
create function private.mark_places(p_shown uuid[], p_renamed uuid[], p_moved uuid[]) returns void language plpgsql as $$
declare people uuid[];
begin
  if p_shown is null and p_moved is null then return; end if;
  perform private.mark_cards_at(array(select p.id from app.post p join app.org_unit u on u.id = p.org_unit_id
    where u.id = any (p_shown || p_moved) or u.community_id = any (p_shown) or u.parent_id = any (p_renamed)));
  select array_agg(r.id) into people from (select r.id from app.responder r join app.org_unit h on h.id = r.home_building_id
    where h.id = any (p_moved || p_renamed) or h.parent_id = any (p_renamed) order by r.id for no key update of r) r;
  perform sync.mark('responder_lead', people);
  perform sync.mark('community_sum', array(select id from app.org_unit where parent_id = any (p_renamed) and level = 'community'));
  perform private.mark_logins(array(
    select g.login_id from app.role_grant g join app.org_unit u on u.id = g.org_unit_id where u.id = any (p_shown || p_moved) or u.parent_id = any (p_renamed)
    union select r.login_id from app.report_in ri join app.responder r on r.id = ri.responder_id join app.org_unit u on u.id = ri.community_id
    where r.login_id is not null and (u.id = any (p_shown || p_moved) or u.parent_id = any (p_renamed))));
end $$;

create function private.mark_org_unit() returns trigger language plpgsql as $$
declare ids uuid[]; communities uuid[]; shown uuid[]; renamed uuid[]; moved uuid[];
begin
  if tg_op = 'DELETE' then select array_agg(id), array_agg(distinct community_id) into ids, communities from old_rows;
  else select array_agg(id), array_agg(distinct community_id) into ids, communities from new_rows; end if;
  if ids is null then return null; end if;
  perform from app.org_unit where id = any (communities) order by id for no key update;
  insert into sync.pending (tbl, pks) values ('org_unit', ids), ('door', ids), ('community_sum', array_remove(communities, null));
  perform sync.mark('mode', array(select m.id from app.mode m where m.state = 'open' or m.org_unit_id = any (ids)));
  if tg_op = 'UPDATE' then
    select array_agg(n.id) filter (where (n.name, n.duty_line) is distinct from (o.name, o.duty_line)), array_agg(n.id) filter (where n.name <> o.name),
      array_agg(n.id) filter (where n.path::text <> o.path::text) into shown, renamed, moved from new_rows n join old_rows o using (id);
    perform private.mark_places(shown, renamed, moved);
  end if;
  return null;
end $$;
call private.track('app.org_unit', 'private.mark_org_unit');

-- Whether the data is a demo shows in everybody's own record.
create function private.mark_setting() returns trigger language plpgsql as $$
begin
  if exists (select from new_rows where key = 'data') then perform private.mark_logins(array(select id from app.login)); end if;
  return null;
end $$;
create trigger marks_insert after insert on app.setting referencing new table as new_rows for each statement execute function private.mark_setting();
create trigger marks_update after update on app.setting referencing new table as new_rows for each statement execute function private.mark_setting();
