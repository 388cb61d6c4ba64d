-- What the clock does to shifts: holds that run out, covers that nobody takes, roster duty that ends, reliefs that do
-- not come, promises that are due. Each function may run twice at once and hours late.

-- Ends holds that ran out and passes the place on, also where the community picks no more; ends the queue of a shift
-- that is over.
create function private.tick_holds(p_now timestamptz) returns void language plpgsql as $$
declare
  v_shift uuid;
  v_late uuid[];
  v_over uuid[];
begin
  for v_shift in
    select shift_id from app.waitlist_entry where state = 'held' and hold_until <= p_now
    union
    select w.shift_id from app.waitlist_entry w
    join app.shift s on s.id = w.shift_id
    where w.state = 'waiting' and s.ends_at <= p_now
    union
    select s.id from app.shift s where s.to_pick > 0 and s.to_pick <> private.places_to_pick(s, p_now)
    order by 1
  loop
    perform from app.shift where id = v_shift for no key update;
    v_late := array(
      select id from app.waitlist_entry where shift_id = v_shift and state = 'held' and hold_until <= p_now);
    v_over := array(
      select w.id from app.waitlist_entry w
      join app.shift s on s.id = w.shift_id
      where s.id = v_shift and s.ends_at <= p_now and w.state = 'waiting');
    update app.waitlist_entry set state = 'passed', hold_until = null where id = any (v_late || v_over);
    update app.shift set held = held - cardinality(v_late) where id = v_shift and v_late <> '{}';
    perform private.tell('passed', p_now, null, v_late, 'hold');
    perform private.tell('passed', p_now, null, v_over, 'over');
    perform private.hold_next(v_shift, p_now);
    perform private.tell_place_open(v_shift, p_now, null, (
      select min(created_at) from app.waitlist_entry where id = any (v_late)))
    where v_late <> '{}';
  end loop;
end $$;

-- A request for cover that nobody took lapses when its shift begins: the place is still its owner's; a swap, when the
-- first of its shifts does. The owner hears of a yes that no coordinator approved, and of a swap that nobody answered.
-- Before that, once places no longer change hands by themselves, owner and coordinators hear that nobody has taken a
-- cover.
create function private.tick_covers(p_now timestamptz) returns void language plpgsql as $$
declare r record;
begin
  for r in
    select c.id, c.assignment_id, c.asked_at, c.state, c.with_assignment_id, s as shift,
      least(s.starts_at, w.starts_at) as begins from app.cover_request c
    join app.shift s on s.id = c.shift_id
    left join app.assignment w on w.id = c.with_assignment_id
    where c.state in ('open', 'claimed')
      and least(s.starts_at, w.starts_at) <= p_now + private.cover_time(s.callout_id is not null)
    order by s.id for no key update of s skip locked
  loop
    if r.begins <= p_now then
      perform private.tell_askers(array[r.id], 'lapsed', p_now, null,
        case r.state when 'claimed' then 'too_late' else 'unanswered' end)
      where r.state = 'claimed' or r.with_assignment_id is not null;
      perform private.drop_claims(array[r.id], 'lapsed', p_now, null, 'lapsed');
    elsif r.state = 'open' and r.with_assignment_id is null and not exists (
      select from app.notice n where n.kind = 'cover_wanted' and n.subject_id = r.id and n.step = '') then
      perform private.notify(p_now, private.coordinators_of((r.shift).community_id), 'cover_wanted',
        (r.shift).community_id, (r.shift).callout_id, (r.shift).id, r.id);
      -- not to somebody who has asked a moment ago
      if private.changes_hands(r.shift, r.asked_at) then
        perform private.tell('cover_untaken', p_now, null, array[r.assignment_id], r.id::text);
      end if;
    end if;
  end loop;
end $$;

-- In 平时 an accepted assignment counts as served and is done at the end of its shift (R15); one that its person could
-- have confirmed, and did not, is released. Who has no login cannot confirm: the word of the coordinator who gave them
-- the place and left it to them counts, in their name. People of a call-out report for themselves.
create function private.tick_ended(p_now timestamptz) returns void language plpgsql as $$
declare s app.shift;
begin
  for s in
    select x.* from app.shift x
    where x.state = 'open' and x.roster_id is not null and x.ends_at <= p_now and x.filled > 0
      and (private.mode_of(x.community_id)).id is null
    order by x.id for no key update skip locked limit 500
  loop
    update app.assignment a
    set state = 'done', accepted_at = p_now, accepted_by = (select l.id from app.login l where l.id = a.created_by)
    where a.shift_id = s.id and a.state = 'assigned'
      and exists (select from app.responder r where r.id = a.responder_id and r.login_id is null);
    update app.assignment set state = case when state = 'assigned' then 'released' else 'done' end::app.assignment_state
    where shift_id = s.id and private.is_binding(state);
    update app.shift set filled = 0 where id = s.id;
  end loop;
end $$;

-- A relief that does not come (R12): after 5 minutes the late people are reminded, after 10 the coordinators are told.
-- Only where check-ins are asked for. The lock of the shift makes two schedulers at once look one after the other.
create function private.tick_reliefs(p_now timestamptz) returns void language plpgsql as $$
declare n app.shift;
begin
  for n in
    select x.* from app.callout c
    join app.shift x on x.callout_id = c.id
    where c.state in ('open', 'filled') and x.state = 'open'
      and x.starts_at <= p_now - interval '5 minutes' and x.ends_at > p_now
      and (c.kind = 'drill' or (private.mode_of(c.community_id)).id is not null)
      and exists (
        select from app.shift s
        join app.assignment a on a.shift_id = s.id and a.state = 'on_post'
        where s.post_id = x.post_id and s.id <> x.id and s.ends_at = x.starts_at)
      and not exists (select from app.assignment a where a.shift_id = x.id and a.on_post_at is not null)
    order by x.id for no key update of x skip locked
  loop
    perform private.notify(p_now, array(
      select r.login_id from app.assignment a
      join app.responder r on r.id = a.responder_id
      where a.shift_id = n.id and a.state in ('assigned', 'accepted')),
      'relief_late', n.community_id, n.callout_id, n.id, n.id, '5min');
    continue when n.starts_at > p_now - interval '10 minutes' or exists (
      select from app.event
      where shift_id = n.id and kind = 'relief_late' and community_id = n.community_id and at >= n.starts_at);
    insert into app.event (id, at, kind, community_id, responder_id, shift_id, subject_id, detail)
    select private.uuid_v7(), p_now, 'relief_late', n.community_id,
      case when count(*) = 1 then (array_agg(a.responder_id))[1] end, n.id, n.id,
      jsonb_build_object('minutes', floor(extract(epoch from p_now - n.starts_at) / 60), 'expected', count(*))
    from app.assignment a
    where a.shift_id = n.id and a.state in ('assigned', 'accepted');
    perform private.notify(p_now, private.coordinators_of(n.community_id), 'relief_late', n.community_id,
      n.callout_id, n.id, n.id, '10min');
  end loop;
end $$;

-- Promises (R8): a person who is due is asked to check in; 10 minutes later their place opens again, as 未到岗(待核实), and
-- the coordinators are told.
create function private.tick_promises(p_now timestamptz) returns void language plpgsql as $$
declare
  s record;
  v_gone record;
begin
  for s in
    select x.id, x.community_id, x.callout_id from app.callout c
    join app.shift x on x.callout_id = c.id
    where c.state in ('open', 'filled') and c.attention = 'none' and x.state = 'open'
      and x.starts_at <= p_now + private.soon() and x.ends_at > p_now
      and (c.kind = 'drill' or (private.mode_of(c.community_id)).id is not null)
      and exists (
        select from app.assignment a
        where a.shift_id = x.id and a.state in ('assigned', 'accepted') and private.promised_at(a) <= p_now)
    order by x.id for no key update of x skip locked
  loop
    insert into app.notice (id, login_id, kind, community_id, callout_id, shift_id, subject_id, created_at)
    select private.uuid_v7(), r.login_id, 'promise_due', s.community_id, s.callout_id, s.id, a.id, p_now
    from app.assignment a
    join app.responder r on r.id = a.responder_id and r.login_id is not null
    where a.shift_id = s.id and a.state in ('assigned', 'accepted') and private.promised_at(a) <= p_now
    order by r.login_id
    on conflict on constraint notice_once do nothing;
    for v_gone in
      update app.assignment a set state = 'not_arrived'
      where a.shift_id = s.id and a.state in ('assigned', 'accepted')
        and private.promised_at(a) <= p_now - interval '10 minutes'
      returning id, responder_id, due_at
    loop
      perform private.free_place(s.id, p_now);
      perform private.tell('reopened', p_now, null, array[v_gone.id]);
      insert into app.event (id, at, kind, community_id, responder_id, shift_id, subject_id)
      values (private.uuid_v7(), p_now, 'not_arrived', s.community_id, v_gone.responder_id, s.id, v_gone.id);
      perform private.notify(p_now, private.coordinators_of(s.community_id), 'not_arrived', s.community_id,
        s.callout_id, s.id, v_gone.id);
    end loop;
  end loop;
end $$;
