-- Personal data that has had its time is deleted every night (R38). Each rule answers how many rows it took, works in
-- batches, and finds nothing when it runs again. Spans are counted from p_now, so that a test can move the clock.
-- No column keeps locations; supabase/tests/database/expire.test.sql fails when one appears without a rule here.

-- Runs every rule; answers how many rows each took. Report-ins, covers, edits and reasons come first, because they lock
-- shifts, which everybody locks before people.
create function private.expire(p_now timestamptz) returns jsonb language plpgsql as $$
declare
  v_report_ins int := private.expire_report_ins(p_now);
  v_covers int := private.expire_covers(p_now);
  v_edits int := private.expire_shift_edits(p_now);
  v_reasons int := private.expire_reasons(p_now);
begin
  return jsonb_build_object(
    'report_ins', v_report_ins,
    'request_contacts', private.expire_request_contacts(p_now),
    'one_off_numbers', private.expire_one_off_numbers(p_now),
    'feedback', private.expire_feedback(p_now),
    'invitations', private.expire_invitations(p_now),
    'absences', private.expire_absences(p_now),
    'ready', private.expire_ready(p_now),
    'covers', v_covers,
    'reasons', v_reasons,
    'shift_edits', v_edits,
    'import_values', private.expire_import_values(p_now),
    'report_forms', private.expire_report_forms(p_now));
end $$;

-- Ends report-ins whose last day is over, as if the person had left: their coming duty is released and the coordinators
-- are told. A person on post stays until the next night. At most a hundred in one call: each takes some 15 ms, during
-- which others wait for its locks. Shifts are locked before people, as everywhere.
create function private.expire_report_ins(p_now timestamptz) returns int language plpgsql as $$
declare
  x record;
  v_released jsonb;
  v_n int := 0;
  v_day date := (p_now at time zone interval '+08:00')::date;
begin
  for x in
    select i.id, i.responder_id, i.community_id, r.login_id from app.report_in i
    join app.responder r on r.id = i.responder_id
    where i.state <> 'ended' and i.ends_on < v_day and not private.is_on_post(i.responder_id, i.community_id)
    order by i.id limit 100
  loop
    perform private.lock_duty_of_responder(x.responder_id);
    perform from app.responder where id = x.responder_id for no key update;
    continue when private.is_on_post(x.responder_id, x.community_id);
    v_released := private.release_future(null, x.responder_id, x.community_id, p_now);
    update app.report_in set state = 'ended' where id = x.id and state <> 'ended';
    insert into app.event (id, at, kind, community_id, responder_id, reason, detail)
    values (private.uuid_v7(), p_now, 'left_community', x.community_id, x.responder_id, 'ends_on',
      jsonb_build_object('released', jsonb_array_length(v_released)));
    insert into app.notice (id, login_id, kind, community_id, subject_id, org_unit_id, place_name, created_at)
    select private.uuid_v7(), x.login_id, 'membership_ended', u.id, x.id, u.id, u.name, p_now from app.org_unit u
    where u.id = x.community_id and x.login_id is not null
    on conflict on constraint notice_once do nothing;
    v_n := v_n + 1;
  end loop;
  return v_n;
end $$;

create function private.is_on_post(p_responder uuid, p_community uuid) returns boolean language sql stable as $$
  select exists (
    select from app.assignment a
    join app.shift s on s.id = a.shift_id
    where a.responder_id = p_responder and a.state = 'on_post' and s.community_id = p_community)
$$;

-- A request for help keeps its contact 30 days.
create function private.expire_request_contacts(p_now timestamptz) returns int language plpgsql as $$
declare
  v_ids uuid[];
  v_n int := 0;
begin
  loop
    select array_agg(q.id) into v_ids from (
      select id from app.request where contact is not null and created_at < p_now - private.keep_contacts()
      order by id limit 500 for no key update) q;
    exit when v_ids is null;
    update app.request set contact = null where id = any (v_ids);
    v_n := v_n + cardinality(v_ids);
  end loop;
  return v_n;
end $$;

-- The number of a one-off volunteer goes 30 days after their last duty ended, or after the record was made if there was
-- no duty.
create function private.expire_one_off_numbers(p_now timestamptz) returns int language plpgsql as $$
declare v_n int;
begin
  perform from app.responder where id in (select private.one_off_volunteers(p_now)) order by id for no key update;
  delete from app.responder_contact where responder_id in (select private.one_off_volunteers(p_now));
  get diagnostics v_n = row_count;
  return v_n;
end $$;

-- One-off volunteers whose time is over: without login, home building here, unit or party organisation, and with
-- nothing ahead. Residents and people of units belong to the community and stay.
create function private.one_off_volunteers(p_now timestamptz) returns setof uuid language sql stable as $$
  select r.id from app.responder r
  join app.responder_contact c on c.responder_id = r.id
  where r.kind = 'volunteer'
    and num_nonnulls(r.login_id, r.home_building_id, r.partner_unit_id, r.party_org_id) = 0
    and c.created_at < p_now - private.keep_contacts()
    and not exists (
      select from app.assignment a
      where a.responder_id = r.id and coalesce(a.off_post_at, a.ends_at) >= p_now - private.keep_contacts())
    and not exists (select from app.draft_assignment d where d.responder_id = r.id)
    and not exists (
      select from app.waitlist_entry w where w.responder_id = r.id and w.state in ('waiting', 'held'))
    and not exists (select from app.offer o where o.responder_id = r.id and o.state = 'sent')
$$;

-- Feedback keeps its author and page 30 days, so that it can be answered; its words go after a year.
create function private.expire_feedback(p_now timestamptz) returns int language plpgsql as $$
declare
  v_n int;
  v_gone int;
begin
  update app.feedback set login_id = null, page = null
  where created_at < p_now - private.keep_contacts() and num_nonnulls(login_id, page) > 0;
  get diagnostics v_n = row_count;
  delete from app.feedback where created_at < p_now - interval '1 year';
  get diagnostics v_gone = row_count;
  return v_n + v_gone;
end $$;

-- An invitation holds the name of its person; 30 days after it expired nobody needs it.
create function private.expire_invitations(p_now timestamptz) returns int language plpgsql as $$
declare v_n int;
begin
  delete from app.invitation where expires_at < p_now - private.keep_contacts();
  get diagnostics v_n = row_count;
  return v_n;
end $$;

-- That somebody was away concerns nobody 30 days later.
create function private.expire_absences(p_now timestamptz) returns int language plpgsql as $$
declare
  v_n int;
  v_before timestamptz := p_now - private.keep_contacts();
begin
  perform from app.responder
  where id in (select a.responder_id from app.absence a where least(a.ended_at, a.ends_at) < v_before)
  order by id for no key update;
  delete from app.absence a where least(a.ended_at, a.ends_at) < v_before;
  get diagnostics v_n = row_count;
  return v_n;
end $$;

-- 今天可以 is over by itself; what is left of it goes at night.
create function private.expire_ready(p_now timestamptz) returns int language plpgsql as $$
declare
  v_gone int;
  v_kept int;
begin
  perform from app.responder
  where id in (select v.id from app.availability v where v.ready_until <= p_now)
  order by id for no key update;
  delete from app.availability where ready_until <= p_now and fits is null;
  get diagnostics v_gone = row_count;
  update app.availability set ready_until = null where ready_until <= p_now;
  get diagnostics v_kept = row_count;
  return v_gone + v_kept;
end $$;

-- Who asked to be covered, why, and who did it concerns nobody 30 days after the shift.
create function private.expire_covers(p_now timestamptz) returns int language plpgsql as $$
declare
  v_n int;
  v_old uuid[];
begin
  select array_agg(x.id) into v_old from (
    select s.id from app.shift s
    where s.ends_at < p_now - private.keep_contacts()
      and exists (select from app.cover_request c where c.shift_id = s.id)
    order by s.id for no key update) x;
  delete from app.cover_request where shift_id = any (v_old);
  get diagnostics v_n = row_count;
  return v_n;
end $$;

-- Why somebody gave a place back, left a post, or said no to a request may be a matter of health; it concerns nobody 30
-- days after the shift. The server's own codes on a request that it withdrew stay, because waves and notices read them.
create function private.expire_reasons(p_now timestamptz) returns int language plpgsql as $$
declare
  v_n int;
  v_answers int;
  v_before timestamptz := p_now - private.keep_contacts();
  v_old uuid[];
begin
  select array_agg(x.id) into v_old from (
    select s.id from app.shift s
    where s.ends_at < v_before
      and exists (select from app.assignment a where a.shift_id = s.id and a.left_because is not null)
    order by s.id for no key update) x;
  update app.assignment set left_because = null where shift_id = any (v_old) and left_because is not null;
  get diagnostics v_n = row_count;
  update app.offer set reason = null
  where id in (
    select id from app.offer
    where slot_ends_at < v_before and reason is not null and state <> 'withdrawn'
    for no key update skip locked);
  get diagnostics v_answers = row_count;
  return v_n + v_answers;
end $$;

-- Who changed a shift is for those who plan it at the same time: a week later it concerns nobody.
create function private.expire_shift_edits(p_now timestamptz) returns int language plpgsql as $$
declare v_n int;
begin
  perform from app.shift
  where id in (select e.id from app.shift_edit e where e.at < p_now - interval '7 days')
  order by id for no key update;
  delete from app.shift_edit where at < p_now - interval '7 days';
  get diagnostics v_n = row_count;
  return v_n;
end $$;

-- Old values of imported records are kept 30 days, for a revert.
create function private.expire_import_values(p_now timestamptz) returns int language plpgsql as $$
declare v_n int;
begin
  delete from app.import_change where created_at < p_now - private.keep_contacts();
  get diagnostics v_n = row_count;
  return v_n;
end $$;

-- A report keeps a name and a number only as long as somebody works on it: 30 days after its answer it goes, and after 60
-- days without one.
create function private.expire_report_forms(p_now timestamptz) returns int language plpgsql as $$
declare v_n int;
begin
  delete from app.report_form
  where id in (
    select id from app.report_form
    where settled_at < p_now - private.keep_contacts()
      or settled_at is null and created_at < p_now - 2 * private.keep_contacts()
    order by id for update skip locked);
  get diagnostics v_n = row_count;
  return v_n;
end $$;

-- What ends with a report-in, no matter who ends it: the community's say over the person at once, and with the last
-- report-in their number, consents, absences, hours, wishes and the link of their calendar. A person with a login can
-- still sign in: their sign-in name stays on the login, which only they themselves close.
create function private.end_of_membership() returns trigger language plpgsql as $$
declare v_gone uuid[];
begin
  perform private.lock_around(array_agg(n.responder_id), array_agg(n.community_id))
  from new_rows n where n.state = 'ended' having count(*) > 0;
  -- The number goes along with its person. If the community lists it again, that makes a record of its own, and a new
  -- question to the person.
  update app.responder_contact c set community_id = null
  from new_rows n
  where n.state = 'ended' and c.responder_id = n.responder_id and c.community_id = n.community_id;
  update app.report_form f set phone = null
  from new_rows n
  where n.state = 'ended' and f.responder_id = n.responder_id and f.community_id = n.community_id
    and f.phone is not null;
  -- a community that a person has left resets their password no more; the next one in which they serve does
  update app.login l set invited_from = o.community_id
  from new_rows n
  join app.responder r on r.id = n.responder_id
  cross join lateral (
    select i.community_id from app.report_in i
    where i.responder_id = r.id and i.state = 'confirmed'
    order by i.created_at, i.id limit 1) o
  where n.state = 'ended' and l.id = r.login_id and l.invited_from = n.community_id;
  perform private.give_up_posts(array_agg(n.responder_id), private.day_of(now()))
  from new_rows n where n.state = 'ended' having count(*) > 0;
  select array_agg(distinct n.responder_id) into v_gone from new_rows n
  where n.state = 'ended' and not exists (
    select from app.report_in i where i.responder_id = n.responder_id and i.state <> 'ended');
  if v_gone is null then return null; end if;
  delete from app.responder_contact where responder_id = any (v_gone);
  update app.consent set withdrawn_at = clock_timestamp() where responder_id = any (v_gone) and withdrawn_at is null;
  perform private.show_reported_name(w.responder_id) from app.withheld_name w where w.responder_id = any (v_gone);
  -- without a login nobody can ever let it be read again
  delete from app.withheld_name w using app.responder r
  where r.id = w.responder_id and r.id = any (v_gone) and r.login_id is null;
  delete from app.absence where responder_id = any (v_gone);
  delete from app.wish where id = any (v_gone);
  delete from app.calendar_link k using app.responder r where r.id = any (v_gone) and k.login_id = r.login_id;
  delete from app.availability where id = any (v_gone);
  delete from app.last_word where responder_id = any (v_gone);
  return null;
end $$;
create trigger ends_membership after update on app.report_in referencing new table as new_rows
  for each statement execute function private.end_of_membership();
