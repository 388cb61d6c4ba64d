-- 换班: the owner of a place asks one colleague to exchange it for one of theirs. Both stay as they are until the
-- colleague says yes.
select private.learn_shape('offer_swap', '{"cover_id":"id","assignment_id":"id","with_assignment_id":"id"}');

create function mutator.offer_swap(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  a app.assignment;
  b app.assignment;
  s app.shift;
  w app.shift;
  v_id uuid := private.try_uuid(p_args ->> 'cover_id');
begin
  select shift_id into a.shift_id from app.assignment
  where id = private.try_uuid(p_args ->> 'assignment_id') and responder_id = p_actor.responder_id;
  if not found then return private.refused('gone'); end if;
  select shift_id into b.shift_id from app.assignment where id = private.try_uuid(p_args ->> 'with_assignment_id');
  if not found then return private.refused('gone'); end if;
  perform from app.shift where id in (a.shift_id, b.shift_id) order by id for no key update;
  select * into a from app.assignment where id = (p_args ->> 'assignment_id')::uuid for no key update;
  select * into b from app.assignment where id = (p_args ->> 'with_assignment_id')::uuid for no key update;
  select * into s from app.shift where id = a.shift_id;
  select * into w from app.shift where id = b.shift_id;
  -- a place of another community, or of a call-out, is none that this person sees on a roster
  if w.community_id <> s.community_id then return private.refused('gone'); end if;
  if v_id is null then return private.invalid('cover_id'); end if;
  if b.responder_id = a.responder_id or b.shift_id = a.shift_id then
    return private.invalid('with_assignment_id');
  end if;
  if exists (select from app.cover_request where id = v_id) then return private.applied('already'); end if;
  if exists (
    select from app.cover_request where assignment_id = a.id and state in ('open', 'claimed'))
    or a.state not in ('assigned', 'accepted') or b.state not in ('assigned', 'accepted') then
    return private.refused('wrong_state');
  end if;
  if s.state <> 'open' or w.state <> 'open' or least(s.starts_at, w.starts_at) <= p_actor.now then
    return private.refused('closed');
  end if;
  insert into app.cover_request (id, assignment_id, shift_id, responder_id, reason, asked_at, asked_by,
    with_assignment_id)
  values (v_id, a.id, s.id, a.responder_id, 'other', p_actor.now, p_actor.login_id, b.id);
  perform private.tell('swap_asked', p_actor.now, p_actor.login_id, array[b.id], v_id::text);
  perform private.log_event(p_actor, 'swap_offered', s.community_id, b.responder_id, s.id, v_id);
  return private.applied();
end $$;
