-- 代办 (R36): what a coordinator does for a person who has no phone, marked as theirs wherever it shows.

-- Does the actor act for somebody else here? On the phone: actsForOther.
create function private.acts_for_other(p_actor private.actor, p_responder uuid) returns boolean
language sql immutable as $$
  select p_actor.responder_id is distinct from p_responder
$$;

-- The login that acts for this person; null when the person acts themselves.
create function private.proxy_of(p_actor private.actor, p_responder uuid) returns uuid language sql immutable as $$
  select case when private.acts_for_other(p_actor, p_responder) then p_actor.login_id end
$$;

-- Which steps of an assignment a coordinator took for the person, in their order. On the phone: ProxyStep.
create function private.proxy_steps(a app.assignment) returns app.proxy_step[]
language sql immutable parallel safe as $$
  select array_remove(array[
    case when (a).accepted_by is not null then 'accepted'::app.proxy_step end,
    case when (a).vouched_by is not null then 'on_post'::app.proxy_step end,
    case when (a).left_by is not null then 'off_post'::app.proxy_step end], null)
$$;
