-- Says no to a report: not living here, the same person twice, cannot be reached, or another reason.
select private.learn_shape('decline_report', '{"report_id":"id","reason":"one not_here twin unreachable other"}');

create function mutator.decline_report(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare x app.report_form;
begin
  select * into x from app.report_form where id = private.try_uuid(p_args ->> 'report_id') for no key update;
  if not found then return private.refused('gone'); end if;
  perform private.require_coordinator(p_actor, x.community_id);
  if p_args ->> 'reason' is null then return private.invalid('reason'); end if;
  if x.state = 'ended' then return private.applied('already'); end if;
  if x.state = 'confirmed' then return private.refused('wrong_state'); end if;
  update app.report_form set state = 'ended', declined = (p_args ->> 'reason')::app.decline_reason,
    settled_at = p_actor.now, settled_by = p_actor.login_id
  where id = x.id
  returning * into x;
  perform private.tell_reporter(x, p_actor.now);
  perform private.log_event(p_actor, 'report_declined', x.community_id, x.responder_id, null, x.id, x.declined::text);
  return private.applied();
end $$;
