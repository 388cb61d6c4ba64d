-- Rosters: draft_shifts, assign, unassign, cancel_shift, publish_roster. Drafts bind nobody and are invisible to responders.

create function private.require_coordinator(p_actor private.actor, p_community uuid) returns void language plpgsql as $$
begin
  if p_community is null or not private.coordinates(p_actor.login_id, p_community) then
    raise exception 'not the coordinator of this community' using errcode = '42501';
  end if;
end $$;

-- Adds shifts to a roster, making the roster on the first call. New shifts are drafts until published.
create function mutator.draft_shifts(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  v_community uuid := private.try_uuid(p_args ->> 'community_id');
  v_roster uuid := private.try_uuid(p_args ->> 'roster_id');
  r app.roster;
begin
  if v_roster is null then return private.invalid('roster_id'); end if;
  perform private.require_coordinator(p_actor, v_community);
  select * into r from app.roster where id = v_roster for no key update;
  if not found then
    r.community_id := v_community;
    r.starts_on := (p_args ->> 'starts_on')::date;
    r.ends_on := (p_args ->> 'ends_on')::date;
  end if;
  if r.community_id <> v_community then return private.refused('forbidden'); end if;
  if not coalesce(r.ends_on - r.starts_on between 0 and 92, false) then return private.invalid('ends_on'); end if;
  if exists (
    select from jsonb_to_recordset(p_args -> 'shifts') x(id uuid, post_id uuid, starts_at timestamptz, ends_at timestamptz, capacity int)
    left join app.post p on p.id = x.post_id and p.community_id = v_community
    where p.id is null or x.id is null or x.ends_at <= x.starts_at or x.ends_at > x.starts_at + interval '24 hours' or x.capacity not between 1 and 50
      -- a shift begins on a day of its roster; the last night ends the morning after
      or not coalesce((x.starts_at at time zone interval '+08:00')::date between r.starts_on and r.ends_on, false)) then
    return private.invalid('shifts');
  end if;
  insert into app.roster (id, community_id, name, starts_on, ends_on, created_by)
  values (v_roster, v_community, p_args ->> 'name', r.starts_on, r.ends_on, p_actor.login_id)
  on conflict (id) do nothing;
  perform from app.roster where id = v_roster and community_id = v_community for no key update;
  if not found then return private.refused('forbidden'); end if;
  insert into app.shift (id, community_id, post_id, roster_id, starts_at, ends_at, capacity, state, created_by)
  select x.id, v_community, x.post_id, v_roster, x.starts_at, x.ends_at, x.capacity, 'draft', p_actor.login_id
  from jsonb_to_recordset(p_args -> 'shifts') x(id uuid, post_id uuid, starts_at timestamptz, ends_at timestamptz, capacity int)
  on conflict (id) do nothing;
  update app.roster set version = version + 1 where id = v_roster;
  return private.applied();
end $$;

-- Put a person on a shift. In a draft it is a plan; on a published shift it holds a place until the person confirms.
create function mutator.assign(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  s app.shift; clash jsonb; violated text; target private.actor := p_actor;
  v_id uuid := private.try_uuid(p_args ->> 'assignment_id');
begin
  if v_id is null then return private.invalid('assignment_id'); end if;
  select * into s from app.shift where id = private.try_uuid(p_args ->> 'shift_id') for no key update;
  if not found then return private.refused('gone'); end if;
  perform private.require_coordinator(p_actor, s.community_id);
  target.responder_id := private.try_uuid(p_args ->> 'responder_id');
  perform from app.responder where id = target.responder_id for no key update;
  if not found or not private.may_serve(target.responder_id, s) then return private.refused('not_eligible'); end if;
  if s.state = 'draft' then
    insert into app.draft_assignment (id, shift_id, responder_id, created_by) values (v_id, s.id, target.responder_id, p_actor.login_id)
    on conflict (shift_id, responder_id) do nothing;
    return case when found then private.applied() else private.applied('already') end;
  end if;
  if s.state <> 'open' or s.ends_at <= p_actor.now then return private.refused('closed'); end if;
  if exists (select from app.assignment where shift_id = s.id and responder_id = target.responder_id and state in ('assigned', 'accepted', 'on_post')) then
    return private.applied('already');
  end if;
  clash := private.overlap_of(target.responder_id, s.starts_at, s.ends_at);
  if clash is not null then return private.refused('overlap', clash); end if;
  if not private.take_place(s.id, target.responder_id, p_actor.now) then return private.refused('full', private.filled_by(s.id)); end if;
  insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state, due_at, created_by)
  values (v_id, s.id, target.responder_id, s.starts_at, s.ends_at, 'assigned', s.starts_at, p_actor.login_id);
  perform private.log_event(p_actor, 'assigned', s.community_id, target.responder_id, s.id, v_id);
  return private.applied();
exception when exclusion_violation then
  get stacked diagnostics violated = constraint_name;
  if violated <> 'assignment_no_overlap' then raise; end if;
  return private.refused('overlap', private.overlap_of(target.responder_id, s.starts_at, s.ends_at));
end $$;

-- Take a person off: removes a draft, releases a binding place by name.
create function mutator.unassign(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare v_id uuid := private.try_uuid(p_args ->> 'assignment_id'); d app.draft_assignment; a app.assignment; v_community uuid;
begin
  select * into d from app.draft_assignment where id = v_id;
  if found then
    select community_id into v_community from app.shift where id = d.shift_id for no key update;
    perform private.require_coordinator(p_actor, v_community);
    delete from app.draft_assignment where id = v_id;
    return private.applied();
  end if;
  select shift_id into a.shift_id from app.assignment where id = v_id;
  if not found then return private.refused('gone'); end if;
  select community_id into v_community from app.shift where id = a.shift_id for no key update;
  perform private.require_coordinator(p_actor, v_community);
  select * into a from app.assignment where id = v_id for no key update;
  if a.state in ('withdrawn', 'released') then return private.applied('already'); end if;
  if a.state not in ('assigned', 'accepted') then return private.refused('wrong_state'); end if;
  update app.assignment set state = 'released', left_because = left(p_args ->> 'reason', 200) where id = v_id;
  perform private.free_place(a.shift_id, p_actor.now);
  perform private.log_event(p_actor, 'released', v_community, a.responder_id, a.shift_id, a.id, left(p_args ->> 'reason', 200));
  return private.applied();
end $$;

-- Ends everything that hangs on some shifts: binding places are released by name, waiting people let go. The caller holds the shifts.
create function private.release_shifts(p_actor private.actor, p_shifts uuid[], p_state app.shift_state, p_reason text) returns void language plpgsql as $$
begin
  insert into app.event (id, at, kind, login_id, community_id, responder_id, shift_id, subject_id, mutation_id, reason)
  select private.uuid_v7(), p_actor.now, 'released', p_actor.login_id, s.community_id, a.responder_id, s.id, a.id, p_actor.mutation_id, private.only_code(p_reason)
  from app.assignment a join app.shift s on s.id = a.shift_id where a.shift_id = any (p_shifts) and a.state in ('assigned', 'accepted');
  update app.assignment set state = 'released', left_because = left(p_reason, 200) where shift_id = any (p_shifts) and state in ('assigned', 'accepted');
  update app.waitlist_entry set state = 'passed', hold_until = null where shift_id = any (p_shifts) and state in ('waiting', 'held');
  update app.shift s set state = p_state, held = 0, filled = (select count(*) from app.assignment a where a.shift_id = s.id and a.state in ('assigned', 'accepted', 'on_post'))
  where s.id = any (p_shifts);
  update app.offer set state = 'withdrawn', reason = p_state::text where shift_id = any (p_shifts) and state in ('sent', 'expired');
end $$;

create function mutator.cancel_shift(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare s app.shift;
begin
  select * into s from app.shift where id = private.try_uuid(p_args ->> 'shift_id') for no key update;
  if not found then return private.refused('gone'); end if;
  perform private.require_coordinator(p_actor, s.community_id);
  if s.state = 'draft' then delete from app.shift where id = s.id; return private.applied(); end if;
  if s.state <> 'open' then return private.applied('already'); end if;
  if exists (select from app.assignment where shift_id = s.id and state = 'on_post') then return private.refused('wrong_state'); end if;
  perform private.release_shifts(p_actor, array[s.id], 'cancelled', p_args ->> 'reason');
  return private.applied();
end $$;

-- Hard conflicts of a draft, by id (names are added when the verdict is read): planned people who would serve twice at once, against binding duty or each other.
create function private.roster_conflicts(p_roster uuid) returns jsonb language sql stable as $$
  with plan as (
    select d.id, d.responder_id, s.id as shift_id, s.starts_at, s.ends_at from app.draft_assignment d join app.shift s on s.id = d.shift_id
    where s.roster_id = p_roster and s.state = 'draft')
  select jsonb_agg(distinct jsonb_build_object('responder_id', p.responder_id, 'starts_at', p.starts_at, 'ends_at', p.ends_at))
  from plan p
  where exists (select from app.assignment a where a.responder_id = p.responder_id and a.state in ('assigned', 'accepted', 'on_post')
      and tstzrange(a.starts_at, a.ends_at) && tstzrange(p.starts_at, p.ends_at))
    or exists (select from plan q where q.responder_id = p.responder_id and q.id <> p.id and tstzrange(q.starts_at, q.ends_at) && tstzrange(p.starts_at, p.ends_at))
$$;

-- Opens the drafts: each planned person holds a place and is asked to confirm. Refused as a whole on a hard conflict.
create function mutator.publish_roster(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare r app.roster; v_over jsonb; v_people jsonb;
begin
  select * into r from app.roster where id = private.try_uuid(p_args ->> 'roster_id') for no key update;
  if not found then return private.refused('gone'); end if;
  perform private.require_coordinator(p_actor, r.community_id);
  if r.version is distinct from (p_args ->> 'version')::int then return private.refused('roster_changed', jsonb_build_object('version', r.version)); end if;
  perform from app.shift where roster_id = r.id and state = 'draft' order by id for no key update;
  perform from app.responder where id in (select d.responder_id from app.draft_assignment d join app.shift s on s.id = d.shift_id where s.roster_id = r.id) order by id for no key update;
  select jsonb_agg(jsonb_build_object('shift_id', x.id)) into v_over from (
    select s.id from app.shift s join app.draft_assignment d on d.shift_id = s.id where s.roster_id = r.id and s.state = 'draft'
    group by s.id having count(*) > s.capacity) x;
  if v_over is not null then return private.refused('over_capacity', jsonb_build_object('shifts', v_over)); end if;
  v_people := private.roster_conflicts(r.id);
  if v_people is not null then return private.refused('roster_conflict', jsonb_build_object('people', v_people)); end if;
  with planned as (
    insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state, due_at, created_by)
    select d.id, s.id, d.responder_id, s.starts_at, s.ends_at, 'assigned', s.starts_at, p_actor.login_id
    from app.draft_assignment d join app.shift s on s.id = d.shift_id where s.roster_id = r.id and s.state = 'draft' and s.ends_at > p_actor.now
    returning shift_id)
  update app.shift s set state = 'open', filled = (select count(*) from planned p where p.shift_id = s.id) where s.roster_id = r.id and s.state = 'draft';
  delete from app.draft_assignment d using app.shift s where s.id = d.shift_id and s.roster_id = r.id;
  update app.roster set state = 'published', version = version + 1 where id = r.id;
  perform private.log_event(p_actor, 'roster_published', r.community_id, null, null, r.id);
  return private.applied();
end $$;
