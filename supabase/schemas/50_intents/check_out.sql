-- 离岗. It is always recorded with its time. Without a relief, or well before the end of a call-out's shift, the place
-- opens again and the coordinator is told, unless a leader let the person go.
select private.learn_shape('check_out', '{"assignment_id":"id","at":"fact","relief_assignment_id":"id",
  "must_leave":"text 2000"}');

create function mutator.check_out(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  a app.assignment := private.reportable(p_actor, private.try_uuid(p_args ->> 'assignment_id'));
  s app.shift;
  h app.handover;
  v_at timestamptz := private.fact_at(p_actor, p_args ->> 'at');
  relieved boolean;
  alone boolean;
begin
  if a.id is null then return private.refused('gone'); end if;
  select * into s from app.shift where id = a.shift_id;
  if a.state in ('relieved', 'done') then return private.applied('already'); end if;
  if a.state <> 'on_post' then
    perform private.log_event(p_actor, 'disputed', s.community_id, a.responder_id, s.id, a.id, null,
      jsonb_build_object('state', a.state, 'at', v_at));
    return private.applied('disputed', jsonb_build_object('state', a.state));
  end if;
  select * into h from app.handover where id = a.id;
  relieved := private.was_relieved(s, private.try_uuid(p_args ->> 'relief_assignment_id'), h, v_at);
  alone := not relieved and h.forced_at is null and (
    private.needs_relief(s)
    or (s.callout_id is not null and s.state = 'open' and v_at < s.ends_at - interval '15 minutes'));
  update app.assignment
  set state = case when relieved then 'relieved' else 'done' end::app.assignment_state,
    off_post_at = v_at,
    left_because = left(p_args ->> 'must_leave', 200),
    left_by = private.proxy_of(p_actor, a.responder_id)
  where id = a.id;
  perform private.free_place(s.id, p_actor.now);
  perform private.log_event(p_actor, case when alone then 'no_relief' else 'off_post' end,
    s.community_id, a.responder_id, s.id, a.id, null,
    jsonb_build_object('at', v_at,
      'overtime_min', greatest(0, floor(extract(epoch from v_at - s.ends_at) / 60))));
  return private.applied(case when alone then 'no_relief'::app.verdict_code end);
end $$;
