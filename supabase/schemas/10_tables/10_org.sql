-- Where: the tree of units from city to building.

-- One node of the tree. `path`, `community_id` and a building's `door_code` are kept by the trigger below.
create table app.org_unit (
  id uuid primary key,
  code text unique, -- the official division code, where there is one
  level app.org_level not null,
  name text not null check (length(name) between 1 and 80),
  parent_id uuid references app.org_unit,
  path extensions.ltree not null,
  community_id uuid references app.org_unit,
  duty_line text check (length(duty_line) <= 40),
  door_code text unique,
  sort int not null default 0,
  batch_id uuid,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  constraint org_unit_door_only_on_buildings check ((level = 'building') = (door_code is not null)));
create index org_unit_parent on app.org_unit (parent_id);
create index org_unit_community on app.org_unit (community_id);
create index org_unit_path on app.org_unit using gist (path);
alter table app.org_unit enable row level security;

-- Sets path, community and door code, and refuses a parent of the wrong level.
create function private.place_org_unit() returns trigger language plpgsql as $$
declare p app.org_unit;
begin
  if new.parent_id is not null then
    select * into p from app.org_unit where id = new.parent_id;
    if not private.is_above(p.level, new.level)
      or (new.level in ('grid', 'estate', 'building') and private.is_above(p.level, 'community'))
      or (new.level = 'building' and p.level not in ('estate', 'grid', 'community')) then
      raise exception 'a % cannot lie in a %', new.level, p.level using errcode = '23514';
    end if;
  end if;
  new.path := extensions.text2ltree(coalesce(p.path::text || '.', '') || replace(new.id::text, '-', ''));
  new.community_id := case when new.level = 'community' then new.id else p.community_id end;
  if new.level = 'building' and new.door_code is null then new.door_code := private.random_code(10); end if;
  return new;
end $$;
create trigger org_unit_place before insert or update of parent_id, level on app.org_unit
  for each row execute function private.place_org_unit();

-- Notes when somebody last changed the unit itself. A unit that only moves along with its parent has not changed.
create function private.touch_org_unit() returns trigger language plpgsql as $$
begin
  new.updated_at := clock_timestamp();
  return new;
end $$;
create trigger org_unit_touch before update on app.org_unit
  for each row when ((old.name, old.duty_line, old.parent_id, old.door_code)
    is distinct from (new.name, new.duty_line, new.parent_id, new.door_code))
  execute function private.touch_org_unit();

-- Moves the subtree of a moved unit: an update of each child makes org_unit_place set its path again, level by level.
create function private.move_org_subtree() returns trigger language plpgsql as $$
begin
  update app.org_unit set parent_id = parent_id where parent_id = new.id;
  return null;
end $$;
create trigger org_unit_move after update of parent_id on app.org_unit
  for each row when (old.path::text is distinct from new.path::text) execute function private.move_org_subtree();

-- A unit with the name that cards show ("梧桐苑 6栋"), its estate, and the duty line of the unit or its community.
create view private.place as
  select u.id, u.community_id, u.level, u.path,
    case when u.level = 'building' and p.level in ('estate', 'grid') then p.name || ' ' || u.name
      else u.name end as name,
    case when p.level = 'estate' then p.id when u.level = 'estate' then u.id end as estate_id,
    c.name as community_name, coalesce(u.duty_line, c.duty_line) as duty_line
  from app.org_unit u
  left join app.org_unit p on p.id = u.parent_id
  left join app.org_unit c on c.id = u.community_id;

-- For the pickers of the setup screens: the units from community up that lie in p_parent (null: at the top), as far as
-- the caller has a say there. An admin sees all; others see what their roles as officers reach, and the units above
-- one where they hold any role.
create function private.units_below(p_parent uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare me uuid := private.require_login();
begin
  return private.ok(jsonb_build_object('units', (
    select coalesce(jsonb_agg(jsonb_build_object(
        'id', u.id, 'code', u.code, 'level', u.level, 'name', u.name, 'parent_id', u.parent_id)
      order by u.code nulls last, u.sort), '[]')
    from app.org_unit u
    where not private.is_in_community(u.level)
      and u.parent_id is not distinct from p_parent
      and (private.is_admin(me)
        or private.reaches(me, u.id, '{street_officer,district_officer,city_officer}')
        or exists (
          select from app.org_unit d
          join app.role_grant g on g.org_unit_id = d.id
          where g.login_id = me and d.path operator(extensions.<@) u.path)))));
end $$;
