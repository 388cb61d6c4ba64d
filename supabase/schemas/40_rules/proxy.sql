-- 代办 (R36): what a coordinator does for a person who has no phone, marked as theirs wherever it shows.

-- The login that acts for this person; null when the person acts themselves.
create function private.proxy_of(p_actor private.actor, p_responder uuid) returns uuid language sql stable as $$
  select p_actor.login_id
  where p_actor.login_id is distinct from (select login_id from app.responder where id = p_responder)
$$;

-- Which steps of an assignment a coordinator took for the person, in their order. On the phone: ProxyStep.
create function private.proxy_steps(a app.assignment) returns app.proxy_step[]
language sql immutable parallel safe as $$
  select array_remove(array[
    case when (a).accepted_by is not null then 'accepted'::app.proxy_step end,
    case when (a).vouched_by is not null then 'on_post'::app.proxy_step end,
    case when (a).left_by is not null then 'off_post'::app.proxy_step end], null)
$$;
