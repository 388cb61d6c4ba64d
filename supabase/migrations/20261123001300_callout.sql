-- 红色防线 and the two modes: open_callout, stand_down, open_mode, renew_mode, close_mode.

-- The open mode that holds for a unit: the one on the nearest ancestor-or-self.
create function private.mode_of(p_unit uuid) returns app.mode language sql stable as $$
  select m from app.org_unit u join app.org_unit a on u.path operator(extensions.<@) a.path join app.mode m on m.org_unit_id = a.id
  where u.id = p_unit and m.state = 'open' order by a.level desc limit 1
$$;

-- Coordinators open a mode for their community, officers for their subtree.
create function private.may_open_mode(p_login uuid, p_unit uuid) returns boolean language sql stable as $$
  select private.reaches(p_login, p_unit, '{coordinator,street_officer,district_officer,city_officer}')
$$;

create function private.start_mode(p_actor private.actor, p_id uuid, p_unit uuid, p_ground text, p_document text, p_hours int) returns void language sql as $$
  insert into app.mode (id, org_unit_id, ground, document_no, opened_by, opened_at, renewed_at, expires_at)
  values (p_id, p_unit, p_ground, p_document, p_actor.login_id, p_actor.now, p_actor.now, p_actor.now + make_interval(hours => least(greatest(p_hours, 1), 72)))
$$;

create function mutator.open_mode(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare v_unit uuid := private.try_uuid(p_args ->> 'org_unit_id');
begin
  if not private.may_open_mode(p_actor.login_id, v_unit) then return private.refused('forbidden'); end if;
  perform from app.org_unit where id = v_unit for no key update;
  -- the same mode opened twice, by a second tap or a second tab, is one mode
  if exists (select from app.mode where org_unit_id = v_unit and state = 'open' and id = private.try_uuid(p_args ->> 'mode_id')) then return private.applied('already'); end if;
  if exists (select from app.mode where org_unit_id = v_unit and state = 'open') then return private.refused('mode_open'); end if;
  if coalesce(p_args ->> 'ground', '') = '' then return private.invalid('ground'); end if;
  if coalesce(p_args ->> 'document_no', '') = '' then return private.invalid('document_no'); end if;
  perform private.start_mode(p_actor, (p_args ->> 'mode_id')::uuid, v_unit, p_args ->> 'ground', p_args ->> 'document_no', coalesce((p_args ->> 'hours')::int, 24));
  perform private.log_event(p_actor, 'mode_opened', (select community_id from app.org_unit where id = v_unit), null, null, (p_args ->> 'mode_id')::uuid);
  return private.applied();
end $$;

create function mutator.renew_mode(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare m app.mode;
begin
  select * into m from app.mode where id = private.try_uuid(p_args ->> 'mode_id') for no key update;
  if not found then return private.refused('gone'); end if;
  if not private.may_open_mode(p_actor.login_id, m.org_unit_id) then return private.refused('forbidden'); end if;
  if m.state <> 'open' then return private.refused('not_open'); end if;
  update app.mode set renewed_at = p_actor.now, renewals = renewals + 1, reminded_at = null,
    expires_at = p_actor.now + make_interval(hours => least(greatest(coalesce((p_args ->> 'hours')::int, 24), 1), 72)) where id = m.id;
  perform private.log_event(p_actor, 'mode_renewed', (select community_id from app.org_unit where id = m.org_unit_id), null, null, m.id);
  return private.applied();
end $$;

create function mutator.close_mode(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare m app.mode;
begin
  select * into m from app.mode where id = private.try_uuid(p_args ->> 'mode_id') for no key update;
  if not found then return private.refused('gone'); end if;
  if not private.may_open_mode(p_actor.login_id, m.org_unit_id) then return private.refused('forbidden'); end if;
  if m.state <> 'open' then return private.applied('already'); end if;
  update app.mode set state = 'closed' where id = m.id;
  perform private.log_event(p_actor, 'mode_closed', (select community_id from app.org_unit where id = m.org_unit_id), null, null, m.id);
  return private.applied();
end $$;

-- Everyone who may be asked for a slot, nearest home first: confirmed, active, with a login, free in the slot,
-- not on post anywhere, without a live offer, and willing at night. The same rules as src/domain/plan.ts.
create function private.candidates(p_community uuid, p_kind app.callout_kind, p_starts timestamptz, p_ends timestamptz) returns table (responder_id uuid, home_building_id uuid, estate_id uuid)
language sql stable as $$
  select r.id, r.home_building_id, h.estate_id
  from app.report_in ri join app.responder r on r.id = ri.responder_id left join private.place h on h.id = r.home_building_id
  where ri.community_id = p_community and ri.state = 'confirmed' and r.state = 'active' and r.login_id is not null
    and (r.night = 'yes' or not private.is_night(p_starts, p_ends))
    and not exists (select from app.assignment a where a.responder_id = r.id and a.state in ('assigned', 'accepted', 'on_post')
      and tstzrange(a.starts_at, a.ends_at) && tstzrange(p_starts, p_ends))
    and not exists (select from app.assignment a where a.responder_id = r.id and a.state = 'on_post')
    -- a drill never keeps anybody from a real call
    and not exists (select from app.offer o join app.callout c on c.id = o.callout_id
      where o.responder_id = r.id and o.state = 'sent' and (p_kind = 'drill' or c.kind = 'real'))
$$;

-- One offer to each candidate, for the first slot; the suggested shift is the one nearest his home, spread evenly over the rest.
create function private.send_offers(p_actor private.actor, p_callout uuid, p_starts timestamptz, p_ends timestamptz, p_minutes int) returns void language sql as $$
  insert into app.offer (id, callout_id, responder_id, shift_id, slot_starts_at, slot_ends_at, sent_at, expires_at)
  select private.uuid_v7(), p_callout, k.responder_id, near.id, p_starts, p_ends, p_actor.now, p_actor.now + make_interval(mins => p_minutes)
  from app.callout co cross join lateral private.candidates(co.community_id, co.kind, p_starts, p_ends) k
  cross join lateral (
    select s.id from app.shift s join app.post p on p.id = s.post_id join private.place pl on pl.id = p.org_unit_id
    where s.callout_id = p_callout and s.starts_at = p_starts and s.ends_at = p_ends
    order by (p.org_unit_id is not distinct from k.home_building_id) desc, (pl.estate_id is not distinct from k.estate_id) desc, md5(s.id::text || k.responder_id::text)
    limit 1) near
  where co.id = p_callout
$$;

-- Posts of a call-out: one per building, found by name or made from the template.
create function private.callout_posts(p_actor private.actor, p_community uuid, p_units uuid[], p_template jsonb) returns setof uuid language plpgsql as $$
declare v_name text := private.strip_numbers(p_template ->> 'name'); -- as the table keeps it, or it is not found again
begin
  insert into app.post (id, org_unit_id, community_id, name, kind, task, kit, created_by)
  select private.uuid_v7(), u, p_community, v_name, (p_template ->> 'kind')::app.post_kind, p_template ->> 'task', p_template ->> 'kit', p_actor.login_id
  from unnest(p_units) u on conflict (org_unit_id, name) do nothing;
  return query select p.id from app.post p where p.org_unit_id = any (p_units) and p.name = v_name;
end $$;

-- Raise the line: mode (unless a drill), call-out with its stamped policy, posts, shifts and offers, in one transaction.
create function mutator.open_callout(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  v_community uuid := private.try_uuid(p_args ->> 'community_id');
  v_id uuid := private.try_uuid(p_args ->> 'callout_id');
  v_units uuid[]; m app.mode; v_first record; v_minutes int := least(greatest(coalesce((p_args ->> 'offer_min')::int, 6), 1), 60);
begin
  if v_id is null then return private.invalid('callout_id'); end if;
  perform private.require_coordinator(p_actor, v_community);
  -- the same line raised twice, by a second tap or a second tab, is one line
  if exists (select from app.callout where id = v_id and community_id = v_community) then return private.applied('already'); end if;
  select array_agg(distinct u.id) into v_units from jsonb_array_elements_text(p_args -> 'org_unit_ids') x join app.org_unit u on u.id = private.try_uuid(x) and u.community_id = v_community;
  -- all of them or none: a building left out in silence is a gap nobody sees
  if v_units is null or cardinality(v_units) <> (select count(distinct x) from jsonb_array_elements_text(p_args -> 'org_unit_ids') x) then return private.invalid('org_unit_ids'); end if;
  if coalesce(jsonb_array_length(p_args -> 'slots'), 0) not between 1 and 60 then return private.invalid('slots'); end if;
  if p_args ->> 'kind' = 'real' then
    if coalesce(p_args ->> 'ground', '') = '' then return private.invalid('ground'); end if;
    if coalesce(p_args ->> 'document_no', '') = '' then return private.invalid('document_no'); end if;
    perform from app.org_unit where id = v_community for no key update;
    m := private.mode_of(v_community);
    if m.id is null then
      perform private.start_mode(p_actor, (p_args ->> 'mode_id')::uuid, v_community, p_args ->> 'ground', p_args ->> 'document_no', coalesce((p_args ->> 'mode_hours')::int, 24));
      m.id := (p_args ->> 'mode_id')::uuid;
    end if;
  end if;
  insert into app.callout (id, community_id, kind, title, policy, mode_id, opened_by, opened_at)
  values (v_id, v_community, (p_args ->> 'kind')::app.callout_kind, p_args ->> 'title',
    jsonb_build_object('version', 1, 'offer_min', v_minutes, 'steps', '[]'::jsonb), m.id, p_actor.login_id, p_actor.now);
  insert into app.shift (id, community_id, post_id, callout_id, starts_at, ends_at, capacity, state, created_by)
  select private.uuid_v7(), v_community, p, v_id, x.starts_at, x.ends_at, (p_args ->> 'capacity')::int, 'open', p_actor.login_id
  from private.callout_posts(p_actor, v_community, v_units, p_args -> 'post') p
  cross join jsonb_to_recordset(p_args -> 'slots') x(starts_at timestamptz, ends_at timestamptz);
  select starts_at, ends_at into v_first from app.shift where callout_id = v_id and ends_at > p_actor.now order by starts_at, ends_at limit 1;
  if found then perform private.send_offers(p_actor, v_id, v_first.starts_at, v_first.ends_at, v_minutes); end if;
  perform private.log_event(p_actor, 'callout_opened', v_community, null, null, v_id);
  return private.applied(null, jsonb_build_object('asked', (select count(*) from app.offer where callout_id = v_id)));
end $$;

-- Stand the line down: coming shifts end, pending people are thanked, whoever is on post may leave. The mode stays.
create function mutator.stand_down(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare c app.callout; v_shifts uuid[];
begin
  select * into c from app.callout where id = private.try_uuid(p_args ->> 'callout_id');
  if not found then return private.refused('gone'); end if;
  perform private.require_coordinator(p_actor, c.community_id);
  select array_agg(s.id) into v_shifts from (select id from app.shift where callout_id = c.id and state = 'open' order by id for no key update) s;
  select * into c from app.callout where id = c.id for no key update;
  if c.state not in ('open', 'filled') then return private.applied('already'); end if;
  perform private.release_shifts(p_actor, v_shifts, 'stood_down', p_args ->> 'reason');
  update app.offer set state = 'withdrawn', reason = 'stood_down' where callout_id = c.id and state in ('sent', 'expired');
  update app.reinforcement r set state = 'withdrawn' from app.ladder l where l.id = r.ladder_id and l.callout_id = c.id and r.state = 'asked';
  update app.callout set state = 'stood_down', stood_down_at = p_actor.now, attention = 'none',
    stood_down_because = nullif(private.plain_words(p_args ->> 'reason'), '') where id = c.id;
  perform private.log_event(p_actor, 'stood_down', c.community_id, null, null, c.id);
  return private.applied();
end $$;
