-- give_handover, take_handover, force_handover, and a check_out that knows of them. Facts: alone, twice, in any order and hours late they end in one record.

-- The leaving person's note and confirmation. May be said again until both have confirmed: what he added later counts.
create function mutator.give_handover(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare a app.assignment := private.reportable(p_actor, private.try_uuid(p_args ->> 'assignment_id')); b app.assignment; h app.handover; n jsonb := p_args -> 'note';
begin
  if a.id is null then return private.refused('gone'); end if;
  select * into b from app.assignment where id = private.try_uuid(p_args ->> 'to_assignment_id');
  h := private.handover_of(p_actor, a);
  if h.given_at is not null and h.taken_at is not null then return private.applied('already'); end if;
  update app.handover set done = private.plain_words(n ->> 'done'), todo = private.plain_words(n ->> 'todo'), supplies = private.plain_words(n ->> 'supplies'),
    risks = private.plain_words(n ->> 'risks'), given_at = coalesce(h.given_at, private.fact_at(p_actor, p_args ->> 'at')),
    to_assignment_id = coalesce(h.to_assignment_id, case when private.carries_on(a, b) then b.id end)
  where id = a.id;
  if h.given_at is null then
    perform private.log_event(p_actor, 'handover_given', h.community_id, a.responder_id, a.shift_id, a.id);
  end if;
  return private.applied();
end $$;

-- The relief's confirmation. The note it saw is kept until the giver's own arrives: his phone may never come back.
create function mutator.take_handover(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare b app.assignment := private.reportable(p_actor, private.try_uuid(p_args ->> 'assignment_id')); a app.assignment; h app.handover; n jsonb := p_args -> 'note';
begin
  select * into a from app.assignment where id = private.try_uuid(p_args ->> 'from_assignment_id');
  if a.id is null or b.id is null then return private.refused('gone'); end if;
  if not private.carries_on(a, b) then return private.refused('wrong_state'); end if;
  h := private.handover_of(p_actor, a);
  if h.taken_at is not null then return private.applied('already'); end if;
  if h.given_at is null and jsonb_typeof(n) = 'object' then
    update app.handover set done = private.plain_words(n ->> 'done'), todo = private.plain_words(n ->> 'todo'),
      supplies = private.plain_words(n ->> 'supplies'), risks = private.plain_words(n ->> 'risks') where id = a.id;
  end if;
  update app.handover set to_assignment_id = b.id, taken_at = private.fact_at(p_actor, p_args ->> 'at') where id = a.id;
  perform private.log_event(p_actor, 'handover_taken', h.community_id, b.responder_id, b.shift_id, a.id);
  return private.applied();
end $$;

-- A leader lets a person go whose relief does not come, and says why.
create function mutator.force_handover(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare a app.assignment; s app.shift; h app.handover; v_why text := private.plain_words(p_args ->> 'reason');
begin
  select * into a from app.assignment where id = private.try_uuid(p_args ->> 'assignment_id');
  if not found then return private.refused('gone'); end if;
  select * into s from app.shift where id = a.shift_id for no key update;
  if not private.reaches(p_actor.login_id, (select org_unit_id from app.post where id = s.post_id), '{coordinator,grid_lead,building_lead}') then
    raise exception 'leads nobody here' using errcode = '42501';
  end if;
  select * into a from app.assignment where id = a.id for no key update;
  if v_why = '' then return private.invalid('reason'); end if;
  if a.state <> 'on_post' then return private.refused('wrong_state'); end if;
  h := private.handover_of(p_actor, a);
  if h.forced_at is not null then return private.applied('already'); end if;
  update app.handover set forced_at = p_actor.now, forced_by = p_actor.login_id, forced_reason = v_why where id = a.id;
  perform private.log_event(p_actor, 'handover_forced', s.community_id, a.responder_id, s.id, a.id, v_why);
  return private.applied();
end $$;

-- Was somebody of the next shift there when this person left, or does either phone of the two say so? A check-out may arrive hours after the relief has left again.
create function private.was_relieved(p_shift app.shift, p_relief uuid, p_handover app.handover, p_at timestamptz) returns boolean language sql stable as $$
  select p_handover.taken_at is not null or exists (
    select from app.shift n join app.assignment r on r.shift_id = n.id
    where n.post_id = p_shift.post_id and n.id <> p_shift.id and n.starts_at = p_shift.ends_at
      and (r.on_post_at is not null and coalesce(r.off_post_at, p_at) >= p_at
        or r.id in (p_relief, p_handover.to_assignment_id) and r.state not in ('withdrawn', 'released', 'not_arrived')))
$$;

-- 离岗. Always recorded with its time; without relief, or before the end, the place opens again and the coordinator is told, unless a leader let the person go.
create or replace function mutator.check_out(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare a app.assignment := private.reportable(p_actor, private.try_uuid(p_args ->> 'assignment_id')); s app.shift; h app.handover;
  v_at timestamptz := private.fact_at(p_actor, p_args ->> 'at'); relieved boolean; alone boolean;
begin
  if a.id is null then return private.refused('gone'); end if;
  select * into s from app.shift where id = a.shift_id;
  if a.state in ('relieved', 'done') then return private.applied('already'); end if;
  if a.state <> 'on_post' then
    perform private.log_event(p_actor, 'disputed', s.community_id, a.responder_id, s.id, a.id, null, jsonb_build_object('state', a.state, 'at', v_at));
    return private.applied('disputed', jsonb_build_object('state', a.state));
  end if;
  select * into h from app.handover where id = a.id;
  relieved := private.was_relieved(s, private.try_uuid(p_args ->> 'relief_assignment_id'), h, v_at);
  alone := not relieved and h.forced_at is null
    and (private.needs_relief(s) or (s.callout_id is not null and s.state = 'open' and v_at < s.ends_at - interval '15 minutes'));
  update app.assignment set state = case when relieved then 'relieved' else 'done' end::app.assignment_state, off_post_at = v_at,
    left_because = left(p_args ->> 'must_leave', 200) where id = a.id;
  perform private.free_place(s.id, p_actor.now);
  perform private.log_event(p_actor, case when alone then 'no_relief' else 'off_post' end, s.community_id, a.responder_id, s.id, a.id,
    left(p_args ->> 'must_leave', 200), jsonb_build_object('at', v_at, 'overtime_min', greatest(0, floor(extract(epoch from v_at - s.ends_at) / 60))));
  return private.applied(case when alone then 'no_relief'::app.verdict_code end);
end $$;
select private.learn_mutators();
select private.apply_grants();
