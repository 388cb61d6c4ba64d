-- Says no to an offer, or to a place that a coordinator assigned. A late no is as good as an early one.
select private.learn_shape('decline_shift', '{"offer_id":"id","assignment_id":"id",
  "reason":"one work ill away other"}');

create function mutator.decline_shift(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  o app.offer;
  a app.assignment;
  v_reason text := left(p_args ->> 'reason', 20);
begin
  if p_args ->> 'offer_id' is not null then
    select * into o from app.offer
    where id = private.try_uuid(p_args ->> 'offer_id') and responder_id = p_actor.responder_id
    for no key update;
    if not found then return private.refused('gone'); end if;
    -- they said yes, perhaps on another phone: answering "already" would hide that the place is still theirs
    if o.state = 'accepted' then return private.refused('wrong_state'); end if;
    if o.state not in ('sent', 'expired') then return private.applied('already'); end if;
    update app.offer set state = 'declined', answered_at = p_actor.now, reason = v_reason where id = o.id;
    perform private.log_event(p_actor, 'offer_declined',
      (select community_id from app.callout where id = o.callout_id), o.responder_id, o.shift_id, o.id);
    return private.applied();
  end if;
  select shift_id into a.shift_id from app.assignment
  where id = private.try_uuid(p_args ->> 'assignment_id') and responder_id = p_actor.responder_id;
  if not found then return private.refused('gone'); end if;
  perform from app.shift where id = a.shift_id for no key update;
  select * into a from app.assignment where id = (p_args ->> 'assignment_id')::uuid for no key update;
  if a.state in ('withdrawn', 'released') then return private.applied('already'); end if;
  if a.state <> 'assigned' then return private.refused('wrong_state'); end if;
  update app.assignment set state = 'withdrawn', left_because = v_reason where id = a.id;
  perform private.free_place(a.shift_id, p_actor.now);
  perform private.tell_place_open(a.shift_id, p_actor.now, p_actor.login_id);
  perform private.log_event(p_actor, 'assignment_declined',
    (select community_id from app.shift where id = a.shift_id), a.responder_id, a.shift_id, a.id);
  return private.applied();
end $$;
