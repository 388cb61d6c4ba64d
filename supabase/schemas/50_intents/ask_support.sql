-- 需要支援: somebody on post asks the community for help. The coordinators are told who and where at once, by a notice;
-- one person asks once in ten minutes for one place.
select private.learn_shape('ask_support', '{"assignment_id":"id"}');

create function mutator.ask_support(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  a app.assignment;
  s app.shift;
begin
  select * into a from app.assignment where id = private.try_uuid(p_args ->> 'assignment_id');
  if not found then return private.refused('gone'); end if;
  select * into s from app.shift where id = a.shift_id for no key update;
  if a.responder_id is distinct from p_actor.responder_id then
    raise exception 'not on this post' using errcode = '42501';
  end if;
  select * into a from app.assignment where id = a.id for no key update;
  if exists (
    select from app.event e
    where e.kind = 'support_asked' and e.subject_id = a.id and e.at > p_actor.now - interval '10 minutes') then
    return private.applied('already');
  end if;
  if a.state not in ('accepted', 'on_post') or s.starts_at > p_actor.now + interval '1 hour' then
    return private.refused('wrong_state');
  end if;
  perform private.log_event(p_actor, 'support_asked', s.community_id, a.responder_id, s.id, a.id);
  return private.applied();
end $$;
