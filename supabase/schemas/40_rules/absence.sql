-- When people are away (请假). It is a soft rule: a call-out asks nobody who is away, a coordinator may still put them on
-- a shift by name and with a reason, and their own yes counts whatever they said before. The same rule as
-- src/domain/absence.ts; tests/vectors/absence.json holds both to one answer.

-- Is the person away in some part of a span?
create function private.is_away(p_responder uuid, p_starts timestamptz, p_ends timestamptz) returns boolean
language sql stable as $$
  select exists (
    select from app.absence a
    where a.responder_id = p_responder and a.ended_at is null and a.starts_at < p_ends and a.ends_at > p_starts)
$$;

-- The first absence of a person that touches a span, as the detail of a refusal; null if there is none.
create function private.absence_at(p_responder uuid, p_starts timestamptz, p_ends timestamptz) returns jsonb
language sql stable as $$
  select jsonb_build_object('starts_at', a.starts_at, 'ends_at', a.ends_at)
  from app.absence a
  where a.responder_id = p_responder and a.ended_at is null and a.starts_at < p_ends and a.ends_at > p_starts
  order by a.starts_at, a.id limit 1
$$;

-- Fails unless the actor is the person, or coordinates a community they report to.
create function private.require_say_over(p_actor private.actor, p_responder uuid) returns void language plpgsql as $$
begin
  if private.acts_for_other(p_actor, p_responder)
    and not private.coordinates_person(p_actor.login_id, p_responder) then
    raise exception 'neither the person nor a coordinator of theirs' using errcode = '42501';
  end if;
end $$;
