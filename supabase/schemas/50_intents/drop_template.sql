-- Forgets a community's edition of a template. If it was one of the app's six, that one is used as delivered again; if
-- it was the community's own, it is gone.
select private.learn_shape('drop_template', '{"template_id":"id"}');

create function mutator.drop_template(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare t app.callout_template;
begin
  select * into t from app.callout_template where id = private.try_uuid(p_args ->> 'template_id') for no key update;
  if not found then return private.applied('already'); end if;
  perform private.require_coordinator(p_actor, t.community_id);
  delete from app.callout_template where id = t.id;
  return private.applied();
end $$;
