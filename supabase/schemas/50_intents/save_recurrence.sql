-- Keeps a pattern of shifts that repeats at posts of a community, or changes one that is kept.
select private.learn_shape('save_recurrence', '{"recurrence_id":"id","community_id":"id","posts":["id",200],
  "days":"one all work rest","pattern":"one 8x3 6x4 4x6 3x8 2x12 day","starts":"text 5","capacity":"int 1 20"}');

create function mutator.save_recurrence(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  v_community uuid := private.try_uuid(p_args ->> 'community_id');
  v_id uuid := private.try_uuid(p_args ->> 'recurrence_id');
  v_posts uuid[] := private.ids_of(p_args -> 'posts');
begin
  perform private.require_coordinator(p_actor, v_community);
  if v_id is null then return private.invalid('recurrence_id'); end if;
  if not coalesce(p_args ->> 'starts' ~ '^([01]\d|2[0-3]):[0-5]\d$', false) then return private.invalid('starts'); end if;
  if exists (select from app.recurrence where id = v_id and community_id <> v_community) then
    return private.refused('forbidden');
  end if;
  if coalesce(cardinality(v_posts), 0) = 0 or exists (
    select from unnest(v_posts) x
    left join app.post p on p.id = x and p.community_id = v_community and p.ended_at is null
    where p.id is null) then
    return private.invalid('posts');
  end if;
  perform from app.org_unit where id = v_community for no key update;
  if not exists (select from app.recurrence where id = v_id)
    and (select count(*) from app.recurrence where community_id = v_community) >= 20 then
    return private.refused('over_capacity');
  end if;
  insert into app.recurrence as r (id, community_id, posts, days, pattern, starts, capacity, updated_at, updated_by)
  values (v_id, v_community, v_posts, (p_args ->> 'days')::app.recurrence_days,
    (p_args ->> 'pattern')::app.shift_pattern, (p_args ->> 'starts')::time, (p_args ->> 'capacity')::int,
    p_actor.now, p_actor.login_id)
  on conflict (id) do update
  set posts = excluded.posts, days = excluded.days, pattern = excluded.pattern, starts = excluded.starts,
    capacity = excluded.capacity, updated_at = excluded.updated_at, updated_by = excluded.updated_by
  where r.community_id = excluded.community_id;
  return private.applied();
end $$;
