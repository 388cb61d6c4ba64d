-- The giver's note and confirmation of a handover. They may send it again until both have confirmed, and the latest
-- note counts. give_handover, take_handover and force_handover are facts that write one record: each may come alone,
-- twice, in any order and hours late.
select private.learn_shape('give_handover', '{"assignment_id":"id","at":"fact","to_assignment_id":"id",
  "note":{"done":"text 2000","todo":"text 2000","supplies":"text 2000","risks":"text 2000"}}');

create function mutator.give_handover(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  a app.assignment := private.reportable(p_actor, private.try_uuid(p_args ->> 'assignment_id'));
  b app.assignment;
  h app.handover;
  n jsonb := p_args -> 'note';
begin
  if a.id is null then return private.refused('gone'); end if;
  select * into b from app.assignment where id = private.try_uuid(p_args ->> 'to_assignment_id');
  h := private.handover_of(p_actor, a);
  if h.given_at is not null and h.taken_at is not null then return private.applied('already'); end if;
  update app.handover
  set done = private.plain_words(n ->> 'done'),
    todo = private.plain_words(n ->> 'todo'),
    supplies = private.plain_words(n ->> 'supplies'),
    risks = private.plain_words(n ->> 'risks'),
    given_at = coalesce(h.given_at, private.fact_at(p_actor, p_args ->> 'at')),
    to_assignment_id = coalesce(h.to_assignment_id, case when private.carries_on(a, b) then b.id end)
  where id = a.id;
  if h.given_at is null then
    perform private.log_event(p_actor, 'handover_given', h.community_id, a.responder_id, a.shift_id, a.id);
  end if;
  return private.applied();
end $$;
