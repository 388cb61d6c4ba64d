-- Takes a person off a shift: deletes a draft assignment, or releases a place that is not yet on post.
select private.learn_shape('unassign', '{"assignment_id":"id","reason":"text 2000"}');

create function mutator.unassign(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  v_id uuid := private.try_uuid(p_args ->> 'assignment_id');
  d app.draft_assignment;
  a app.assignment;
  v_community uuid;
begin
  select * into d from app.draft_assignment where id = v_id;
  if found then
    select community_id into v_community from app.shift where id = d.shift_id for no key update;
    perform private.require_coordinator(p_actor, v_community);
    delete from app.draft_assignment where id = v_id;
    perform private.note_edit(p_actor, array[d.shift_id], 'people');
    return private.applied();
  end if;
  select shift_id into a.shift_id from app.assignment where id = v_id;
  if not found then return private.refused('gone'); end if;
  select community_id into v_community from app.shift where id = a.shift_id for no key update;
  perform private.require_coordinator(p_actor, v_community);
  select * into a from app.assignment where id = v_id for no key update;
  if a.state in ('withdrawn', 'released') then return private.applied('already'); end if;
  if a.state not in ('assigned', 'accepted') then return private.refused('wrong_state'); end if;
  update app.assignment set state = 'released', left_because = left(p_args ->> 'reason', 200) where id = v_id;
  perform private.free_place(a.shift_id, p_actor.now);
  perform private.tell('released', p_actor.now, p_actor.login_id, array[v_id], '', p_args ->> 'reason');
  perform private.note_edit(p_actor, array[a.shift_id], 'people');
  perform private.log_event(p_actor, 'released', v_community, a.responder_id, a.shift_id, a.id);
  return private.applied();
end $$;
