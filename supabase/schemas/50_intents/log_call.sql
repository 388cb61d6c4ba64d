-- Records what a person of the call list said on the phone (R27). A yes or a no is the person's own, given through the
-- coordinator: the same rules and the same fill count, marked as the coordinator's.
select private.learn_shape('log_call', '{"offer_id":"id","result":"one accepted declined no_answer switched_off",
  "assignment_id":"id","waitlist_id":"id"}');

create function mutator.log_call(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  o app.offer;
  v_community uuid;
  target private.actor := p_actor;
  verdict jsonb;
  v_result app.call_result;
begin
  if not coalesce(p_args ->> 'result' = any (enum_range(null::app.call_result)::text[]), false) then
    return private.invalid('result');
  end if;
  v_result := (p_args ->> 'result')::app.call_result;
  select * into o from app.offer where id = private.try_uuid(p_args ->> 'offer_id');
  if not found then return private.refused('gone'); end if;
  select community_id into v_community from app.callout where id = o.callout_id;
  perform private.require_coordinator(p_actor, v_community);
  target.responder_id := o.responder_id;
  verdict := case v_result
    when 'accepted' then mutator.accept_shift(target, jsonb_build_object(
      'assignment_id', p_args ->> 'assignment_id', 'shift_id', o.shift_id, 'offer_id', o.id, 'eta_min', null,
      'on_full', 'waitlist', 'waitlist_id', p_args ->> 'waitlist_id'))
    when 'declined' then mutator.decline_shift(target, jsonb_build_object(
      'offer_id', o.id, 'assignment_id', null, 'reason', 'call'))
    else private.applied() end;
  if verdict ->> 'status' <> 'applied' then return verdict; end if;
  perform from app.offer where id = o.id for no key update;
  insert into app.call_log (id, offer_id, login_id, result, at)
  values (p_actor.mutation_id, o.id, p_actor.login_id, v_result, coalesce(p_actor.tapped_at, p_actor.now));
  if v_result in ('accepted', 'declined') then
    update app.delivery d set state = 'confirmed', settled_at = p_actor.now
    from app.notice n
    where n.id = d.notice_id and n.kind = 'offer' and n.subject_id = o.id and d.channel = 'call';
  end if;
  perform private.log_event(p_actor, 'called', v_community, o.responder_id, o.shift_id, o.id, v_result::text);
  return verdict;
end $$;
