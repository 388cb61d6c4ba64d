-- 继续召集: a call-out that was left undecided goes on, under the mode that is open now or under a new one with the ground
-- and document of the old one.
select private.learn_shape('resume_callout', '{"callout_id":"id","mode_id":"id","mode_hours":"int 1 1000"}');

create function mutator.resume_callout(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  c app.callout;
  m app.mode;
  v_old app.mode;
begin
  select * into c from app.callout where id = private.try_uuid(p_args ->> 'callout_id');
  if not found then return private.refused('gone'); end if;
  perform private.require_coordinator(p_actor, c.community_id);
  perform from app.org_unit where id = c.community_id for no key update;
  select * into c from app.callout where id = c.id for no key update;
  if c.state not in ('open', 'filled') then return private.refused('not_open'); end if;
  if c.attention <> 'undecided' then return private.applied('already'); end if;
  m := private.mode_of(c.community_id);
  if m.id is null then
    if private.try_uuid(p_args ->> 'mode_id') is null then return private.invalid('mode_id'); end if;
    select * into v_old from app.mode where id = c.mode_id;
    perform private.start_mode(p_actor, (p_args ->> 'mode_id')::uuid, c.community_id, v_old.ground,
      v_old.document_no, coalesce((p_args ->> 'mode_hours')::int, 24));
    perform private.log_event(p_actor, 'mode_opened', c.community_id, null, null, (p_args ->> 'mode_id')::uuid);
    m.id := (p_args ->> 'mode_id')::uuid;
  end if;
  update app.callout set attention = 'none', mode_id = m.id where id = c.id;
  -- the minutes of the rung that was reached start again
  update app.ladder l
  set look_at = '-infinity',
    next_at = case when l.next_at is not null then p_actor.now + make_interval(mins => e.minutes) end
  from app.escalation e
  where l.callout_id = c.id and l.state <> 'over' and e.ladder_id = l.id and e.position = l.position;
  perform private.log_event(p_actor, 'callout_resumed', c.community_id, null, null, c.id);
  return private.applied();
end $$;
