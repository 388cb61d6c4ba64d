-- Party organisations as the node that keeps them sees them, with their posts: who holds one, who held it, and with
-- that since when one stands empty. Ended ones stay, because the tree tells where an organisation comes from.
create view projection.party_org as
  select o.id as pk, array['desk:' || o.keeper_id] as scopes, jsonb_build_object(
    'id', o.id, 'keeper_id', o.keeper_id, 'name', o.name, 'kind', o.kind, 'state', o.state,
    'org_unit_id', o.org_unit_id, 'partner_unit_id', o.partner_unit_id, 'parent_id', o.parent_id,
    'callout_id', o.callout_id, 'formed_on', o.formed_on, 'ended_on', o.ended_on, 'merged_into', o.merged_into,
    'covers', (
      select coalesce(jsonb_agg(c.org_unit_id order by c.org_unit_id), '[]') from app.party_cover c
      where c.party_org_id = o.id),
    'members', (
      select count(*) from app.responder r
      where r.party_org_id = o.id and exists (
        select from app.report_in i where i.responder_id = r.id and i.state = 'confirmed')),
    'posts', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', t.id, 'post', t.post, 'name', t.name, 'responder_id', t.responder_id, 'starts_on', t.starts_on,
        'ends_on', t.ends_on) order by t.starts_on desc, t.id), '[]')
      from (
        select p.*, coalesce(r.name, p.holder) as name from app.party_post p
        left join app.responder r on r.id = p.responder_id
        where p.party_org_id = o.id
        order by p.ends_on desc nulls first, p.starts_on desc, p.id limit 20) t)) as data
  from app.party_org o;

-- An organisation that nobody leads, as the street above its community sees it: its name and since when; no person. The
-- street's page shows a vacancy of thirty days (src/domain/partyTree.ts).
create view projection.party_gap as
  select o.id as pk, array['desk:' || c.parent_id] as scopes, jsonb_build_object(
    'id', o.id, 'community_id', c.id, 'community_name', c.name, 'name', o.name, 'kind', o.kind,
    'since', coalesce(
      (select max(p.ends_on) from app.party_post p
        where p.party_org_id = o.id and p.post = private.leading_post(o.kind)),
      o.formed_on, private.day_of(o.created_at))) as data
  from app.party_org o
  join app.org_unit c on c.id = o.keeper_id and c.level = 'community' and c.parent_id is not null
  where o.state = 'formed' and o.kind <> 'temporary' and not exists (
    select from app.party_post p
    where p.party_org_id = o.id and p.post = private.leading_post(o.kind) and p.ends_on is null);

-- Marks organisations, locked in the order of their ids: the posts and members they show are other rows.
create function private.mark_party_orgs(p_ids uuid[]) returns void language plpgsql as $$
begin
  perform from app.party_org where id = any (p_ids) order by id for no key update;
  perform sync.mark('party_org', p_ids), sync.mark('party_gap', p_ids);
end $$;

create function private.mark_party_org() returns trigger language plpgsql as $$
declare v_ids uuid[];
begin
  if tg_op = 'DELETE' then select array_agg(id) into v_ids from old_rows;
  else select array_agg(id) into v_ids from new_rows; end if;
  perform sync.mark('party_org', v_ids), sync.mark('party_gap', v_ids);
  if tg_op <> 'DELETE' then
    perform private.mark_units(array(select partner_unit_id from new_rows where partner_unit_id is not null));
  end if;
  if tg_op <> 'INSERT' then
    perform private.mark_units(array(select partner_unit_id from old_rows where partner_unit_id is not null));
  end if;
  return null;
end $$;
call private.track('app.party_org', 'private.mark_party_org');

create function private.mark_party_part() returns trigger language plpgsql as $$
declare v_ids uuid[];
begin
  if tg_op = 'DELETE' then select array_agg(distinct party_org_id) into v_ids from old_rows;
  else select array_agg(distinct party_org_id) into v_ids from new_rows; end if;
  perform private.mark_party_orgs(v_ids);
  return null;
end $$;
call private.track('app.party_cover', 'private.mark_party_part');
call private.track('app.party_post', 'private.mark_party_part');
