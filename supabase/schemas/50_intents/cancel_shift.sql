-- Cancels an open shift and releases its people by name. Refused while somebody is on post. A draft shift, which phones
-- of before name here, is deleted.
select private.learn_shape('cancel_shift', '{"shift_id":"id","reason":"text 2000"}');

create function mutator.cancel_shift(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  s app.shift;
  v_id uuid := private.try_uuid(p_args ->> 'shift_id');
begin
  perform private.hold_draft_roster(array[v_id]);
  select * into s from app.shift where id = v_id for no key update;
  if not found then return private.refused('gone'); end if;
  perform private.require_coordinator(p_actor, s.community_id);
  if s.state = 'draft' then
    perform private.drop_drafts(p_actor, array[s.id]);
    return private.applied();
  end if;
  if s.state <> 'open' then return private.applied('already'); end if;
  if exists (select from app.assignment where shift_id = s.id and state = 'on_post') then
    return private.refused('wrong_state');
  end if;
  perform private.release_shifts(p_actor, array[s.id], 'cancelled', p_args ->> 'reason');
  perform private.note_edit(p_actor, array[s.id], 'cancelled');
  return private.applied();
end $$;
