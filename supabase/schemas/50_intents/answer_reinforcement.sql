-- Answers a neighbour's request for people: promises a number, or none (people 0). As many people are then asked at
-- once as it takes to reach that number, by the rules of a wave.
select private.learn_shape('answer_reinforcement', '{"reinforcement_id":"id","people":"int 0 200"}');

create function mutator.answer_reinforcement(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  r app.reinforcement;
  l app.ladder;
  c app.callout;
  w private.wave;
  v_all private.askable[];
  v_people int := (p_args ->> 'people')::int;
  v_need int;
begin
  select * into r from app.reinforcement where id = private.try_uuid(p_args ->> 'reinforcement_id');
  if not found then return private.refused('gone'); end if;
  perform private.require_coordinator(p_actor, r.to_community_id);
  if v_people is null or v_people not between 0 and 200 then return private.invalid('people'); end if;
  select * into l from app.ladder where id = r.ladder_id;
  select * into c from app.callout where id = l.callout_id for no key update;
  select * into l from app.ladder where id = r.ladder_id for no key update;
  select * into r from app.reinforcement where id = r.id for no key update;
  if r.state in ('promised', 'declined') then return private.applied('already'); end if;
  if c.state not in ('open', 'filled') or c.attention <> 'none' or l.slot_ends_at <= p_actor.now then
    return private.refused('not_open');
  end if;
  update app.reinforcement
  set state = case when v_people = 0 then 'declined' else 'promised' end::app.reinforcement_state,
    promised = nullif(v_people, 0), answered_at = p_actor.now, answered_by = p_actor.login_id
  where id = r.id;
  v_need := least(v_people, private.need_of(l));
  if v_need > 0 then
    v_all := array(select a from private.askables(l, p_actor.now, r.to_community_id) a order by a.turn);
    w := private.wave_of(v_need, 0, l.rates[5], 0, cardinality(v_all));
    perform private.send_offers(l, v_all[1:w.ask], p_actor.now);
  end if;
  perform private.log_event(p_actor, 'reinforcement_answered', r.from_community_id, null, null, r.id, null,
    jsonb_build_object('people', v_people));
  perform private.notify(p_actor.now, private.coordinators_of(r.from_community_id), 'reinforcement',
    r.from_community_id, l.callout_id, null, r.id, 'answered');
  return private.applied(null, jsonb_build_object('asked', coalesce(w.ask, 0)));
end $$;
