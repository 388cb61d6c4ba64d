-- open_callout with its policy and its ladders; escalate, resume_callout; and a mode that ends leaves its call-outs undecided.

-- Raise the line: mode (unless a drill), call-out with its stamped policy, posts, shifts, ladders and the first requests, in one transaction.
create or replace function mutator.open_callout(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  v_community uuid := private.try_uuid(p_args ->> 'community_id');
  v_id uuid := private.try_uuid(p_args ->> 'callout_id');
  v_units uuid[]; m app.mode; v_policy jsonb := private.policy_of(p_args -> 'policy', (p_args ->> 'offer_min')::int);
begin
  if v_id is null then return private.invalid('callout_id'); end if;
  perform private.require_coordinator(p_actor, v_community);
  -- the same line raised twice, by a second tap or a second tab, is one line
  if exists (select from app.callout where id = v_id and community_id = v_community) then return private.applied('already'); end if;
  select array_agg(distinct u.id) into v_units from jsonb_array_elements_text(p_args -> 'org_unit_ids') x join app.org_unit u on u.id = private.try_uuid(x) and u.community_id = v_community;
  -- all of them or none: a building left out in silence is a gap nobody sees
  if v_units is null or cardinality(v_units) <> (select count(distinct x) from jsonb_array_elements_text(p_args -> 'org_unit_ids') x) then return private.invalid('org_unit_ids'); end if;
  if coalesce(jsonb_array_length(p_args -> 'slots'), 0) not between 1 and 60 then return private.invalid('slots'); end if;
  -- every phone of the community fetches each of them: as many as the form offers for 500 buildings, a day in eight parts
  if cardinality(v_units) * jsonb_array_length(p_args -> 'slots') > 4000 then return private.invalid('slots'); end if;
  if v_policy is null then return private.invalid('policy'); end if;
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
  values (v_id, v_community, (p_args ->> 'kind')::app.callout_kind, p_args ->> 'title', v_policy, m.id, p_actor.login_id, p_actor.now);
  insert into app.shift (id, community_id, post_id, callout_id, starts_at, ends_at, capacity, state, created_by)
  select private.uuid_v7(), v_community, p, v_id, x.starts_at, x.ends_at, (p_args ->> 'capacity')::int, 'open', p_actor.login_id
  from private.callout_posts(p_actor, v_community, v_units, p_args -> 'post') p
  cross join jsonb_to_recordset(p_args -> 'slots') x(starts_at timestamptz, ends_at timestamptz);
  perform private.log_event(p_actor, 'callout_opened', v_community, null, null, v_id);
  return private.applied(null, jsonb_build_object('asked', private.raise_ladders(v_id, p_actor.now)));
end $$;

-- 现在升级: the next rung now. "As of" is the rung the leader saw: a second tap, or one that crossed the clock, jumps none (R10).
create function mutator.escalate(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare l app.ladder; c app.callout; v_asked int;
begin
  select * into l from app.ladder where id = private.try_uuid(p_args ->> 'ladder_id');
  if not found then return private.refused('gone'); end if;
  if not private.reaches(p_actor.login_id, l.community_id, '{coordinator,street_officer,district_officer,city_officer}') then return private.refused('forbidden'); end if;
  if jsonb_typeof(p_args -> 'as_of') is distinct from 'number' then return private.invalid('as_of'); end if;
  select * into c from app.callout where id = l.callout_id for no key update;
  select * into l from app.ladder where id = l.id for no key update;
  if c.state not in ('open', 'filled') or c.attention <> 'none' or l.state = 'over' then return private.refused('not_open'); end if;
  if l.position <> (p_args ->> 'as_of')::int then
    return private.refused('moved_on', jsonb_build_object('position', l.position, 'at', l.rung_at, 'level', (select level from app.escalation where ladder_id = l.id and position = l.position)));
  end if;
  if l.state = 'met' or private.need_of(l) = 0 or l.position >= (select count(*) from app.escalation where ladder_id = l.id) then return private.refused('wrong_state'); end if;
  v_asked := private.climb(l.id, p_actor.now, p_actor.login_id);
  return private.applied(null, jsonb_build_object('asked', v_asked));
end $$;

-- 继续召集: a call-out left undecided goes on, under the mode that is open now or under a new one with the ground and document of the old.
create function mutator.resume_callout(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare c app.callout; m app.mode; v_old app.mode;
begin
  select * into c from app.callout where id = private.try_uuid(p_args ->> 'callout_id');
  if not found then return private.refused('gone'); end if;
  perform private.require_coordinator(p_actor, c.community_id);
  perform from app.org_unit where id = c.community_id for no key update;
  select * into c from app.callout where id = c.id for no key update;
  if c.state not in ('open', 'filled') then return private.refused('not_open'); end if;
  if c.attention <> 'undecided' then return private.applied('already'); end if;
  m := private.mode_of(c.community_id);
  if m.id is null then
    if private.try_uuid(p_args ->> 'mode_id') is null then return private.invalid('mode_id'); end if;
    select * into v_old from app.mode where id = c.mode_id;
    perform private.start_mode(p_actor, (p_args ->> 'mode_id')::uuid, c.community_id, v_old.ground, v_old.document_no, coalesce((p_args ->> 'mode_hours')::int, 24));
    perform private.log_event(p_actor, 'mode_opened', c.community_id, null, null, (p_args ->> 'mode_id')::uuid);
    m.id := (p_args ->> 'mode_id')::uuid;
  end if;
  update app.callout set attention = 'none', mode_id = m.id where id = c.id;
  -- the rung that was reached gets its minutes anew
  update app.ladder l set look_at = '-infinity', next_at = case when l.next_at is not null then p_actor.now + make_interval(mins => e.minutes) end
  from app.escalation e where l.callout_id = c.id and l.state <> 'over' and e.ladder_id = l.id and e.position = l.position;
  perform private.log_event(p_actor, 'callout_resumed', c.community_id, null, null, c.id);
  return private.applied();
end $$;

-- Ends a mode: its call-outs keep their shifts and wait for a decision, whoever was asked need not answer. The caller holds the mode.
create function private.end_mode(p_mode uuid, p_state app.mode_state) returns void language plpgsql as $$
begin
  update app.mode set state = p_state where id = p_mode;
  update app.callout set attention = 'undecided' where mode_id = p_mode and state in ('open', 'filled') and attention = 'none';
  update app.offer set state = 'withdrawn', reason = 'mode_expired' where callout_id in (select id from app.callout where mode_id = p_mode) and state in ('sent', 'expired');
end $$;

create or replace function mutator.close_mode(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare m app.mode;
begin
  select * into m from app.mode where id = private.try_uuid(p_args ->> 'mode_id') for no key update;
  if not found then return private.refused('gone'); end if;
  if not private.may_open_mode(p_actor.login_id, m.org_unit_id) then return private.refused('forbidden'); end if;
  if m.state <> 'open' then return private.applied('already'); end if;
  perform private.end_mode(m.id, 'closed');
  perform private.log_event(p_actor, 'mode_closed', (select community_id from app.org_unit where id = m.org_unit_id), null, null, m.id);
  return private.applied();
end $$;

-- At T−2 h the opener is asked to renew; at expiry the call-outs keep their shifts and wait for a decision.
create or replace function private.tick_modes(p_now timestamptz) returns void language plpgsql as $$
declare m app.mode;
begin
  for m in select * from app.mode where state = 'open' and expires_at <= p_now + interval '2 hours' order by id for no key update skip locked loop
    if m.expires_at <= p_now then perform private.end_mode(m.id, 'expired');
    elsif m.reminded_at is null then
      update app.mode set reminded_at = p_now where id = m.id;
    else continue;
    end if;
    insert into app.event (id, at, kind, community_id, subject_id)
    select private.uuid_v7(), p_now, case when m.expires_at <= p_now then 'mode_expired' else 'mode_expiring' end, c.id, m.id
    from app.org_unit u join app.org_unit c on c.level = 'community' and (c.path operator(extensions.<@) u.path or c.id = u.community_id) where u.id = m.org_unit_id;
  end loop;
end $$;
select private.learn_mutators();
select private.apply_grants();
