-- 现在升级: a leader opens the next rung of a ladder now (R10). as_of is the position the leader saw: a second tap, or one
-- that arrives after the clock has opened the rung, skips none.
select private.learn_shape('escalate', '{"ladder_id":"id","as_of":"int 0 1000"}');

create function mutator.escalate(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  l app.ladder;
  c app.callout;
  v_asked int;
begin
  select * into l from app.ladder where id = private.try_uuid(p_args ->> 'ladder_id');
  if not found then return private.refused('gone'); end if;
  if not private.reaches(p_actor.login_id, l.community_id,
    '{coordinator,street_officer,district_officer,city_officer}') then
    return private.refused('forbidden');
  end if;
  if jsonb_typeof(p_args -> 'as_of') is distinct from 'number' then return private.invalid('as_of'); end if;
  select * into c from app.callout where id = l.callout_id for no key update;
  select * into l from app.ladder where id = l.id for no key update;
  if c.state not in ('open', 'filled') or c.attention <> 'none' or l.state = 'over' then
    return private.refused('not_open');
  end if;
  if l.position <> (p_args ->> 'as_of')::int then
    return private.refused('moved_on', jsonb_build_object('position', l.position, 'at', l.rung_at,
      'level', (select level from app.escalation where ladder_id = l.id and position = l.position)));
  end if;
  if l.state = 'met'
    or private.need_of(l) = 0
    or l.position >= (select count(*) from app.escalation where ladder_id = l.id) then
    return private.refused('wrong_state');
  end if;
  v_asked := private.climb(l.id, p_actor.now, p_actor.login_id);
  return private.applied(null, jsonb_build_object('asked', v_asked));
end $$;
