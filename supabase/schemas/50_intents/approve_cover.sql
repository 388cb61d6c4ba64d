-- 批准顶班: a coordinator lets the place change hands close to its start. They name the claim they have seen, so that
-- nobody else gets a yes that was not meant for them. The taker is judged again.
select private.learn_shape('approve_cover', '{"cover_id":"id","assignment_id":"id"}');

create function mutator.approve_cover(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  c app.cover_request := private.hold_cover(private.try_uuid(p_args ->> 'cover_id'));
  s app.shift;
  taker private.actor := p_actor;
  against jsonb;
  v jsonb;
  v_id uuid := private.try_uuid(p_args ->> 'assignment_id');
begin
  if c.id is null then return private.refused('gone'); end if;
  select * into s from app.shift where id = c.shift_id;
  perform private.require_coordinator(p_actor, s.community_id);
  if c.taker_assignment_id is distinct from v_id then
    return private.refused(
      case when c.state in ('withdrawn', 'lapsed') then 'closed' else 'wrong_state' end::app.verdict_code);
  end if;
  if c.state = 'taken' then return private.applied('already'); end if;
  if c.state <> 'claimed' then return private.refused('closed'); end if;
  if c.with_assignment_id is not null then return private.approve_swap(p_actor, c); end if;
  taker.responder_id := c.taker_id;
  taker.tapped_at := c.claimed_at;
  against := private.against_approving(taker, s);
  if against is not null then return against; end if;
  v := private.pass_place(p_actor, taker, c, s, v_id);
  perform private.tell('cover_approved', p_actor.now, p_actor.login_id, array[v_id]);
  return v;
end $$;

-- What stands against the taker by now, as the refusal; null if nothing does. That they said yes a while ago does not.
create function private.against_approving(p_taker private.actor, p_shift app.shift) returns jsonb
language plpgsql stable as $$
declare v jsonb;
begin
  if p_shift.starts_at <= p_taker.now then return private.refused('closed'); end if;
  p_taker.tapped_at := p_taker.now;
  v := private.against_taking(p_taker, p_shift);
  if v ->> 'code' = 'closed' then return v; end if;
  if v is not null or not private.may_serve(p_taker.responder_id, p_shift) then
    return private.refused('not_free', jsonb_build_object('because', coalesce(v ->> 'code', 'not_eligible')));
  end if;
  return null;
end $$;

-- The same for a swap: both are judged again.
create function private.approve_swap(p_actor private.actor, c app.cover_request) returns jsonb language plpgsql as $$
declare v jsonb;
begin
  if private.swap_begins(c) <= p_actor.now then return private.refused('closed'); end if;
  v := private.exchange_places(p_actor, c, c.taker_id, c.taker_assignment_id, c.back_assignment_id);
  if v ->> 'status' = 'refused' then
    return private.refused('not_free', jsonb_build_object('because',
      coalesce(v #>> '{detail,because}', v ->> 'code')));
  end if;
  perform private.tell('cover_approved', p_actor.now, p_actor.login_id, array[c.taker_assignment_id]);
  return v;
end $$;
