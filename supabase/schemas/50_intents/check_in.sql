-- 到岗, reported by the person or by a coordinator for them. An arrival that no longer has a place is recorded as
-- disputed, and the coordinator is told. The way `qr` counts with the door's own code. A wrong or missing code makes it
-- `manual` and gets the same answer: the arrival is a fact, and nobody must learn codes by trying. The way `undone`
-- takes back an arrival that a coordinator reported by mistake.
select private.learn_shape('check_in', '{"assignment_id":"id","at":"fact","way":"one manual qr coordinator undone",
  "door":"text 60"}');

create function mutator.check_in(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  a app.assignment := private.reportable(p_actor, private.try_uuid(p_args ->> 'assignment_id'));
  s app.shift;
  v_at timestamptz := private.fact_at(p_actor, p_args ->> 'at');
  placed boolean;
  v_by_name boolean := private.acts_for_other(p_actor, a.responder_id);
  v_way text := case when v_by_name then 'coordinator' else 'manual' end;
begin
  if a.id is null then return private.refused('gone'); end if;
  if p_args ->> 'way' = 'undone' then return private.take_back_arrival(p_actor, a); end if;
  if a.state = 'on_post' then return private.applied('already'); end if;
  select * into s from app.shift where id = a.shift_id;
  -- for somebody else it is the coordinator's word, whatever the phone calls it
  if not v_by_name and p_args ->> 'way' = 'qr' and exists (
    select from app.post p
    join app.org_unit u on u.id = p.org_unit_id
    where p.id = s.post_id and u.door_code = private.normal_code(p_args ->> 'door')) then
    v_way := 'qr';
  end if;
  placed := a.state in ('assigned', 'accepted');
  if a.state = 'not_arrived' and private.overlap_of(a.responder_id, a.starts_at, a.ends_at) is null then
    update app.shift set filled = filled + 1 where id = s.id and state = 'open' and filled + held < capacity;
    placed := found;
  end if;
  if placed then
    update app.assignment
    set state = 'on_post', on_post_at = v_at,
      accepted_at = coalesce(accepted_at, case when not v_by_name then p_actor.now end),
      vouched_by = private.proxy_of(p_actor, a.responder_id)
    where id = a.id;
    perform private.log_event(p_actor, 'on_post', s.community_id, a.responder_id, s.id, a.id, v_way);
    return private.applied();
  end if;
  perform private.log_event(p_actor, 'disputed', s.community_id, a.responder_id, s.id, a.id, null,
    jsonb_build_object('state', a.state, 'at', v_at));
  return private.applied('disputed', jsonb_build_object('state', a.state));
end $$;
