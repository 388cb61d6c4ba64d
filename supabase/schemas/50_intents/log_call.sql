-- Records what a person of the call list said on the phone (R27). A yes or a no is the person's own, given through the
-- coordinator: the same rules and the same fill count, marked as the coordinator's. `undone` takes the last yes or no
-- back: nothing is deleted, the correction stands in the log beside what it corrects.
select private.learn_shape('log_call', '{"offer_id":"id","result":"one accepted declined no_answer switched_off undone",
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
    when 'undone' then private.take_back_call(p_actor, o)
    else private.applied() end;
  if verdict ->> 'status' <> 'applied' or v_result = 'undone' and verdict ->> 'code' = 'already' then
    return verdict;
  end if;
  if v_result = 'accepted' and verdict ->> 'code' is null then
    update app.assignment set accepted_by = private.proxy_of(p_actor, o.responder_id)
    where id = (verdict #>> '{detail,assignment_id}')::uuid;
  end if;
  perform from app.offer where id = o.id for no key update;
  insert into app.call_log (id, offer_id, login_id, result, at)
  values (p_actor.mutation_id, o.id, p_actor.login_id, v_result, coalesce(p_actor.tapped_at, p_actor.now));
  if v_result in ('accepted', 'declined', 'undone') then
    update app.delivery d
    set state = case when v_result = 'undone' then 'queued' else 'confirmed' end::app.delivery_state,
      settled_at = case when v_result <> 'undone' then p_actor.now end
    from app.notice n
    where n.id = d.notice_id and n.kind = 'offer' and n.subject_id = o.id and d.channel = 'call';
  end if;
  perform private.log_event(p_actor, 'called', v_community, o.responder_id, o.shift_id, o.id, v_result::text);
  return verdict;
end $$;

-- Takes back the last yes or no of a request that was given by phone: the place or the wait ends, and the person is
-- asked as before. Refused when the person stands on post, has answered otherwise since, or the time is over.
create function private.take_back_call(p_actor private.actor, o app.offer) returns jsonb language plpgsql as $$
declare
  c app.call_log;
  a app.assignment;
  w app.waitlist_entry;
  v_asked boolean := exists (
    select from app.offer x
    where x.callout_id = o.callout_id and x.responder_id = o.responder_id and x.id <> o.id and x.state = 'sent');
begin
  select * into c from app.call_log
  where offer_id = o.id and result in ('accepted', 'declined', 'undone') order by at desc, id desc limit 1;
  if c.result = 'undone' then return private.applied('already'); end if;
  if c.id is null or coalesce(p_actor.tapped_at, p_actor.now) > c.at + private.take_back_time() then
    return private.refused('wrong_state');
  end if;
  if not exists (select from app.callout where id = o.callout_id and state in ('open', 'filled')) then
    return private.refused('not_open');
  end if;
  perform from app.shift where id = o.shift_id for no key update;
  perform from app.responder where id = o.responder_id for no key update;
  select * into o from app.offer where id = o.id for no key update;
  if c.result = 'declined' and o.state <> 'declined' then return private.refused('wrong_state'); end if;
  if c.result = 'accepted' then
    select * into a from app.assignment
    where shift_id = o.shift_id and responder_id = o.responder_id and private.is_binding(state) for no key update;
    select * into w from app.waitlist_entry
    where shift_id = o.shift_id and responder_id = o.responder_id and state in ('waiting', 'held') for no key update;
    if a.state = 'on_post' or a.id is null and w.id is null then return private.refused('wrong_state'); end if;
    if a.id is null then return private.leave_queue(p_actor, w); end if;
    update app.assignment set state = 'withdrawn', left_because = 'undone' where id = a.id;
  end if;
  update app.offer set answered_at = null, reason = null,
    state = case when id = o.id and expires_at > p_actor.now and not v_asked then 'sent' else 'expired' end
      ::app.offer_state
  where id = o.id
    or c.result = 'accepted' and callout_id = o.callout_id and responder_id = o.responder_id and state = 'accepted';
  if a.id is not null then perform private.free_place(o.shift_id, p_actor.now); end if;
  perform private.settle_slot(o.callout_id, o.slot_starts_at, o.slot_ends_at, p_actor.now);
  return private.applied();
end $$;
