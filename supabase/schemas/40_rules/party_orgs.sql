-- Party organisations (党组织): what may hang where, and what ends with them.

-- Does the organisation exist still: proposed or formed, neither merged nor closed?
create function private.is_live(p_state app.party_org_state) returns boolean
language sql immutable parallel safe as $$
  select p_state in ('proposed', 'formed')
$$;

-- The post that leads an organisation of this kind: 组长 of a 党小组, 书记 of all others.
create function private.leading_post(p_kind app.party_org_kind) returns app.party_post_kind
language sql immutable parallel safe as $$
  select case p_kind when 'group' then 'group_leader' else 'secretary' end::app.party_post_kind
$$;

-- The organisation and all above it, as far as they are known.
create function private.party_line(p_org uuid) returns setof uuid language sql stable as $$
  with recursive line as (
    select o.id, o.parent_id from app.party_org o where o.id = p_org
    union
    select o.id, o.parent_id from line l join app.party_org o on o.id = l.parent_id)
  select id from line
$$;

-- The first field of an organisation that cannot be taken; null when all can. Its parent is kept by the same node, or
-- by one above it, as the 党工委 of the street is above a community's 党委. It is never one of its own branches.
create function private.fault_of_party_org(x app.party_org) returns text language plpgsql stable as $$
declare p app.party_org;
begin
  if length(coalesce(x.name, '')) not between 1 and 80 then return 'name'; end if;
  if x.kind is null then return 'kind'; end if;
  if num_nonnulls(x.org_unit_id, x.partner_unit_id) <> 1 then return 'org_unit_id'; end if;
  if x.org_unit_id is not null and not private.lies_in(x.org_unit_id, x.keeper_id) then return 'org_unit_id'; end if;
  if x.partner_unit_id is not null and not exists (
    select from app.partner_unit u
    where u.id = x.partner_unit_id and u.org_unit_id = x.keeper_id and u.state = 'active') then
    return 'partner_unit_id';
  end if;
  if x.parent_id is not null then
    select * into p from app.party_org where id = x.parent_id;
    if p.id is null or not private.is_live(p.state) or x.id in (select private.party_line(p.id))
      or not exists (
        select from app.org_unit k
        join app.org_unit a on k.path operator(extensions.<@) a.path
        where k.id = x.keeper_id and a.id = p.keeper_id) then
      return 'parent_id';
    end if;
  end if;
  if (x.kind = 'temporary') <> (x.callout_id is not null) then return 'callout_id'; end if;
  return null;
end $$;

-- Another living organisation with this name under the same parent; null if there is none.
create function private.party_org_twin(x app.party_org) returns uuid language sql stable as $$
  select o.id from app.party_org o
  where o.keeper_id = x.keeper_id and o.parent_id is not distinct from x.parent_id and o.name = x.name
    and o.id <> x.id and private.is_live(o.state)
  limit 1
$$;

-- Ends an organisation on a day: its posts end, and its members go to the one it is merged into, or to the one above.
create function private.close_party_org(p_org app.party_org, p_into uuid, p_day date) returns void
language plpgsql as $$
begin
  update app.party_post set ends_on = greatest(starts_on, p_day) where party_org_id = p_org.id and ends_on is null;
  perform from app.responder where party_org_id = p_org.id order by id for no key update;
  update app.responder set party_org_id = coalesce(p_into, p_org.parent_id), updated_at = clock_timestamp()
  where party_org_id = p_org.id;
  update app.party_org set state = case when p_into is null then 'closed' else 'merged' end::app.party_org_state,
    merged_into = p_into, ended_on = p_day
  where id = p_org.id;
end $$;

-- When a call-out is stood down, the 临时党组织 formed for its team end with it.
create function private.close_temporary_orgs() returns trigger language plpgsql as $$
declare o app.party_org;
begin
  perform from app.responder r
  where r.party_org_id in (
    select p.id from app.party_org p join new_rows n on n.id = p.callout_id where n.state in ('stood_down', 'closed'))
  order by r.id for no key update;
  for o in
    select p.* from app.party_org p
    join new_rows n on n.id = p.callout_id
    where n.state in ('stood_down', 'closed') and private.is_live(p.state)
    order by p.id for no key update of p
  loop
    perform private.close_party_org(o, null, private.day_of(now()));
  end loop;
  return null;
end $$;
create trigger closes_temporary_orgs after update on app.callout referencing new table as new_rows
  for each statement execute function private.close_temporary_orgs();

-- Who leaves a list gives up what they held by it: posts, seats and being the contact of a unit, of their community and
-- of the street above it where they stand on no other list below. Who calls it holds these rows (private.lock_around).
create function private.give_up_posts(p_people uuid[], p_day date) returns void language plpgsql as $$
begin
  update app.partner_unit set contact_id = null
  where contact_id = any (p_people) and not private.is_listed_under(contact_id, org_unit_id);
  update app.party_post t set ends_on = greatest(t.starts_on, p_day)
  from app.party_org o
  where o.id = t.party_org_id and t.responder_id = any (p_people) and t.ends_on is null
    and not private.is_listed_under(t.responder_id, o.keeper_id);
  update app.seat set state = 'ended', since_on = p_day
  where responder_id = any (p_people) and state <> 'ended' and not private.is_listed_under(responder_id, council_id);
end $$;
