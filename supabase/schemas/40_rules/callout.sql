-- The posts of a call-out, one per building: found by the template's name, or made from the template.
create function private.callout_posts(p_actor private.actor, p_community uuid, p_units uuid[], p_template jsonb)
returns setof uuid language plpgsql as $$
declare v_name text := private.strip_numbers(p_template ->> 'name'); -- as the table keeps it, or it is not found again
begin
  insert into app.post (id, org_unit_id, community_id, name, kind, task, kit, created_by)
  select private.uuid_v7(), u, p_community, v_name, (p_template ->> 'kind')::app.post_kind,
    p_template ->> 'task', p_template ->> 'kit', p_actor.login_id
  from unnest(p_units) u
  on conflict (org_unit_id, name) do nothing;
  return query select p.id from app.post p where p.org_unit_id = any (p_units) and p.name = v_name;
end $$;
