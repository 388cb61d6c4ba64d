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

-- Says yes for a person who cannot: they have no login, and a coordinator put them on the shift. People who can sign in
-- confirm themselves.
create function private.accept_for(p_actor private.actor, p_shift uuid, p_responder uuid) returns jsonb
language plpgsql as $$
declare
  s app.shift;
  r app.responder;
  a app.assignment;
begin
  select * into s from app.shift where id = p_shift for no key update;
  if not found then return private.refused('gone'); end if;
  perform private.require_coordinator(p_actor, s.community_id);
  select * into r from app.responder where id = p_responder for no key update;
  select * into a from app.assignment
  where shift_id = s.id and responder_id = p_responder and private.is_binding(state);
  if a.id is null then return private.refused('gone'); end if;
  if a.state <> 'assigned' then return private.applied('already', jsonb_build_object('assignment_id', a.id)); end if;
  if r.login_id is not null then return private.refused('not_eligible'); end if;
  if s.ends_at <= p_actor.now then return private.refused('closed'); end if;
  update app.assignment
  set state = 'accepted', accepted_at = p_actor.now, accepted_by = p_actor.login_id, due_at = s.starts_at
  where id = a.id;
  perform private.log_event(p_actor, 'accepted_for', s.community_id, a.responder_id, s.id, a.id);
  return private.applied(null, jsonb_build_object('assignment_id', a.id));
end $$;
