-- Raising notices. Where something happens that people have to be told, a trigger writes the notices in the same
-- transaction, in one statement for however many people.

-- Copies place, post, span and drill into a notice, so that it still says what it said when those change.
create function private.fill_notice() returns trigger language plpgsql as $$
begin
  select p.org_unit_id, pl.name, p.name, s.starts_at, s.ends_at
  into new.org_unit_id, new.place_name, new.post_name, new.starts_at, new.ends_at
  from app.shift s
  join app.post p on p.id = s.post_id
  join private.place pl on pl.id = p.org_unit_id
  where s.id = new.shift_id;
  new.drill := case
    when exists (select from app.callout c where c.id = new.callout_id and c.kind = 'drill') then 'yes'
    else 'no' end::app.yes_no;
  return new;
end $$;

-- notices of offers are written by the thousand, and bring these columns along
create trigger notice_fill before insert on app.notice for each row
  when (new.place_name is null and (new.shift_id is not null or new.callout_id is not null))
  execute function private.fill_notice();

-- An offer asks its person. A place is looked up once, not once for each person asked for it.
create function private.notice_offers() returns trigger language plpgsql as $$
begin
  insert into app.notice (id, login_id, kind, community_id, callout_id, shift_id, subject_id, created_at,
    org_unit_id, place_name, post_name, starts_at, ends_at, drill)
  select private.uuid_v7(), r.login_id, 'offer', co.community_id, o.callout_id, o.shift_id, o.id, o.sent_at,
    at.org_unit_id, at.place_name, at.post_name, o.slot_starts_at, o.slot_ends_at,
    case co.kind when 'drill' then 'yes' else 'no' end::app.yes_no
  from new_rows o
  join app.responder r on r.id = o.responder_id and r.login_id is not null
  join app.callout co on co.id = o.callout_id
  join (
    select s.id, p.org_unit_id, pl.name as place_name, p.name as post_name
    from (select distinct shift_id from new_rows) d
    join app.shift s on s.id = d.shift_id
    join app.post p on p.id = s.post_id
    join private.place pl on pl.id = p.org_unit_id) at on at.id = o.shift_id
  where o.state = 'sent'
  order by r.login_id
  on conflict on constraint notice_once do nothing;
  return null;
end $$;
create trigger notices_insert after insert on app.offer referencing new table as new_rows
  for each statement execute function private.notice_offers();

-- When the last place is taken, everybody still asked is told that they need not come (R7).
create function private.notice_filled() returns trigger language plpgsql as $$
declare o record;
begin
  for o in
    select n.callout_id, n.shift_id, co.community_id, array_agg(r.login_id) as logins,
      min(n.id::text)::uuid as subject_id
    from new_rows n
    join app.responder r on r.id = n.responder_id and r.login_id is not null
    join app.callout co on co.id = n.callout_id
    where n.state = 'withdrawn' and n.reason = 'full'
    group by n.callout_id, n.shift_id, co.community_id
  loop
    perform private.notify(now(), o.logins, 'filled', o.community_id, o.callout_id, o.shift_id, o.subject_id);
  end loop;
  return null;
end $$;
create trigger notices_update after update on app.offer referencing new table as new_rows
  for each statement execute function private.notice_filled();

-- What a person may have at stake in a shift: a place, a turn in its queue, a request, a place they said yes to cover.
create view private.stake as
  select id, responder_id, shift_id from app.assignment
  union all
  select id, responder_id, shift_id from app.waitlist_entry
  union all
  select id, responder_id, shift_id from app.offer
  union all
  select taker_assignment_id, taker_id, shift_id from app.cover_request where state = 'claimed';

-- Tells people that somebody changed what they had at stake (R19, R43): each person once for each stake, never the one
-- who did it. Every way in which a place, a turn or a request is lost calls this; changes.test.sql walks them.
-- p_by: the login that did it, null for the clock. p_was: the span before.
create function private.tell(
  p_kind app.notice_kind, p_now timestamptz, p_by uuid, p_stakes uuid[], p_step text default '',
  p_reason text default null, p_was tstzrange default null
) returns void language sql as $$
  insert into app.notice (id, login_id, kind, community_id, callout_id, shift_id, subject_id, step, reason,
    was_starts_at, was_ends_at, created_at)
  select private.uuid_v7(), r.login_id, p_kind, s.community_id, s.callout_id, s.id, x.id, p_step,
    nullif(left(trim(p_reason), 200), ''), lower(p_was), upper(p_was), p_now
  from private.stake x
  join app.responder r on r.id = x.responder_id and r.login_id is not null
  join app.shift s on s.id = x.shift_id
  where x.id = any (p_stakes) and r.login_id is distinct from p_by
  order by r.login_id
  on conflict on constraint notice_once do nothing
$$;

-- When a call-out is stood down, everybody who had a place, waited or was asked hears it once for the whole call-out.
-- Those who had a place may be on their way: step `placed`.
create function private.tell_stood_down(
  p_actor private.actor, p_callout app.callout, p_placed uuid[], p_others uuid[], p_reason text
) returns void language sql as $$
  insert into app.notice (id, login_id, kind, community_id, callout_id, subject_id, step, reason, created_at)
  select private.uuid_v7(), t.login_id, 'stood_down', p_callout.community_id, p_callout.id, p_callout.id,
    case when t.placed then 'placed' else '' end, nullif(left(trim(p_reason), 200), ''), p_actor.now
  from (
    select r.login_id, bool_or(x.id = any (p_placed)) as placed from private.stake x
    join app.responder r on r.id = x.responder_id and r.login_id is not null
    where x.id = any (p_placed || p_others) and r.login_id <> p_actor.login_id
    group by r.login_id) t
  order by t.login_id
  on conflict on constraint notice_once do nothing
$$;

-- A person who is put on a shift by somebody else is asked to confirm.
create function private.notice_assigned() returns trigger language plpgsql as $$
begin
  insert into app.notice (id, login_id, kind, community_id, callout_id, shift_id, subject_id, created_at)
  select private.uuid_v7(), r.login_id, 'assigned', s.community_id, s.callout_id, s.id, a.id, now()
  from new_rows a
  join app.responder r on r.id = a.responder_id and r.login_id is not null
  join app.shift s on s.id = a.shift_id
  where a.state = 'assigned' and r.login_id is distinct from a.created_by
  order by r.login_id
  on conflict on constraint notice_once do nothing;
  return null;
end $$;
create trigger notices_insert after insert on app.assignment referencing new table as new_rows
  for each statement execute function private.notice_assigned();

-- A waiting person is told when a place is held for them.
create function private.notice_held() returns trigger language plpgsql as $$
begin
  insert into app.notice (id, login_id, kind, community_id, callout_id, shift_id, subject_id, created_at)
  select private.uuid_v7(), r.login_id, 'hold', s.community_id, s.callout_id, s.id, w.id, now()
  from new_rows w
  join app.responder r on r.id = w.responder_id and r.login_id is not null
  join app.shift s on s.id = w.shift_id
  where w.state = 'held'
  order by r.login_id
  on conflict on constraint notice_once do nothing;
  return null;
end $$;
create trigger notices_update after update on app.waitlist_entry referencing new table as new_rows
  for each statement execute function private.notice_held();

-- A mode near its end is told to its opener and to the coordinators; to the coordinators a post left without relief, a
-- call for support from one, and a person who is away during a shift that is still theirs, unless they said so
-- themselves. A second call is a new notice, so the call's time is its step; who is away is told of once for each span
-- of their place.
create function private.notice_events() returns trigger language plpgsql as $$
declare e record;
begin
  for e in
    select n.id, n.kind, n.at, n.community_id, n.shift_id, n.subject_id, m.opened_by,
      case n.kind
        when 'support_asked' then extract(epoch from n.at)::bigint::text
        when 'away_on_duty' then extract(epoch from s.starts_at)::bigint::text
        else coalesce(m.renewals::text, '') end as step, s.callout_id,
      case n.kind when 'away_on_duty' then n.login_id end as knows
    from new_rows n
    left join app.mode m on m.id = n.subject_id and n.kind like 'mode\_%'
    left join app.shift s on s.id = n.shift_id
    where n.kind in ('no_relief', 'support_asked', 'mode_expiring', 'mode_expired', 'away_on_duty')
  loop
    perform private.notify(e.at, array_remove(e.opened_by || private.coordinators_of(e.community_id), e.knows),
      e.kind::app.notice_kind, e.community_id, e.callout_id, e.shift_id, coalesce(e.subject_id, e.id), e.step);
  end loop;
  return null;
end $$;
create trigger notices_insert after insert on app.event referencing new table as new_rows
  for each statement execute function private.notice_events();
