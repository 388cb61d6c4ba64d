-- Ends shifts with everything that hangs on them: releases the places that are held by somebody not on post yet, and
-- lets waiting and asked people go. Of cancelled shifts each of these people is told here; of a call-out that is stood
-- down they are told once for all of it. The caller holds the shifts.
create function private.release_shifts(
  p_actor private.actor, p_shifts uuid[], p_state app.shift_state, p_reason text
) returns void language plpgsql as $$
declare
  v_placed uuid[] := array(
    select id from app.assignment where shift_id = any (p_shifts) and state in ('assigned', 'accepted'));
  v_waiting uuid[] := array(
    select id from app.waitlist_entry where shift_id = any (p_shifts) and state in ('waiting', 'held'));
  v_asked uuid[] := array(
    select id from app.offer where shift_id = any (p_shifts) and state in ('sent', 'expired'));
begin
  insert into app.event (
    id, at, kind, login_id, community_id, responder_id, shift_id, subject_id, mutation_id, reason)
  select private.uuid_v7(), p_actor.now, 'released', p_actor.login_id, s.community_id, a.responder_id, s.id, a.id,
    p_actor.mutation_id, private.only_code(p_reason)
  from app.assignment a
  join app.shift s on s.id = a.shift_id
  where a.id = any (v_placed);
  update app.assignment set state = 'released', left_because = left(p_reason, 200) where id = any (v_placed);
  update app.waitlist_entry set state = 'passed', hold_until = null where id = any (v_waiting);
  update app.shift s set state = p_state, held = 0, to_pick = 0,
    filled = (select count(*) from app.assignment a where a.shift_id = s.id and private.is_binding(a.state))
  where s.id = any (p_shifts);
  update app.offer set state = 'withdrawn', reason = p_state::text where id = any (v_asked);
  if p_state = 'cancelled' then
    perform private.tell('cancelled', p_actor.now, p_actor.login_id, v_placed, '', p_reason);
    perform private.tell('passed', p_actor.now, p_actor.login_id, v_waiting, 'cancelled', p_reason);
    perform private.tell('recalled', p_actor.now, p_actor.login_id, v_asked, 'cancelled', p_reason);
  end if;
end $$;

-- The conflicts that keep a draft from being published: planned people who would serve twice at once, here or
-- elsewhere. Null if there are none. Ids only; names are added when the verdict is read (with_names).
create function private.roster_conflicts(p_roster uuid) returns jsonb language sql stable as $$
  with plan as (
    select d.id, d.responder_id, s.id as shift_id, s.starts_at, s.ends_at, private.meets(d.responder_id, s) as fit
    from app.draft_assignment d
    join app.shift s on s.id = d.shift_id
    where s.roster_id = p_roster and s.state = 'draft')
  select jsonb_agg(distinct jsonb_build_object(
    'responder_id', p.responder_id, 'starts_at', p.starts_at, 'ends_at', p.ends_at))
  from plan p
  where not p.fit
    or exists (
      select from app.assignment a
      where a.responder_id = p.responder_id and private.is_binding(a.state)
        and tstzrange(a.starts_at, a.ends_at) && tstzrange(p.starts_at, p.ends_at))
    or exists (
      select from plan q
      where q.responder_id = p.responder_id and q.id <> p.id
        and tstzrange(q.starts_at, q.ends_at) && tstzrange(p.starts_at, p.ends_at))
$$;

-- Turns of a draft roster that limits of rest stand against (R17), with its other turns: hard ones, which nobody lifts,
-- and soft ones, which the name and reason of the coordinator lifts; those outside the hours of their person, or while
-- they are away, are soft ones too. Null if there are none. Ids only, as above.
create function private.roster_tired(p_roster uuid, p_now timestamptz) returns jsonb language sql stable as $$
  select jsonb_agg(jsonb_build_object('responder_id', d.responder_id, 'starts_at', s.starts_at, 'ends_at', s.ends_at,
    'draft_id', d.id, 'hard', f.hard, 'limits', to_jsonb(x.limits)) order by s.starts_at, d.id)
  from app.draft_assignment d
  join app.shift s on s.id = d.shift_id
  cross join lateral private.fatigue_of(d.responder_id, s.starts_at, s.ends_at, p_roster) f
  cross join lateral (select f.soft
    || case when private.is_away(d.responder_id, s.starts_at, s.ends_at) then array['away'] else '{}' end
    || case when private.is_off_hours(d.responder_id, s.starts_at, s.ends_at, p_now) then array['off_hours']
      else '{}' end as limits) x
  where s.roster_id = p_roster and s.state = 'draft' and s.ends_at > p_now
    and (f.hard is not null or cardinality(x.limits) > 0)
$$;

-- Which shifts of a plan lie on time that their post has covered already, by a shift that is drafted or open or by one
-- planned before it; null if none does. A shift that is there already is not planned again, and those in p_drop are
-- about to go; a shift that is moved is planned again and goes. The same rule as
-- coveredShifts of the phone (src/domain/postCover.ts).
create function private.covered_shifts(p_shifts jsonb, p_drop uuid[]) returns uuid[] language sql stable as $$
  with planned as (
    select (x.e ->> 'id')::uuid as id, (x.e ->> 'post_id')::uuid as post_id, x.n,
      (x.e ->> 'starts_at')::timestamptz as starts_at, (x.e ->> 'ends_at')::timestamptz as ends_at
    from jsonb_array_elements(p_shifts) with ordinality x(e, n)
    where not exists (select from app.shift s where s.id = (x.e ->> 'id')::uuid and s.id <> all (p_drop)))
  select array_agg(p.id order by p.n)
  from planned p
  where exists (
      select from app.shift s
      where s.post_id = p.post_id and s.state in ('draft', 'open') and s.id <> all (p_drop)
        and s.starts_at < p.ends_at and s.ends_at > p.starts_at
        and s.starts_at > p.starts_at - private.longest_shift())
    or exists (
      select from planned q
      where q.post_id = p.post_id and q.n < p.n and q.starts_at < p.ends_at and q.ends_at > p.starts_at)
$$;

-- Remembers what a coordinator did to shifts, so that another one sees who changed them. The caller holds the shifts.
create function private.note_edit(p_actor private.actor, p_shifts uuid[], p_what app.shift_edit_kind)
returns void language sql as $$
  insert into app.shift_edit (id, community_id, post_id, starts_at, ends_at, what, by_login, at)
  select s.id, s.community_id, s.post_id, s.starts_at, s.ends_at, p_what, p_actor.login_id, p_actor.now
  from app.shift s where s.id = any (p_shifts)
  on conflict (id) do update set starts_at = excluded.starts_at, ends_at = excluded.ends_at, what = excluded.what,
    by_login = excluded.by_login, at = excluded.at
$$;

-- Why a coordinator of p_community cannot drop these drafts, as a refusal; null if they can. p_seen: whom they saw on
-- them, as {shift_id, people} for each shift that has somebody; a phone of before sends none, and drops them unseen.
-- Locks the shifts.
create function private.why_not_dropped(p_shifts uuid[], p_community uuid, p_seen jsonb) returns jsonb
language plpgsql as $$
declare v_unseen jsonb;
begin
  perform from app.shift where id = any (p_shifts) order by id for no key update;
  if exists (select from app.shift where id = any (p_shifts) and community_id <> p_community) then
    return private.refused('forbidden');
  end if;
  if exists (select from app.shift where id = any (p_shifts) and state <> 'draft') then
    return private.refused('wrong_state');
  end if;
  if coalesce(jsonb_typeof(p_seen), 'null') = 'null' then return null; end if;
  select jsonb_agg(jsonb_build_object(
    'responder_id', d.responder_id, 'starts_at', s.starts_at, 'ends_at', s.ends_at) order by s.starts_at, d.id)
  into v_unseen
  from app.draft_assignment d
  join app.shift s on s.id = d.shift_id
  where d.shift_id = any (p_shifts) and (d.shift_id, d.responder_id) not in (
    select (x ->> 'shift_id')::uuid, person::uuid
    from jsonb_array_elements(p_seen) x
    cross join lateral jsonb_array_elements_text(x -> 'people') person);
  return case when v_unseen is not null
    then private.refused('roster_changed', jsonb_build_object('people', v_unseen)) end;
end $$;

-- Locks the rosters of drafts, which are locked before their shifts, as publishing does.
create function private.hold_draft_roster(p_shifts uuid[]) returns void language sql as $$
  select from app.roster
  where id in (select roster_id from app.shift where id = any (p_shifts) and state = 'draft')
  order by id for no key update
$$;

-- Deletes drafts with the people planned on them; each roster that loses one is another version. The caller holds the
-- shifts.
create function private.drop_drafts(p_actor private.actor, p_shifts uuid[]) returns void language plpgsql as $$
begin
  perform private.note_edit(p_actor, p_shifts, 'dropped');
  update app.roster set version = version + 1
  where id in (select roster_id from app.shift where id = any (p_shifts));
  delete from app.shift where id = any (p_shifts);
end $$;

-- The people that are planned on some drafts, as a text that two sides can compare: SHA-256 of sorted `shift person`
-- lines, in letters, because figures could be taken for a phone number. The same on the phone: `seenPeople`.
create function private.seen_people(p_shifts uuid[]) returns text language sql stable as $$
  select translate(
    encode(sha256(convert_to(coalesce(string_agg(line, ',' order by line collate "C"), ''), 'UTF8')), 'hex'),
    '0123456789abcdef', 'abcdefghijklmnop')
  from (select d.shift_id || ' ' || d.responder_id as line from app.draft_assignment d
    where d.shift_id = any (p_shifts)) x
$$;
