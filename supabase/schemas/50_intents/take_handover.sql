-- The relief's confirmation of a handover. The note that the relief saw is kept until the giver's own arrives, because
-- the giver's phone may never come back online. Somebody who gave their place back takes nothing over, and nobody does
-- before the shift that is left began: the person who leaves would count as relieved, and the relief get no note.
select private.learn_shape('take_handover', '{"assignment_id":"id","from_assignment_id":"id","at":"fact",
  "note":{"done":"text 2000","todo":"text 2000","supplies":"text 2000","risks":"text 2000"}}');

create function mutator.take_handover(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  b app.assignment := private.reportable(p_actor, private.try_uuid(p_args ->> 'assignment_id'));
  a app.assignment;
  h app.handover;
  n jsonb := p_args -> 'note';
  v_at timestamptz := private.fact_at(p_actor, p_args ->> 'at');
begin
  select * into a from app.assignment where id = private.try_uuid(p_args ->> 'from_assignment_id');
  if a.id is null or b.id is null then return private.refused('gone'); end if;
  if not private.carries_on(a, b) or b.state in ('withdrawn', 'released') or v_at < a.starts_at then
    return private.refused('wrong_state');
  end if;
  h := private.handover_of(p_actor, a);
  if private.is_taken(h) then return private.applied('already'); end if;
  if h.given_at is null and jsonb_typeof(n) = 'object' then
    update app.handover
    set done = private.plain_words(n ->> 'done'),
      todo = private.plain_words(n ->> 'todo'),
      supplies = private.plain_words(n ->> 'supplies'),
      risks = private.plain_words(n ->> 'risks')
    where id = a.id;
  end if;
  update app.handover set to_assignment_id = b.id, taken_at = v_at where id = a.id;
  perform private.log_event(p_actor, 'handover_taken', h.community_id, b.responder_id, b.shift_id, a.id);
  return private.applied();
end $$;
