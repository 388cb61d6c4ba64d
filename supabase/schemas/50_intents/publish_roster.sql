-- Opens the draft shifts of a roster: each planned person holds a place and is asked to confirm it. A hard conflict, or a
-- hard limit of rest, refuses the whole roster; override_reason lifts its soft ones, and is kept. `seen` is
-- a hash of the people whom the coordinator's phone showed; if others are planned by now, it is roster_changed.
select private.learn_shape('publish_roster', '{"roster_id":"id","version":"int 0 1000000000",
  "override_reason":"text 2000","seen":"text 64"}');

create function mutator.publish_roster(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  r app.roster;
  v_over jsonb;
  v_people jsonb;
  v_tired jsonb;
  v_why text := private.plain_words(p_args ->> 'override_reason');
begin
  select * into r from app.roster where id = private.try_uuid(p_args ->> 'roster_id') for no key update;
  if not found then return private.refused('gone'); end if;
  perform private.require_coordinator(p_actor, r.community_id);
  if r.version is distinct from (p_args ->> 'version')::int then
    return private.refused('roster_changed', jsonb_build_object('version', r.version));
  end if;
  perform from app.shift where roster_id = r.id and state = 'draft' order by id for no key update;
  if exists (
    select from app.shift
    where roster_id = r.id and state = 'draft' and starts_at >= private.publish_until(p_actor.now)) then
    return private.refused('too_early', jsonb_build_object('until', private.publish_until(p_actor.now)));
  end if;
  perform from app.responder
  where id in (
    select d.responder_id from app.draft_assignment d
    join app.shift s on s.id = d.shift_id
    where s.roster_id = r.id)
  order by id for no key update;
  if p_args ->> 'seen' <> private.seen_people(array(
    select id from app.shift where roster_id = r.id and state = 'draft')) then
    return private.refused('roster_changed', jsonb_build_object('version', r.version));
  end if;
  select jsonb_agg(jsonb_build_object('shift_id', x.id)) into v_over from (
    select s.id from app.shift s
    join app.draft_assignment d on d.shift_id = s.id
    where s.roster_id = r.id and s.state = 'draft'
    group by s.id having count(*) > s.capacity) x;
  if v_over is not null then return private.refused('over_capacity', jsonb_build_object('shifts', v_over)); end if;
  v_people := private.roster_conflicts(r.id);
  if v_people is not null then
    return private.refused('roster_conflict', jsonb_build_object('people', v_people));
  end if;
  v_tired := private.roster_tired(r.id, p_actor.now);
  if v_tired is not null
    and (v_why = '' or exists (select from jsonb_array_elements(v_tired) t where t ->> 'hard' is not null)) then
    return private.refused('roster_tired', jsonb_build_object('people', v_tired));
  end if;
  with planned as (
    insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state, due_at, created_by)
    select d.id, s.id, d.responder_id, s.starts_at, s.ends_at, 'assigned', s.starts_at, p_actor.login_id
    from app.draft_assignment d
    join app.shift s on s.id = d.shift_id
    where s.roster_id = r.id and s.state = 'draft' and s.ends_at > p_actor.now
    returning shift_id)
  update app.shift s
  set state = 'open', filled = (select count(*) from planned p where p.shift_id = s.id)
  where s.roster_id = r.id and s.state = 'draft';
  delete from app.draft_assignment d using app.shift s where s.id = d.shift_id and s.roster_id = r.id;
  insert into app.override (id, responder_id, limits, reason, by_login, at)
  select (t ->> 'draft_id')::uuid, (t ->> 'responder_id')::uuid,
    array(select jsonb_array_elements_text(t -> 'limits')), v_why, p_actor.login_id, p_actor.now
  from jsonb_array_elements(v_tired) t;
  update app.roster set state = 'published', version = version + 1 where id = r.id;
  perform private.log_event(p_actor, 'roster_published', r.community_id, null, null, r.id);
  return private.applied();
end $$;
