-- Puts a person on a shift, in a coordinator's name: a draft assignment on a draft shift, a place to be confirmed on an
-- open one. override_reason lifts a soft rest rule, an absence and the person's hours, and is kept.
select private.learn_shape('assign', '{"assignment_id":"id","shift_id":"id","responder_id":"id",
  "override_reason":"text 2000"}');

create function mutator.assign(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  s app.shift;
  clash jsonb;
  tired jsonb;
  away jsonb;
  off boolean;
  target private.actor := p_actor;
  v_id uuid := private.try_uuid(p_args ->> 'assignment_id');
  v_why text := private.plain_words(p_args ->> 'override_reason');
begin
  if v_id is null then return private.invalid('assignment_id'); end if;
  select * into s from app.shift where id = private.try_uuid(p_args ->> 'shift_id') for no key update;
  if not found then return private.refused('gone'); end if;
  perform private.require_coordinator(p_actor, s.community_id);
  target.responder_id := private.try_uuid(p_args ->> 'responder_id');
  perform from app.responder where id = target.responder_id for no key update;
  if not found or not private.may_serve(target.responder_id, s) then return private.refused('not_eligible'); end if;
  if s.state = 'draft' then
    insert into app.draft_assignment (id, shift_id, responder_id, created_by)
    values (v_id, s.id, target.responder_id, p_actor.login_id)
    on conflict (shift_id, responder_id) do nothing;
    if not found then return private.applied('already'); end if;
    perform private.note_edit(p_actor, array[s.id], 'people');
    return private.applied();
  end if;
  if s.state <> 'open' or s.ends_at <= p_actor.now then return private.refused('closed'); end if;
  if exists (select from app.assignment
    where shift_id = s.id and responder_id = target.responder_id and private.is_binding(state)) then
    return private.applied('already');
  end if;
  clash := private.overlap_of(target.responder_id, s.starts_at, s.ends_at);
  if clash is not null then return private.refused('overlap', clash); end if;
  tired := private.too_tired(target.responder_id, s);
  away := private.absence_at(target.responder_id, s.starts_at, s.ends_at);
  off := private.is_off_hours(target.responder_id, s.starts_at, s.ends_at, p_actor.now);
  -- nobody can lift a hard limit; a coordinator's reason lifts a soft one, an absence, and the person's hours
  if tired ->> 'code' = 'over_limit' then return private.refused('over_limit', tired -> 'detail'); end if;
  if away is not null and v_why = '' then return private.refused('away', away); end if;
  if off and v_why = '' then return private.refused('off_hours'); end if;
  if tired is not null and v_why = '' then return private.refused('resting', tired -> 'detail'); end if;
  if not private.take_place(s.id, target.responder_id, p_actor.now) then
    return private.refused('full', private.filled_by(s.id));
  end if;
  insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state, due_at, created_by)
  values (v_id, s.id, target.responder_id, s.starts_at, s.ends_at, 'assigned', s.starts_at, p_actor.login_id);
  if coalesce(tired, away) is not null or off then
    insert into app.override (id, responder_id, limits, reason, by_login, at)
    values (v_id, target.responder_id,
      array_remove(array(select jsonb_array_elements_text(tired #> '{detail,limits}'))
        || case when away is not null then 'away' end || case when off then 'off_hours' end, null),
      v_why, p_actor.login_id, p_actor.now);
  end if;
  perform private.note_edit(p_actor, array[s.id], 'people');
  perform private.log_event(p_actor, 'assigned', s.community_id, target.responder_id, s.id, v_id);
  return private.applied();
end $$;
