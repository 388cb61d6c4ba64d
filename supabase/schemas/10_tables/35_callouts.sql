-- A call-out (红色防线) of a community. A real one belongs to a mode; a drill opens none.
create table app.callout (
  id uuid primary key,
  community_id uuid not null references app.org_unit,
  kind app.callout_kind not null,
  title text not null check (length(title) between 1 and 80),
  state app.callout_state not null default 'open',
  attention app.attention not null default 'none',
  policy jsonb not null,
  mode_id uuid references app.mode,
  opened_by uuid not null references app.login,
  opened_at timestamptz not null,
  stood_down_at timestamptz,
  stood_down_because text check (length(stood_down_because) <= 200),
  created_at timestamptz not null default now(),
  constraint callout_drill_opens_no_mode check ((kind = 'drill') = (mode_id is null)));
create index callout_community on app.callout (community_id) where state in ('open', 'filled');
create index callout_record on app.callout (community_id, opened_at);
alter table app.callout enable row level security;

-- Refuses every later change of the escalation policy: it is stamped when the call-out opens.
create function private.keep_policy() returns trigger language plpgsql as $$
begin
  raise exception 'the policy of a call-out never changes'
    using errcode = '23514', constraint = 'callout_policy_is_stamped';
end $$;
create trigger callout_policy_is_stamped before update on app.callout
  for each row when (old.policy is distinct from new.policy) execute function private.keep_policy();

-- A community's own template of a call-out (R4). The app brings six (台风, 暴雪, 停水停电, 防疫, 防汛, 消防排查); a row
-- replaces the one with its key, or is a template of the community's own, whose key is an id.
create table app.callout_template (
  id uuid primary key,
  community_id uuid not null references app.org_unit,
  key text not null check (key ~ '^[a-z_]{1,20}$' or private.try_uuid(key) is not null),
  name text not null check (length(name) between 1 and 20),
  ground text not null check (length(ground) between 1 and 60),
  kind app.post_kind not null,
  capacity int not null check (capacity between 1 and 12),
  pattern app.shift_pattern not null,
  task text not null default '' check (length(task) <= 200),
  kit text not null default '' check (length(kit) <= 100),
  updated_at timestamptz not null,
  updated_by uuid not null references app.login,
  constraint callout_template_one_of_a_key unique (community_id, key));
alter table app.callout_template enable row level security;
