-- Gives or withdraws a person's own consent to one purpose.
select private.learn_shape('set_consent', '{"purpose":"one public_display location unit_sharing report_name",
  "given":"bool"}');

create function mutator.set_consent(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
begin
  if p_actor.responder_id is null then return private.refused('not_eligible'); end if;
  -- silence is no consent
  if p_args ->> 'given' is null then return private.invalid('given'); end if;
  perform from app.responder where id = p_actor.responder_id for no key update;
  if not private.is_latest_word(p_actor, p_actor.responder_id, 'set_consent ' || (p_args ->> 'purpose')) then
    return private.refused('outdated');
  end if;
  insert into app.consent (responder_id, purpose, given_at, withdrawn_at, created_by)
  values (p_actor.responder_id, (p_args ->> 'purpose')::app.consent_purpose, p_actor.now,
    case when not (p_args ->> 'given')::boolean then p_actor.now end, p_actor.login_id)
  on conflict (responder_id, purpose) do update
  set withdrawn_at = excluded.withdrawn_at,
    given_at = case when excluded.withdrawn_at is null then excluded.given_at else app.consent.given_at end;
  if p_args ->> 'purpose' = 'report_name' then perform private.show_reported_name(p_actor.responder_id); end if;
  return private.applied();
end $$;
