-- How far the set-up of a community has come: what is there, as counts. It names nobody, so an admin may read it.
create function private.setup_progress(p_community uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare me uuid := private.require_login();
begin
  if not (private.is_admin(me) or private.coordinates(me, p_community)) then return private.no('forbidden'); end if;
  return private.ok(jsonb_build_object(
    'coordinator', case
      when private.coordinators_of(p_community) <> '{}' then 'active'
      when exists (
        select from app.invitation i
        where i.org_unit_id = p_community and i.role = 'coordinator' and i.used_at is null and i.revoked_at is null
          and i.expires_at > now()) then 'invited'
      else 'none' end,
    'buildings', (select count(*) from app.org_unit where community_id = p_community and level = 'building'),
    'posts', (select count(*) from app.post where community_id = p_community and ended_at is null),
    'people', (
      select count(*) from app.report_in where community_id = p_community and state <> 'ended'),
    'invited', (
      select count(*) from app.report_in ri
      where ri.community_id = p_community and ri.state <> 'ended' and (
        exists (select from app.responder r where r.id = ri.responder_id and r.login_id is not null)
        or exists (
          select from app.invitation i
          where i.responder_id = ri.responder_id and i.used_at is null and i.revoked_at is null))),
    'rosters', (select count(*) from app.roster where community_id = p_community and state = 'published')));
end $$;
create function api.setup_progress(p_community_id uuid) returns jsonb language sql stable as $$
  select private.setup_progress(p_community_id)
$$;
