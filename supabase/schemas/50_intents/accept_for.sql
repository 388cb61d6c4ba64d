-- 代确认: a coordinator says yes for a person who cannot. They have no login, and a coordinator put them on the shift.
-- People who can sign in confirm themselves, by accept_shift.
select private.learn_shape('accept_for', '{"assignment_id":"id"}');

create function mutator.accept_for(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  a app.assignment;
  s app.shift;
begin
  select * into a from app.assignment where id = private.try_uuid(p_args ->> 'assignment_id');
  if not found then return private.refused('gone'); end if;
  select * into s from app.shift where id = a.shift_id for no key update;
  perform private.require_coordinator(p_actor, s.community_id);
  -- a person who is given a login just now gets their cards with it, so one of the two waits for the other
  perform from app.responder where id = a.responder_id for no key update;
  select * into a from app.assignment where id = a.id for no key update;
  if not private.is_binding(a.state) then return private.refused('gone'); end if;
  if a.state <> 'assigned' then return private.applied('already'); end if;
  if exists (select from app.responder where id = a.responder_id and login_id is not null) then
    return private.refused('not_eligible');
  end if;
  if s.ends_at <= p_actor.now then return private.refused('closed'); end if;
  if private.is_of_old_span(p_actor, s) then return private.refused('stale'); end if;
  update app.assignment
  set state = 'accepted', accepted_at = p_actor.now, accepted_by = p_actor.login_id, due_at = s.starts_at
  where id = a.id;
  perform private.log_event(p_actor, 'accepted_for', s.community_id, a.responder_id, s.id, a.id);
  return private.applied();
end $$;
