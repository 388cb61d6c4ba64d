-- Adds shifts to a roster; the first call makes the roster. The shifts are drafts until the roster is published, and no
-- two shifts of a post overlap. `drop` names drafts of the community that go at the same moment, with the people
-- planned on them: so a plan is replaced, or taken back, in one step. `seen` says whom the coordinator saw on them; if
-- somebody else is planned there by now, nothing changes, and the refusal names those people.
select private.learn_shape('draft_shifts', '{"roster_id":"id","community_id":"id","name":"text 60",
  "starts_on":"date","ends_on":"date","drop":["id",1000],"seen":[{"shift_id":"id","people":["id",1000]},1000],
  "shifts":[{"id":"id","post_id":"id","starts_at":"time","ends_at":"time","capacity":"int 1 50"},1000]}');

create function mutator.draft_shifts(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  v_community uuid := private.try_uuid(p_args ->> 'community_id');
  v_roster uuid := private.try_uuid(p_args ->> 'roster_id');
  v_drop uuid[] := private.ids_of(p_args -> 'drop');
  v_covered uuid[];
  v_why_not jsonb;
  r app.roster;
begin
  if v_roster is null then return private.invalid('roster_id'); end if;
  perform private.require_coordinator(p_actor, v_community);
  select * into r from app.roster where id = v_roster for no key update;
  if not found then
    r.community_id := v_community;
    r.starts_on := (p_args ->> 'starts_on')::date;
    r.ends_on := (p_args ->> 'ends_on')::date;
  end if;
  if r.community_id <> v_community then return private.refused('forbidden'); end if;
  if not coalesce(r.ends_on - r.starts_on between 0 and 92, false) then return private.invalid('ends_on'); end if;
  if exists (
    select from jsonb_to_recordset(p_args -> 'shifts')
      x(id uuid, post_id uuid, starts_at timestamptz, ends_at timestamptz, capacity int)
    left join app.post p on p.id = x.post_id and p.community_id = v_community and p.ended_at is null
    where p.id is null
      or x.id is null
      or x.ends_at <= x.starts_at
      or x.ends_at > x.starts_at + private.longest_shift()
      or x.capacity not between 1 and 50
      -- a shift begins on a day of its roster, or in the day and night that began on the last one
      or not coalesce(
        (x.starts_at at time zone interval '+08:00')::date between r.starts_on and r.ends_on + 1, false)) then
    return private.invalid('shifts');
  end if;
  v_why_not := private.why_not_dropped(v_drop, v_community, p_args -> 'seen');
  if v_why_not is not null then return v_why_not; end if;
  -- two coordinators who plan one post at once wait here for each other
  perform from app.org_unit where id = v_community for no key update;
  v_covered := private.covered_shifts(p_args -> 'shifts', v_drop);
  if v_covered is not null then
    return private.refused('post_covered', jsonb_build_object('shifts',
      (select jsonb_agg(jsonb_build_object('shift_id', x)) from unnest(v_covered) x)));
  end if;
  insert into app.roster (id, community_id, name, starts_on, ends_on, created_by)
  values (v_roster, v_community, p_args ->> 'name', r.starts_on, r.ends_on, p_actor.login_id)
  on conflict (id) do nothing;
  perform from app.roster where id = v_roster and community_id = v_community for no key update;
  if not found then return private.refused('forbidden'); end if;
  perform private.drop_drafts(p_actor, v_drop);
  insert into app.shift
    (id, community_id, post_id, roster_id, starts_at, ends_at, capacity, state, requirement, created_by)
  select x.id, v_community, x.post_id, v_roster, x.starts_at, x.ends_at, x.capacity, 'draft',
    private.requirement_of(p.skill), p_actor.login_id
  from jsonb_to_recordset(p_args -> 'shifts')
    x(id uuid, post_id uuid, starts_at timestamptz, ends_at timestamptz, capacity int)
  join app.post p on p.id = x.post_id
  on conflict (id) do nothing;
  -- a draft that comes back is not gone any more
  delete from app.shift_edit where what = 'dropped' and id in (
    select x.id from jsonb_to_recordset(p_args -> 'shifts') x(id uuid));
  -- one version for one intent: a draft that it lost has raised it already
  update app.roster set version = version + 1 where id = v_roster and version = coalesce(r.version, 1);
  return private.applied();
end $$;
