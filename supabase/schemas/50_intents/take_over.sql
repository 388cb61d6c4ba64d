-- 现在换人: a present person stands in for somebody on post, at this minute. Before the end of the shift the stand-in gets
-- the rest of the same place. After it, where the relief has not come, they take a free place of the shift that
-- follows. They are there, so a skill that the shift asks for is not looked at. The fatigue guard judges the stand-in from
-- that minute on; override_reason of a coordinator lifts a soft limit, and is kept.
select private.learn_shape('take_over', '{"assignment_id":"id","new_assignment_id":"id","responder_id":"id","at":"fact",
  "code":"text 20","override_reason":"text 2000"}');

create function mutator.take_over(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  a app.assignment;
  s app.shift;
  n app.shift;
  v_rest app.shift; -- what of the shift the stand-in would serve
  h app.handover;
  clash jsonb;
  tired jsonb;
  v_over boolean;
  v_by_name boolean;
  v_tries boolean;
  v_new uuid := private.try_uuid(p_args ->> 'new_assignment_id');
  v_who uuid := private.try_uuid(p_args ->> 'responder_id');
  v_at timestamptz := private.fact_at(p_actor, p_args ->> 'at');
  v_why text := private.plain_words(p_args ->> 'override_reason');
begin
  if v_new is null then return private.invalid('new_assignment_id'); end if;
  select * into a from app.assignment where id = private.try_uuid(p_args ->> 'assignment_id');
  if not found then return private.refused('gone'); end if;
  select * into s from app.shift where id = a.shift_id;
  select * into n from app.shift
  where post_id = s.post_id and starts_at = s.ends_at and id <> s.id and state = 'open'
  order by id limit 1;
  perform from app.shift where id in (s.id, n.id) order by id for no key update;
  v_by_name := private.coordinates(p_actor.login_id, s.community_id);
  if private.acts_for_other(p_actor, a.responder_id) and not v_by_name then
    raise exception 'another person''s assignment' using errcode = '42501';
  end if;
  perform from app.responder where id = v_who for no key update;
  select * into s from app.shift where id = s.id;
  select * into n from app.shift where id = n.id;
  select * into a from app.assignment where id = a.id for no key update;
  if exists (select from app.assignment where id = v_new) then return private.applied('already'); end if;
  if a.state <> 'on_post' or v_at <= a.starts_at or v_at < a.on_post_at then
    return private.refused('wrong_state');
  end if;
  if v_who is null or v_who = a.responder_id then return private.invalid('responder_id'); end if;
  -- The code comes before every answer about the stand-in, or a person guessing codes would learn of their duty. The
  -- coordinator is told of a wrong code, as long as tries count.
  v_tries := private.has_token('stand_in:' || p_actor.login_id, 10, 3600);
  if not private.stands_there(p_actor, v_by_name, v_who, p_args ->> 'code', v_at) then
    if v_tries then
      perform private.log_event(p_actor, 'stand_in_refused', s.community_id, a.responder_id, s.id, a.id, null,
        jsonb_build_object('at', v_at));
    end if;
    return private.refused('wrong_code');
  end if;
  v_over := v_at >= s.ends_at;
  if v_over then s := n; end if;
  if s.id is null or not private.ran_at(s, v_at) or v_at >= s.ends_at then return private.refused('closed'); end if;
  if not private.serves_there(v_who, s) then return private.refused('not_eligible'); end if;
  clash := private.overlap_of(v_who, v_at, s.ends_at);
  if clash is not null then return private.refused('overlap', clash); end if;
  v_rest := s;
  v_rest.starts_at := v_at;
  tired := private.too_tired(v_who, v_rest);
  if tired ->> 'code' = 'over_limit' then return private.refused('over_limit', tired -> 'detail'); end if;
  if tired is not null and not (v_by_name and v_why <> '') then
    return private.refused('resting', tired -> 'detail');
  end if;
  if v_over and not private.take_place(s.id, v_who, p_actor.now) then
    return private.refused('full', private.filled_by(s.id));
  end if;
  update app.assignment
  set state = 'relieved', off_post_at = v_at, ends_at = least(ends_at, v_at),
    left_by = private.proxy_of(p_actor, a.responder_id)
  where id = a.id;
  if v_over then perform private.free_place(a.shift_id, p_actor.now); end if;
  perform private.stand_in(p_actor, v_new, s, v_who, v_at, case when v_by_name then private.proxy_of(p_actor, v_who) end);
  perform private.hold_next(s.id, p_actor.now); -- a place that was held for the stand-in goes on
  if tired is not null then
    insert into app.override (id, responder_id, limits, reason, by_login, at)
    values (v_new, v_who, array(select jsonb_array_elements_text(tired #> '{detail,limits}')), v_why,
      p_actor.login_id, p_actor.now);
  end if;
  h := private.handover_of(p_actor, a);
  update app.handover
  set to_assignment_id = coalesce(h.to_assignment_id, v_new),
    given_at = coalesce(h.given_at, case when not private.acts_for_other(p_actor, a.responder_id) then v_at end)
  where id = a.id;
  perform private.tell('taken_over', p_actor.now, p_actor.login_id, array[a.id], 'out');
  perform private.tell('taken_over', p_actor.now, p_actor.login_id, array[v_new], 'in');
  perform private.log_event(p_actor, 'taken_over', s.community_id, v_who, s.id, v_new, null,
    jsonb_build_object('at', v_at, 'from_assignment_id', a.id,
      'proof', case when v_by_name then 'coordinator' else 'code' end));
  return private.applied(null, jsonb_build_object('assignment_id', v_new));
end $$;
