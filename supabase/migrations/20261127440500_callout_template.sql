-- Templates of call-outs (R4): what a community has made of 台风, 暴雪, 停水停电, 防疫, 防汛 and 消防排查, or of its own. The six stand in the app; a row is an edition.
create type app.shift_pattern as enum ('8x3', '6x4', '4x6', '3x8', '2x12', 'day');
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

create view projection.callout_template as
  select t.id as pk, array['lead:' || t.community_id] as scopes, jsonb_build_object('id', t.id, 'community_id', t.community_id, 'key', t.key, 'name', t.name, 'ground', t.ground,
    'kind', t.kind, 'capacity', t.capacity, 'pattern', t.pattern, 'task', t.task, 'kit', t.kit) as data
  from app.callout_template t;
create function private.mark_callout_template() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then perform sync.mark('callout_template', array(select id from old_rows)); else perform sync.mark('callout_template', array(select id from new_rows)); end if;
  return null;
end $$;
call private.track('app.callout_template', 'private.mark_callout_template');

-- Keeps the form as the community's edition of a template; the newest word counts.
create function mutator.save_template(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare v_community uuid := private.try_uuid(p_args ->> 'community_id'); v_id uuid := private.try_uuid(p_args ->> 'template_id');
begin
  perform private.require_coordinator(p_actor, v_community);
  if v_id is null then return private.invalid('template_id'); end if;
  if exists (select from app.callout_template where id = v_id and community_id <> v_community) then return private.refused('forbidden'); end if;
  perform from app.org_unit where id = v_community for no key update;
  if not exists (select from app.callout_template where community_id = v_community and key = p_args ->> 'key')
    and (select count(*) from app.callout_template where community_id = v_community) >= 20 then return private.refused('over_capacity'); end if;
  insert into app.callout_template (id, community_id, key, name, ground, kind, capacity, pattern, task, kit, updated_at, updated_by)
  values (v_id, v_community, p_args ->> 'key', trim(p_args ->> 'name'), trim(p_args ->> 'ground'), (p_args ->> 'kind')::app.post_kind, (p_args ->> 'capacity')::int, (p_args ->> 'pattern')::app.shift_pattern,
    private.plain_words(p_args ->> 'task'), left(private.plain_words(p_args ->> 'kit'), 100), p_actor.now, p_actor.login_id)
  on conflict on constraint callout_template_one_of_a_key do update set name = excluded.name, ground = excluded.ground, kind = excluded.kind, capacity = excluded.capacity,
    pattern = excluded.pattern, task = excluded.task, kit = excluded.kit, updated_at = excluded.updated_at, updated_by = excluded.updated_by;
  return private.applied();
end $$;

-- Forgets an edition: one of the six is as it was, an own one is gone.
create function mutator.drop_template(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare t app.callout_template;
begin
  select * into t from app.callout_template where id = private.try_uuid(p_args ->> 'template_id') for no key update;
  if not found then return private.applied('already'); end if;
  perform private.require_coordinator(p_actor, t.community_id);
  delete from app.callout_template where id = t.id;
  return private.applied();
end $$;
select private.learn_mutators();
select private.learn_projections();
select private.apply_grants();
