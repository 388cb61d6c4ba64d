-- 启动红色防线: opens the mode (unless it is a drill), the call-out with its stamped policy, its posts and shifts, and the
-- ladders with the first requests, all in one transaction. Slots that are over get no shifts, because nobody can serve
-- them any more; a call-out of nothing else is refused, as it would count as filled with nobody asked.
select private.learn_shape('open_callout', '{"callout_id":"id","community_id":"id","kind":"one real drill",
  "title":"text 80","ground":"text 100","document_no":"text 60",
  "mode_id":"id","mode_hours":"int 1 1000","org_unit_ids":["id",500],"capacity":"int 1 50","offer_min":"int 0 1000",
  "post":{"name":"text 40","kind":"one gate unit_door patrol supplies hotline","task":"text 500","kit":"text 200"},
  "slots":[{"starts_at":"time","ends_at":"time"},60],
  "policy":{"pace":"one waves everyone","ask_later":"one at_12h now","unit_max":"int 1 50","skill":"text 100",
  "steps":[{"level":"one building estate community street district","minutes":"int 1 240",
  "tiers":["one building estate community unit street",5]},5]}}');

create function mutator.open_callout(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  v_community uuid := private.try_uuid(p_args ->> 'community_id');
  v_id uuid := private.try_uuid(p_args ->> 'callout_id');
  v_units uuid[];
  m app.mode;
  v_slots jsonb;
  v_policy jsonb := private.policy_of(p_args -> 'policy', (p_args ->> 'offer_min')::int);
begin
  if v_id is null then return private.invalid('callout_id'); end if;
  perform private.require_coordinator(p_actor, v_community);
  -- the same call-out raised twice, by a second tap or a second tab, is one call-out
  if exists (select from app.callout where id = v_id and community_id = v_community) then
    return private.applied('already');
  end if;
  select array_agg(distinct u.id) into v_units
  from jsonb_array_elements_text(p_args -> 'org_unit_ids') x
  join app.org_unit u on u.id = private.try_uuid(x) and u.community_id = v_community;
  -- all of them or none: a building left out in silence is a gap nobody sees
  if v_units is null or cardinality(v_units) <> (
    select count(distinct x) from jsonb_array_elements_text(p_args -> 'org_unit_ids') x) then
    return private.invalid('org_unit_ids');
  end if;
  if coalesce(jsonb_array_length(p_args -> 'slots'), 0) not between 1 and 60 then
    return private.invalid('slots');
  end if;
  -- every phone of the community fetches every shift: 4,000 is what the form offers for 500 buildings, a day in 8 parts
  if cardinality(v_units) * jsonb_array_length(p_args -> 'slots') > 4000 then return private.invalid('slots'); end if;
  if v_policy is null then return private.invalid('policy'); end if;
  v_slots := private.not_over(p_args -> 'slots', p_actor.now);
  if jsonb_array_length(v_slots) = 0 then return private.refused('slots_over'); end if;
  if p_args ->> 'kind' = 'real' then
    if coalesce(p_args ->> 'ground', '') = '' then return private.invalid('ground'); end if;
    if coalesce(p_args ->> 'document_no', '') = '' then return private.invalid('document_no'); end if;
    perform from app.org_unit where id = v_community for no key update;
    m := private.mode_of(v_community);
    if m.id is null then
      perform private.start_mode(p_actor, (p_args ->> 'mode_id')::uuid, v_community, p_args ->> 'ground',
        p_args ->> 'document_no', coalesce((p_args ->> 'mode_hours')::int, 24));
      m.id := (p_args ->> 'mode_id')::uuid;
    end if;
  end if;
  insert into app.callout (id, community_id, kind, title, policy, mode_id, opened_by, opened_at)
  values (v_id, v_community, (p_args ->> 'kind')::app.callout_kind, p_args ->> 'title', v_policy, m.id,
    p_actor.login_id, p_actor.now);
  insert into app.shift
    (id, community_id, post_id, callout_id, starts_at, ends_at, capacity, state, requirement, created_by)
  select private.uuid_v7(), v_community, p, v_id, x.starts_at, x.ends_at, (p_args ->> 'capacity')::int, 'open',
    private.requirement_of(v_policy ->> 'skill'), p_actor.login_id
  from private.callout_posts(p_actor, v_community, v_units, p_args -> 'post') p
  cross join jsonb_to_recordset(v_slots) x(starts_at timestamptz, ends_at timestamptz);
  perform private.log_event(p_actor, 'callout_opened', v_community, null, null, v_id);
  return private.applied(null, jsonb_build_object('asked', private.raise_ladders(v_id, p_actor.now)));
end $$;

-- Those of some spans that still run or are to come. src/domain/span.ts has the same rule (tests/vectors/notOver.json).
create function private.not_over(p_spans jsonb, p_now timestamptz) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(x.span order by x.no), '[]')
  from jsonb_array_elements(p_spans) with ordinality x(span, no)
  where (x.span ->> 'ends_at')::timestamptz > p_now
$$;

-- The posts of a call-out, one per building: found by the template's name, or made from the template.
create function private.callout_posts(p_actor private.actor, p_community uuid, p_units uuid[], p_template jsonb)
returns setof uuid language plpgsql as $$
declare v_name text := private.strip_numbers(p_template ->> 'name'); -- as the table keeps it, or it is not found again
begin
  insert into app.post (id, org_unit_id, community_id, name, kind, task, kit, created_by)
  select private.uuid_v7(), u, p_community, v_name, (p_template ->> 'kind')::app.post_kind,
    p_template ->> 'task', p_template ->> 'kit', p_actor.login_id
  from unnest(p_units) u
  on conflict (org_unit_id, name) do update set ended_at = null where app.post.ended_at is not null;
  return query select p.id from app.post p where p.org_unit_id = any (p_units) and p.name = v_name;
end $$;
