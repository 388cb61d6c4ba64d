-- take_over (R22): a running shift handed to a person who is present. The record splits at that minute, and both keep their true hours.

-- The coordinator who said in their own name that this person stands there; null where the person's own phone or code did.
alter table app.assignment add column vouched_by uuid references app.login;

-- The five figures of 替班码 in one step of five minutes, made of a key that only the person's own phones hold. As in src/domain/standInCode.ts;
-- tests/vectors/standIn.json holds both to the same answers.
create function private.stand_in_code(p_key uuid, p_step bigint) returns text language sql immutable as $$
  select lpad((('x' || encode(substr(sha256(convert_to(p_key || ':' || p_step, 'UTF8')), 1, 4), 'hex'))::bit(32)::bigint % 100000)::text, 5, '0')
$$;

-- Did this person's phone show these figures about then? The sixth figure only catches slips of typing. A step before and after covers
-- clocks that differ, and the minutes between showing and confirming.
create function private.shows_code(p_responder uuid, p_code text, p_at timestamptz) returns boolean language sql stable as $$
  select exists (
    select from app.responder r join app.login l on l.id = r.login_id, generate_series(-1, 1) i
    where r.id = p_responder and p_code ~ '^[0-9]{6}$'
      and left(p_code, 5) = private.stand_in_code(l.stand_in_key, floor(extract(epoch from p_at) / 300)::bigint + i))
$$;

-- Who says that the newcomer stands there: a coordinator of the community in their own name, or the newcomer by the code of their phone.
-- Ten wrong codes an hour and nothing is tried any more: there are a hundred thousand.
-- The code must be of the minute of the handing over: an old one would else put its person on post today.
create function private.stands_there(p_actor private.actor, p_by_name boolean, p_responder uuid, p_code text, p_at timestamptz)
returns boolean language plpgsql as $$
declare v_bucket text := 'stand_in:' || p_actor.login_id;
begin
  if p_by_name then return true; end if;
  if not private.has_token(v_bucket, 10, 3600) then return false; end if;
  if private.shows_code(p_responder, p_code, p_at) then return true; end if;
  perform private.take_token(v_bucket, 10, 3600);
  return false;
end $$;

-- A newcomer stands where somebody left. The caller holds the shift and the person; whoever has a place waits for none and is asked no more.
create function private.stand_in(p_actor private.actor, p_id uuid, p_shift app.shift, p_responder uuid, p_at timestamptz, p_vouched_by uuid) returns void language plpgsql as $$
declare w app.waitlist_entry;
begin
  update app.waitlist_entry set state = 'taken', hold_until = null where shift_id = p_shift.id and responder_id = p_responder and state = 'waiting';
  select * into w from app.waitlist_entry where shift_id = p_shift.id and responder_id = p_responder and state = 'held' for no key update;
  if found then
    update app.waitlist_entry set state = 'taken', hold_until = null where id = w.id;
    update app.shift set held = held - 1 where id = p_shift.id;
  end if;
  insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state, accepted_at, on_post_at, created_by, vouched_by)
  values (p_id, p_shift.id, p_responder, p_at, p_shift.ends_at, 'on_post', p_actor.now, p_at, p_actor.login_id, p_vouched_by);
  update app.offer set state = 'accepted', answered_at = p_actor.now
  where callout_id = p_shift.callout_id and responder_id = p_responder and state in ('sent', 'expired');
end $$;

-- May the shift still be split at this minute? It ran then, and was not over by a stand-down before.
create function private.ran_at(p_shift app.shift, p_at timestamptz) returns boolean language sql stable as $$
  select p_shift.state = 'open' or p_shift.state = 'stood_down' and p_at < (select c.stood_down_at from app.callout c where c.id = p_shift.callout_id)
$$;

-- Before the end the newcomer carries the same place on; after it, where the relief has not come, he takes a free place of the shift that follows.
create function mutator.take_over(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  a app.assignment; s app.shift; n app.shift; h app.handover; clash jsonb; violated text; v_over boolean; v_by_name boolean; v_tries boolean;
  v_new uuid := private.try_uuid(p_args ->> 'new_assignment_id'); v_who uuid := private.try_uuid(p_args ->> 'responder_id'); v_at timestamptz := private.fact_at(p_actor, p_args ->> 'at');
begin
  if v_new is null then return private.invalid('new_assignment_id'); end if;
  select * into a from app.assignment where id = private.try_uuid(p_args ->> 'assignment_id');
  if not found then return private.refused('gone'); end if;
  select * into s from app.shift where id = a.shift_id;
  select * into n from app.shift where post_id = s.post_id and starts_at = s.ends_at and id <> s.id and state = 'open' order by id limit 1;
  perform from app.shift where id in (s.id, n.id) order by id for no key update;
  v_by_name := private.coordinates(p_actor.login_id, s.community_id);
  if a.responder_id is distinct from p_actor.responder_id and not v_by_name then
    raise exception 'another person''s assignment' using errcode = '42501';
  end if;
  perform from app.responder where id = v_who for no key update;
  select * into s from app.shift where id = s.id;
  select * into n from app.shift where id = n.id;
  select * into a from app.assignment where id = a.id for no key update;
  if exists (select from app.assignment where id = v_new) then return private.applied('already'); end if;
  if a.state <> 'on_post' or v_at <= a.starts_at or v_at < a.on_post_at then return private.refused('wrong_state'); end if;
  if v_who is null or v_who = a.responder_id then return private.invalid('responder_id'); end if;
  -- before anything is said of the other person: their duty is none of a guesser's business. The coordinator is told that the word was not good.
  v_tries := private.has_token('stand_in:' || p_actor.login_id, 10, 3600);
  if not private.stands_there(p_actor, v_by_name, v_who, p_args ->> 'code', v_at) then
    if v_tries then
      perform private.log_event(p_actor, 'stand_in_refused', s.community_id, a.responder_id, s.id, a.id, null, jsonb_build_object('at', v_at));
    end if;
    return private.refused('wrong_code');
  end if;
  v_over := v_at >= s.ends_at;
  if v_over then s := n; end if;
  if s.id is null or not private.ran_at(s, v_at) or v_at >= s.ends_at then return private.refused('closed'); end if;
  if not private.may_serve(v_who, s) then return private.refused('not_eligible'); end if;
  clash := private.overlap_of(v_who, v_at, s.ends_at);
  if clash is not null then return private.refused('overlap', clash); end if;
  if v_over and not private.take_place(s.id, v_who, p_actor.now) then return private.refused('full', private.filled_by(s.id)); end if;
  update app.assignment set state = 'relieved', off_post_at = v_at, ends_at = least(ends_at, v_at) where id = a.id;
  if v_over then perform private.free_place(a.shift_id, p_actor.now); end if;
  perform private.stand_in(p_actor, v_new, s, v_who, v_at, case when v_by_name then p_actor.login_id end);
  h := private.handover_of(p_actor, a);
  update app.handover set to_assignment_id = coalesce(h.to_assignment_id, v_new),
    given_at = coalesce(h.given_at, case when a.responder_id = p_actor.responder_id then v_at end) where id = a.id;
  perform private.log_event(p_actor, 'taken_over', s.community_id, v_who, s.id, v_new, null, jsonb_build_object('at', v_at, 'from_assignment_id', a.id,
    'proof', case when v_by_name then 'coordinator' else 'code' end));
  return private.applied(null, jsonb_build_object('assignment_id', v_new));
exception when exclusion_violation then
  get stacked diagnostics violated = constraint_name;
  if violated <> 'assignment_no_overlap' then raise; end if;
  return private.refused('overlap', private.overlap_of(v_who, v_at, s.ends_at));
end $$;
select private.learn_mutators();
select private.apply_grants();
