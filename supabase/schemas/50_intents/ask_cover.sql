-- 请人顶班: the owner of a place asks for somebody else in it, or a coordinator asks for them. It stays theirs until
-- somebody has taken it. The reason reaches the coordinators alone, because it may be one of health.
select private.learn_shape('ask_cover', '{"cover_id":"id","assignment_id":"id","reason":"one work ill away other"}');

create function mutator.ask_cover(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  a app.assignment := private.reportable(p_actor, private.try_uuid(p_args ->> 'assignment_id'));
  s app.shift;
  v_id uuid := private.try_uuid(p_args ->> 'cover_id');
  v_reason app.leave_reason := coalesce(p_args ->> 'reason', 'other');
begin
  if v_id is null then return private.invalid('cover_id'); end if;
  if a.id is null then return private.refused('gone'); end if;
  if exists (
    select from app.cover_request where assignment_id = a.id and state in ('open', 'claimed') or id = v_id) then
    return private.applied('already');
  end if;
  select * into s from app.shift where id = a.shift_id;
  if a.state not in ('assigned', 'accepted') then return private.refused('wrong_state'); end if;
  if s.state <> 'open' or s.starts_at <= p_actor.now then return private.refused('closed'); end if;
  insert into app.cover_request (id, assignment_id, shift_id, responder_id, reason, asked_at, asked_by)
  values (v_id, a.id, s.id, a.responder_id, v_reason, p_actor.now, p_actor.login_id);
  perform private.tell('cover_asked', p_actor.now, p_actor.login_id, array[a.id], v_id::text);
  perform private.log_event(p_actor, 'cover_asked', s.community_id, a.responder_id, s.id, v_id);
  return private.applied();
end $$;
