-- The person takes back a report that nobody has answered yet.
select private.learn_shape('withdraw_report', '{"report_id":"id"}');

create function mutator.withdraw_report(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare x app.report_form;
begin
  select * into x from app.report_form where id = private.try_uuid(p_args ->> 'report_id') for no key update;
  if not found then return private.applied('already'); end if;
  if x.login_id is distinct from p_actor.login_id then return private.refused('forbidden'); end if;
  if x.state <> 'requested' then return private.refused('wrong_state'); end if;
  delete from app.report_form where id = x.id;
  perform private.log_event(p_actor, 'report_withdrawn', x.community_id, x.responder_id, null, x.id);
  return private.applied();
end $$;
