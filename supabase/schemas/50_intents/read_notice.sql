-- Marks a notice as seen by its person. It then goes out by no further channel, but for one that asks for an answer:
-- that goes on until it is answered, since seeing it confirms nothing.
select private.learn_shape('read_notice', '{"notice_id":"id"}');

create function mutator.read_notice(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare n app.notice;
begin
  select * into n from app.notice
  where id = private.try_uuid(p_args ->> 'notice_id') and login_id = p_actor.login_id
  for no key update;
  if not found then return private.refused('gone'); end if;
  if n.read_at is not null then return private.applied(); end if;
  update app.notice
  set read_at = p_actor.now,
    next_at = case when (select s.asks from private.notice_standing(p_actor.now) s where s.id = n.id) then next_at end
  where id = n.id;
  update app.delivery set state = 'read', settled_at = p_actor.now
  where notice_id = n.id and channel = 'in_app' and state = 'sent';
  return private.applied();
end $$;
