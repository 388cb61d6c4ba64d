-- Records without a login that other communities made for a number, paired with every login that has that number. A
-- record the login has refused is left out.
create view private.listing as
  select x.id as record_id, p.login_id, ri.community_id, ri.created_at
  from app.responder x
  join app.responder_contact xc on xc.responder_id = x.id
  join app.responder_contact pc on pc.phone = xc.phone and pc.responder_id <> x.id
  join app.responder p on p.id = pc.responder_id and p.login_id is not null and p.state <> 'closed'
  cross join lateral (
    select i.community_id, i.created_at from app.report_in i
    where i.responder_id = x.id and i.state <> 'ended'
    order by i.created_at, i.id limit 1) ri
  where x.login_id is null and x.joined_to is null and x.state = 'active'
    and not exists (select from app.join_refusal j where j.responder_id = x.id and j.login_id = p.login_id);

-- Which community asks whether its record is the person's own (R46): one row per record, for every login of its number.
-- It does not show the record's name. A login's number is only what its own community listed; the proof is the record's
-- link, and only that shows the name.
create view projection.my_listing as
  select l.record_id as pk, array_agg('user:' || l.login_id) as scopes, jsonb_build_object(
    'id', l.record_id, 'community_id', c.id, 'community_name', c.name, 'street_name', s.name,
    'at', l.created_at) as data
  from private.listing l
  join app.org_unit c on c.id = l.community_id
  left join app.org_unit s on s.id = c.parent_id
  group by l.record_id, l.created_at, c.id, c.name, s.name;

-- Marks every record that has one of these numbers.
create function private.mark_listings(p_phones text[]) returns void language plpgsql as $$
begin
  perform sync.mark('my_listing', array(select responder_id from app.responder_contact where phone = any (p_phones)));
end $$;

-- Marks by the numbers as they were and as they are, and the records that lose a number.
create function private.mark_listings_of_contacts() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    perform private.mark_listings(array(select phone from old_rows)),
      sync.mark('my_listing', array(select responder_id from old_rows));
  end if;
  if tg_op <> 'DELETE' then perform private.mark_listings(array(select phone from new_rows)); end if;
  return null;
end $$;
create trigger marks_listings_insert after insert on app.responder_contact referencing new table as new_rows
  for each statement execute function private.mark_listings_of_contacts();
create trigger marks_listings_update after update on app.responder_contact
  referencing new table as new_rows old table as old_rows
  for each statement execute function private.mark_listings_of_contacts();
create trigger marks_listings_delete after delete on app.responder_contact referencing old table as old_rows
  for each statement execute function private.mark_listings_of_contacts();

-- For changes of people, report-ins and refusals: marks by the numbers of the people concerned.
create function private.mark_listings_of_people() returns trigger language plpgsql as $$
declare v_people uuid[];
begin
  if tg_table_name = 'responder' then select array_agg(id) into v_people from new_rows;
  elsif tg_op = 'DELETE' then select array_agg(responder_id) into v_people from old_rows;
  else select array_agg(responder_id) into v_people from new_rows; end if;
  perform private.mark_listings(array(
    select phone from app.responder_contact where responder_id = any (v_people)));
  return null;
end $$;
create trigger marks_listings after update on app.responder referencing new table as new_rows
  for each statement execute function private.mark_listings_of_people();
create trigger marks_listings_insert after insert on app.report_in referencing new table as new_rows
  for each statement execute function private.mark_listings_of_people();
create trigger marks_listings_update after update on app.report_in referencing new table as new_rows
  for each statement execute function private.mark_listings_of_people();
create trigger marks_listings_delete after delete on app.report_in referencing old table as old_rows
  for each statement execute function private.mark_listings_of_people();
create trigger marks_listings_insert after insert on app.join_refusal referencing new table as new_rows
  for each statement execute function private.mark_listings_of_people();

-- A renamed unit shows in the listings of its communities, and in the events about rights that name it as their place.
create function private.mark_listings_of_places() returns trigger language plpgsql as $$
begin
  perform sync.mark('lead_event', array(
    select e.id from new_rows n
    join old_rows o using (id)
    join app.event e on e.detail ->> 'org_unit_id' = n.id::text
    where n.name <> o.name and e.kind in ('appointed', 'record_joined')));
  perform sync.mark('my_listing', array(
    select l.record_id from new_rows n
    join old_rows o using (id)
    join app.org_unit c on c.id = n.id or c.parent_id = n.id
    join private.listing l on l.community_id = c.id
    where c.level = 'community' and (n.name, n.parent_id) is distinct from (o.name, o.parent_id)));
  return null;
end $$;
create trigger marks_listings after update on app.org_unit referencing new table as new_rows old table as old_rows
  for each statement execute function private.mark_listings_of_places();
