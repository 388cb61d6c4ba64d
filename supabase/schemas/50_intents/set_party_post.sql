-- Puts a person into a post of a party organisation: somebody on a list of the node, or a name. Who held it before
-- steps down the same day; of deputies there may be nine.
select private.learn_shape('set_party_post', '{"party_post_id":"id","party_org_id":"id",
  "post":"one secretary deputy group_leader","responder_id":"id","holder":"text 200","starts_on":"text 10"}');

create function mutator.set_party_post(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  x app.party_post;
  o app.party_org;
begin
  x := jsonb_populate_record(null::app.party_post, p_args - 'starts_on');
  x.id := private.try_uuid(p_args ->> 'party_post_id');
  x.holder := nullif(trim(private.strip_numbers(p_args ->> 'holder')), '');
  x.starts_on := private.try_day(coalesce(p_args ->> 'starts_on', private.day_of(p_actor.now)::text), p_actor.now);
  perform from app.responder where id = x.responder_id for no key update;
  select * into o from app.party_org where id = x.party_org_id for no key update;
  if not found then return private.refused('gone'); end if;
  perform private.require_keeper(p_actor, o.keeper_id);
  if x.id is null then return private.invalid('party_post_id'); end if;
  if x.starts_on is null then return private.invalid('starts_on'); end if;
  if x.post is null or x.post <> 'deputy' and x.post <> private.leading_post(o.kind) then
    return private.invalid('post');
  end if;
  if num_nonnulls(x.responder_id, x.holder) <> 1 or length(x.holder) > 40 then return private.invalid('holder'); end if;
  if exists (select from app.party_post where id = x.id) then return private.applied('already'); end if;
  if not private.is_live(o.state) then return private.refused('wrong_state'); end if;
  if x.responder_id is not null and not private.is_listed_under(x.responder_id, o.keeper_id) then
    return private.refused('not_eligible');
  end if;
  if x.post = 'deputy' and (
    select count(*) from app.party_post where party_org_id = o.id and post = 'deputy' and ends_on is null) >= 9 then
    return private.refused('over_capacity');
  end if;
  update app.party_post set ends_on = greatest(starts_on, x.starts_on)
  where party_org_id = o.id and post = x.post and x.post <> 'deputy' and ends_on is null;
  insert into app.party_post (id, party_org_id, post, responder_id, holder, starts_on, created_at, created_by)
  values (x.id, o.id, x.post, x.responder_id, x.holder, x.starts_on, p_actor.now, p_actor.login_id);
  perform private.log_event(p_actor, 'party_post_set', private.community_or_null(o.keeper_id), x.responder_id, null,
    o.id, x.post::text);
  return private.applied();
end $$;
