-- Being there: check_in and check_out. Both are facts; they are recorded, never refused for lateness.

-- The assignment an actor may report on: his own, or any in a community he coordinates. Locks shift, then assignment.
create function private.reportable(p_actor private.actor, p_assignment uuid) returns app.assignment language plpgsql as $$
declare a app.assignment; s app.shift;
begin
  select * into a from app.assignment where id = p_assignment;
  if not found then return null; end if;
  select * into s from app.shift where id = a.shift_id for no key update;
  if a.responder_id is distinct from p_actor.responder_id and not private.coordinates(p_actor.login_id, s.community_id) then
    raise exception 'another person''s assignment' using errcode = '42501';
  end if;
  select * into a from app.assignment where id = p_assignment for no key update;
  return a;
end $$;

-- The moment a fact happened: the phone's time of the fact moved by its measured offset, never in the future and never more than a day back.
create function private.fact_at(p_actor private.actor, p_at text) returns timestamptz language plpgsql stable as $$
declare at timestamptz := p_at::timestamptz;
begin
  if p_actor.tapped_at is null or at is null then return p_actor.now; end if;
  return greatest(least(p_actor.tapped_at, p_actor.now), p_actor.now - interval '24 hours');
exception when data_exception then return p_actor.now;
end $$;

-- 到岗. An arrival that no longer has a place is recorded as disputed and the coordinator is told.
create function mutator.check_in(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare a app.assignment := private.reportable(p_actor, private.try_uuid(p_args ->> 'assignment_id')); s app.shift; v_at timestamptz := private.fact_at(p_actor, p_args ->> 'at'); placed boolean;
begin
  if a.id is null then return private.refused('gone'); end if;
  if a.state = 'on_post' then return private.applied('already'); end if;
  select * into s from app.shift where id = a.shift_id;
  placed := a.state in ('assigned', 'accepted');
  if a.state = 'not_arrived' and private.overlap_of(a.responder_id, a.starts_at, a.ends_at) is null then
    update app.shift set filled = filled + 1 where id = s.id and state = 'open' and filled + held < capacity;
    placed := found;
  end if;
  if placed then
    update app.assignment set state = 'on_post', on_post_at = v_at, accepted_at = coalesce(accepted_at, p_actor.now) where id = a.id;
    perform private.log_event(p_actor, 'on_post', s.community_id, a.responder_id, s.id, a.id, p_args ->> 'way');
    return private.applied();
  end if;
  perform private.log_event(p_actor, 'disputed', s.community_id, a.responder_id, s.id, a.id, null, jsonb_build_object('state', a.state, 'at', v_at));
  return private.applied('disputed', jsonb_build_object('state', a.state));
end $$;

-- Is a relief owed? Only in a running call-out whose post has a next shift touching this one.
create function private.needs_relief(p_shift app.shift) returns boolean language sql stable as $$
  select p_shift.state = 'open' and exists (select from app.callout c where c.id = p_shift.callout_id and c.state in ('open', 'filled'))
    and exists (select from app.shift n where n.post_id = p_shift.post_id and n.starts_at = p_shift.ends_at and n.state = 'open')
$$;

-- Did somebody of the next shift arrive, or does the phone name its relief?
create function private.has_relief(p_shift app.shift, p_relief uuid) returns boolean language sql stable as $$
  select exists (
    select from app.assignment r join app.shift n on n.id = r.shift_id
    where n.post_id = p_shift.post_id and n.id <> p_shift.id and n.starts_at = p_shift.ends_at
      and (r.state = 'on_post' or r.id = p_relief and r.state in ('assigned', 'accepted')))
$$;

-- 离岗. Always recorded with its time; without relief, or before the end, the place opens again and the coordinator is told.
create function mutator.check_out(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare a app.assignment := private.reportable(p_actor, private.try_uuid(p_args ->> 'assignment_id')); s app.shift; v_at timestamptz := private.fact_at(p_actor, p_args ->> 'at'); relieved boolean; alone boolean;
begin
  if a.id is null then return private.refused('gone'); end if;
  select * into s from app.shift where id = a.shift_id;
  if a.state in ('relieved', 'done') then return private.applied('already'); end if;
  if a.state <> 'on_post' then
    perform private.log_event(p_actor, 'disputed', s.community_id, a.responder_id, s.id, a.id, null, jsonb_build_object('state', a.state, 'at', v_at));
    return private.applied('disputed', jsonb_build_object('state', a.state));
  end if;
  relieved := private.has_relief(s, private.try_uuid(p_args ->> 'relief_assignment_id'));
  alone := not relieved and (private.needs_relief(s) or (s.callout_id is not null and s.state = 'open' and v_at < s.ends_at - interval '15 minutes'));
  update app.assignment set state = case when relieved then 'relieved' else 'done' end::app.assignment_state, off_post_at = v_at,
    left_because = left(p_args ->> 'must_leave', 200) where id = a.id;
  perform private.free_place(s.id, p_actor.now);
  perform private.log_event(p_actor, case when alone then 'no_relief' else 'off_post' end, s.community_id, a.responder_id, s.id, a.id,
    left(p_args ->> 'must_leave', 200), jsonb_build_object('at', v_at, 'overtime_min', greatest(0, floor(extract(epoch from v_at - s.ends_at) / 60))));
  return private.applied(case when alone then 'no_relief'::app.verdict_code end);
end $$;
