-- 顶班: takes the place of somebody who asked for it. Well before the start it is theirs at once; later it waits for a
-- coordinator, and until then the owner stays responsible. Of two takers the second is told who was first.
select private.learn_shape('take_cover', '{"cover_id":"id","assignment_id":"id"}');

create function mutator.take_cover(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  c app.cover_request := private.hold_cover(private.try_uuid(p_args ->> 'cover_id'), p_actor.responder_id);
  s app.shift;
  against jsonb;
  v_id uuid := private.try_uuid(p_args ->> 'assignment_id');
begin
  if v_id is null then return private.invalid('assignment_id'); end if;
  if p_actor.responder_id is null then return private.refused('not_eligible'); end if;
  if c.id is null or c.with_assignment_id is not null then return private.refused('gone'); end if;
  select * into s from app.shift where id = c.shift_id;
  if not private.may_serve(p_actor.responder_id, s) then return private.refused('not_eligible'); end if;
  if c.taker_id = p_actor.responder_id then
    return private.applied('already', jsonb_build_object('assignment_id', c.taker_assignment_id));
  end if;
  if c.taker_id is not null then
    return private.refused('full', jsonb_build_object('filled',
      jsonb_build_array(jsonb_build_object('responder_id', c.taker_id, 'at', c.claimed_at))));
  end if;
  if c.state <> 'open' or s.starts_at <= p_actor.now then return private.refused('closed'); end if;
  if private.is_used_id(v_id) then return private.invalid('assignment_id'); end if;
  against := private.against_taking(p_actor, s);
  if against is not null then return against; end if;
  if private.changes_hands(s, p_actor.now) then return private.pass_place(p_actor, p_actor, c, s, v_id); end if;
  update app.cover_request
  set state = 'claimed', taker_id = p_actor.responder_id, taker_assignment_id = v_id, claimed_at = p_actor.now
  where id = c.id;
  perform private.notify(p_actor.now, private.coordinators_of(s.community_id), 'cover_claimed', s.community_id,
    s.callout_id, s.id, c.id, v_id::text);
  perform private.log_event(p_actor, 'cover_claimed', s.community_id, p_actor.responder_id, s.id, c.id);
  return private.applied(null, jsonb_build_object('assignment_id', v_id));
end $$;

-- Has anything this id that a person can be told of, or that becomes a place? A yes keeps the id of its place until a
-- coordinator approves. Under an id in use the place could not be made then, and a notice would reach somebody else.
create function private.is_used_id(p_id uuid) returns boolean language sql stable as $$
  select exists (select from private.stake where id = p_id)
    or exists (select from app.draft_assignment where id = p_id)
    or exists (select from app.cover_request where state = 'claimed' and back_assignment_id = p_id)
$$;
