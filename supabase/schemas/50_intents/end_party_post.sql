-- Ends a post of a party organisation on a day. A post that leads is vacant from then on, and the tree says since when.
select private.learn_shape('end_party_post', '{"party_post_id":"id","ends_on":"text 10"}');

create function mutator.end_party_post(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  x app.party_post;
  o app.party_org;
  v_day date := private.try_day(coalesce(p_args ->> 'ends_on', private.day_of(p_actor.now)::text), p_actor.now);
begin
  select * into x from app.party_post where id = private.try_uuid(p_args ->> 'party_post_id');
  if not found then return private.refused('gone'); end if;
  select * into o from app.party_org where id = x.party_org_id for no key update;
  perform private.require_keeper(p_actor, o.keeper_id);
  select * into x from app.party_post where id = x.id;
  if x.ends_on is not null then return private.applied('already'); end if;
  if v_day is null or v_day < x.starts_on then return private.invalid('ends_on'); end if;
  update app.party_post set ends_on = v_day where id = x.id;
  perform private.log_event(p_actor, 'party_post_ended', private.community_or_null(o.keeper_id), x.responder_id, null,
    o.id, x.post::text);
  return private.applied();
end $$;
