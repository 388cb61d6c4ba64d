-- Adds a party organisation, or changes one: who keeps the node says that it was formed or is proposed (成立党组织). A node
-- keeps at most 500. A 临时党组织 is formed for a call-out that runs.
select private.learn_shape('save_party_org', '{"party_org_id":"id","keeper_id":"id","name":"text 200",
  "kind":"one work_committee committee general_branch branch joint_branch group temporary",
  "state":"one proposed formed","org_unit_id":"id","partner_unit_id":"id","parent_id":"id","covers":["id",200],
  "formed_on":"text 10","callout_id":"id"}');

create function mutator.save_party_org(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  x app.party_org;
  old app.party_org;
  v_field text;
  v_twin uuid;
begin
  x := jsonb_populate_record(null::app.party_org, p_args - 'covers' - 'formed_on');
  x.id := private.try_uuid(p_args ->> 'party_org_id');
  x.name := trim(private.strip_numbers(p_args ->> 'name'));
  x.formed_on := private.try_day(p_args ->> 'formed_on', p_actor.now);
  perform private.require_keeper(p_actor, x.keeper_id);
  if x.id is null then return private.invalid('party_org_id'); end if;
  if p_args ->> 'formed_on' is not null and x.formed_on is null then return private.invalid('formed_on'); end if;
  -- another name shows on its people, who are locked before organisations, as everywhere
  perform from app.responder r
  where r.party_org_id in (select o.id from app.party_org o where o.id = x.id and o.name <> x.name)
  order by r.id for no key update;
  perform from app.org_unit where id = x.keeper_id for no key update;
  perform from app.partner_unit where id = x.partner_unit_id for no key update;
  -- the one above, too: it must not close before its branch is there
  perform from app.party_org where id in (x.id, x.parent_id) order by id for no key update;
  select * into old from app.party_org where id = x.id;
  if old.keeper_id <> x.keeper_id then return private.refused('forbidden'); end if;
  if not private.is_live(old.state) then return private.refused('wrong_state'); end if;
  x.state := coalesce(x.state, old.state, 'formed');
  v_field := private.fault_of_party_org(x);
  if v_field is not null then return private.invalid(v_field); end if;
  if x.callout_id is distinct from old.callout_id and not exists (
    select from app.callout c
    where c.id = x.callout_id and c.community_id = x.keeper_id and c.state in ('open', 'filled')) then
    return private.refused('not_open');
  end if;
  v_twin := private.party_org_twin(x);
  if v_twin is not null then return private.refused('name_taken', jsonb_build_object('id', v_twin)); end if;
  if old.id is null and (
    select count(*) from app.party_org where keeper_id = x.keeper_id and private.is_live(state)) >= 500 then
    return private.refused('over_capacity');
  end if;
  insert into app.party_org (id, name, kind, state, keeper_id, org_unit_id, partner_unit_id, parent_id, callout_id,
    formed_on, created_at, created_by)
  values (x.id, x.name, x.kind, x.state, x.keeper_id, x.org_unit_id, x.partner_unit_id, x.parent_id, x.callout_id,
    x.formed_on, p_actor.now, p_actor.login_id)
  on conflict (id) do update
  set name = excluded.name, kind = excluded.kind, state = excluded.state, org_unit_id = excluded.org_unit_id,
    partner_unit_id = excluded.partner_unit_id, parent_id = excluded.parent_id, callout_id = excluded.callout_id,
    formed_on = excluded.formed_on;
  perform private.set_covers(x, private.ids_of(p_args -> 'covers'), p_actor.login_id);
  perform private.log_event(p_actor, 'party_org_saved', private.community_or_null(x.keeper_id), null, null, x.id,
    x.state::text);
  return private.applied();
end $$;

-- Sets which places beside its own an organisation looks after; places of other nodes are left out.
create function private.set_covers(p_org app.party_org, p_places uuid[], p_by uuid) returns void language plpgsql as $$
begin
  delete from app.party_cover where party_org_id = p_org.id and org_unit_id <> all (p_places);
  insert into app.party_cover (party_org_id, org_unit_id, created_by)
  select p_org.id, u.id, p_by from app.org_unit u
  where u.id = any (p_places) and private.is_in_community(u.level) and private.lies_in(u.id, p_org.keeper_id)
  on conflict do nothing;
end $$;
