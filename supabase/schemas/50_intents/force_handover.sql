-- 放行: a leader lets a person go whose relief does not come, and says why.
select private.learn_shape('force_handover', '{"assignment_id":"id","reason":"text 2000"}');

create function mutator.force_handover(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  a app.assignment;
  s app.shift;
  h app.handover;
  v_why text := private.plain_words(p_args ->> 'reason');
begin
  select * into a from app.assignment where id = private.try_uuid(p_args ->> 'assignment_id');
  if not found then return private.refused('gone'); end if;
  select * into s from app.shift where id = a.shift_id for no key update;
  if not private.reaches(p_actor.login_id, (select org_unit_id from app.post where id = s.post_id),
    '{coordinator,grid_lead,building_lead}') then
    raise exception 'leads nobody here' using errcode = '42501';
  end if;
  select * into a from app.assignment where id = a.id for no key update;
  if v_why = '' then return private.invalid('reason'); end if;
  if a.state <> 'on_post' then return private.refused('wrong_state'); end if;
  h := private.handover_of(p_actor, a);
  if h.forced_at is not null then return private.applied('already'); end if;
  update app.handover set forced_at = p_actor.now, forced_by = p_actor.login_id, forced_reason = v_why where id = a.id;
  perform private.tell('let_go', p_actor.now, p_actor.login_id, array[a.id], '', v_why);
  perform private.log_event(p_actor, 'handover_forced', s.community_id, a.responder_id, s.id, a.id);
  return private.applied();
end $$;
