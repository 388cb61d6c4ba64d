-- Keeps the filled-in form as the community's edition of a template, in place of the edition of the same key. A
-- community keeps at most 20.
select private.learn_shape('save_template', '{"template_id":"id","community_id":"id","key":"text 36","name":"text 40",
  "ground":"text 100","kind":"one gate unit_door patrol supplies hotline","capacity":"int 1 12",
  "pattern":"one 8x3 6x4 4x6 3x8 2x12 day","task":"text 2000","kit":"text 2000"}');

create function mutator.save_template(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  v_community uuid := private.try_uuid(p_args ->> 'community_id');
  v_id uuid := private.try_uuid(p_args ->> 'template_id');
begin
  perform private.require_coordinator(p_actor, v_community);
  if v_id is null then return private.invalid('template_id'); end if;
  if exists (select from app.callout_template where id = v_id and community_id <> v_community) then
    return private.refused('forbidden');
  end if;
  perform from app.org_unit where id = v_community for no key update;
  if not exists (select from app.callout_template where community_id = v_community and key = p_args ->> 'key')
    and (select count(*) from app.callout_template where community_id = v_community) >= 20 then
    return private.refused('over_capacity');
  end if;
  insert into app.callout_template
    (id, community_id, key, name, ground, kind, capacity, pattern, task, kit, updated_at, updated_by)
  values (v_id, v_community, p_args ->> 'key', trim(p_args ->> 'name'), trim(p_args ->> 'ground'),
    (p_args ->> 'kind')::app.post_kind, (p_args ->> 'capacity')::int, (p_args ->> 'pattern')::app.shift_pattern,
    private.plain_words(p_args ->> 'task'), left(private.plain_words(p_args ->> 'kit'), 100),
    p_actor.now, p_actor.login_id)
  on conflict on constraint callout_template_one_of_a_key do update
  set name = excluded.name, ground = excluded.ground, kind = excluded.kind, capacity = excluded.capacity,
    pattern = excluded.pattern, task = excluded.task, kit = excluded.kit,
    updated_at = excluded.updated_at, updated_by = excluded.updated_by;
  return private.applied();
end $$;
