-- 提醒: a leader reminds one person who has still to confirm, or to come. It is a notice like those of the clock, so the
-- limits of R29 hold; of one place once in ten minutes, however many leaders tap.
select private.learn_shape('remind', '{"assignment_id":"id"}');

create function mutator.remind(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  a app.assignment;
  s app.shift;
  v_unit uuid;
  v_login uuid;
  v_kind app.notice_kind;
begin
  select * into a from app.assignment where id = private.try_uuid(p_args ->> 'assignment_id');
  if not found then return private.refused('gone'); end if;
  select * into s from app.shift where id = a.shift_id for no key update;
  v_unit := (select org_unit_id from app.post where id = s.post_id);
  if not private.reaches(p_actor.login_id, v_unit, '{coordinator,grid_lead,building_lead}') then
    raise exception 'leads nobody here' using errcode = '42501';
  end if;
  select * into a from app.assignment where id = a.id for no key update;
  if s.state <> 'open' or s.ends_at <= p_actor.now or a.state not in ('assigned', 'accepted') then
    return private.refused('wrong_state');
  end if;
  -- a person who promised a shift that runs is asked to check in, where check-in is required; elsewhere they are on
  -- duty already
  v_kind := case
    when a.state = 'assigned' or s.starts_at > p_actor.now then 'reminder'
    when (private.mode_of(v_unit)).id is not null
      or exists (select from app.callout c where c.id = s.callout_id and c.kind = 'drill') then 'promise_due' end;
  select login_id into v_login from app.responder where id = a.responder_id;
  -- without a login there is nowhere to be reminded: the phone says to call
  if v_kind is null or v_login is null then return private.refused('wrong_state'); end if;
  if exists (
    select from app.notice n
    where n.login_id = v_login and n.kind = v_kind and n.subject_id = a.id
      and n.created_at > p_actor.now - interval '10 minutes') then
    return private.applied('already');
  end if;
  perform private.notify(p_actor.now, array[v_login], v_kind, s.community_id, s.callout_id, s.id, a.id,
    'lead' || floor(extract(epoch from p_actor.now))::bigint);
  perform private.log_event(p_actor, 'reminded', s.community_id, a.responder_id, s.id, a.id);
  return private.applied();
end $$;
