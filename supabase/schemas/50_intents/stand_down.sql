-- 解除: ends a call-out. Its open shifts end, people still asked are thanked, people on post may leave. The mode stays
-- open.
select private.learn_shape('stand_down', '{"callout_id":"id","reason":"text 2000"}');

create function mutator.stand_down(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  c app.callout;
  v_shifts uuid[];
  v_placed uuid[];
  v_others uuid[];
begin
  select * into c from app.callout where id = private.try_uuid(p_args ->> 'callout_id');
  if not found then return private.refused('gone'); end if;
  perform private.require_coordinator(p_actor, c.community_id);
  select array_agg(s.id) into v_shifts
  from (select id from app.shift where callout_id = c.id and state = 'open' order by id for no key update) s;
  select * into c from app.callout where id = c.id for no key update;
  if c.state not in ('open', 'filled') then return private.applied('already'); end if;
  v_placed := array(
    select id from app.assignment where shift_id = any (v_shifts) and private.is_binding(state));
  v_others := array(
    select id from app.waitlist_entry where shift_id = any (v_shifts) and state in ('waiting', 'held')
    union all
    select id from app.offer where callout_id = c.id and state in ('sent', 'expired'));
  perform private.release_shifts(p_actor, v_shifts, 'stood_down', p_args ->> 'reason');
  update app.offer set state = 'withdrawn', reason = 'stood_down'
  where callout_id = c.id and state in ('sent', 'expired');
  update app.reinforcement r set state = 'withdrawn'
  from app.ladder l
  where l.id = r.ladder_id and l.callout_id = c.id and r.state = 'asked';
  update app.callout
  set state = 'stood_down', stood_down_at = p_actor.now, attention = 'none',
    stood_down_because = nullif(private.plain_words(p_args ->> 'reason'), '')
  where id = c.id;
  perform private.tell_stood_down(p_actor, c, v_placed, v_others, p_args ->> 'reason');
  perform private.log_event(p_actor, 'stood_down', c.community_id, null, null, c.id);
  return private.applied();
end $$;
