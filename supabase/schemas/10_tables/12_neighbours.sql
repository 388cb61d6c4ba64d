-- The organisations that live in a community: partner units and party organisations (G1, G2). Each is kept by one node
-- of the tree, its keeper: a community, or the street, district or city above.

-- A partner unit (驻区单位 / 两新组织): an employer or organisation that sends people. An office (机关部门) is one, too.
create table app.partner_unit (
  id uuid primary key,
  name text not null check (length(name) between 1 and 80),
  kind app.partner_unit_kind not null default 'unknown', -- unknown: a list named it
  state app.partner_unit_state not null default 'active',
  org_unit_id uuid not null references app.org_unit, -- the keeper
  place_id uuid references app.org_unit, -- the grid, estate or building where it sits
  address text check (length(address) <= 100),
  line text check (length(line) <= 40), -- the number of its office
  contact_id uuid, -- who in the community keeps in touch with it (社区联系人)
  wall_code text unique, -- the code on the wall of a 党群服务中心
  ended_on date,
  merged_into uuid references app.partner_unit,
  batch_id uuid,
  created_at timestamptz not null default now(),
  created_by uuid,
  unique (org_unit_id, name),
  constraint partner_unit_ends check ((state = 'ended') = (ended_on is not null)),
  constraint partner_unit_wall check ((kind = 'service_centre') = (wall_code is not null)));
create index partner_unit_place on app.partner_unit (place_id) where place_id is not null;
alter table app.partner_unit enable row level security;

-- Gives a 党群服务中心 its code, and takes it from a unit that is none any more.
create function private.set_wall_code() returns trigger language plpgsql as $$
begin
  new.wall_code := case when new.kind = 'service_centre' then coalesce(new.wall_code, private.random_code(10)) end;
  return new;
end $$;
create trigger partner_unit_wall_code before insert or update of kind on app.partner_unit
  for each row execute function private.set_wall_code();

-- A party organisation (党组织), of a node of the tree or of a partner unit. Two under different parents may have one
-- name (第一党小组), so a name is not unique.
create table app.party_org (
  id uuid primary key,
  name text not null check (length(name) between 1 and 80),
  kind app.party_org_kind not null default 'branch',
  state app.party_org_state not null default 'formed',
  keeper_id uuid not null references app.org_unit,
  org_unit_id uuid references app.org_unit,
  partner_unit_id uuid references app.partner_unit,
  parent_id uuid references app.party_org,
  callout_id uuid, -- of a 临时党组织: the call-out it was formed for, and ends with
  formed_on date,
  ended_on date,
  merged_into uuid references app.party_org,
  batch_id uuid,
  created_at timestamptz not null default now(),
  created_by uuid,
  constraint party_org_hangs_on_one check (num_nonnulls(org_unit_id, partner_unit_id) = 1),
  constraint party_org_ends check ((state in ('merged', 'closed')) = (ended_on is not null)),
  constraint party_org_is_merged check ((state = 'merged') = (merged_into is not null)),
  constraint party_org_is_temporary check ((kind = 'temporary') = (callout_id is not null)));
create index party_org_keeper on app.party_org (keeper_id, name);
create index party_org_parent on app.party_org (parent_id) where parent_id is not null;
create index party_org_unit on app.party_org (partner_unit_id) where partner_unit_id is not null;
alter table app.party_org enable row level security;

-- Places that an organisation looks after beside the one it hangs on: the buildings of a 党小组.
create table app.party_cover (
  party_org_id uuid not null references app.party_org on delete cascade,
  org_unit_id uuid not null references app.org_unit on delete cascade,
  created_at timestamptz not null default now(),
  created_by uuid,
  primary key (party_org_id, org_unit_id));
create index party_cover_place on app.party_cover (org_unit_id);
alter table app.party_cover enable row level security;
