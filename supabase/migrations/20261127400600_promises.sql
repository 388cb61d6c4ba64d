-- The promise timer (R8): due without 到岗 → a ping; ten minutes later the place opens again and the coordinators know. Only in a call-out that is on.
-- Who said no time has half an hour; a place assigned and never confirmed promises its start, and not before twenty minutes have gone by.
create or replace function private.due_at(p_now timestamptz, p_starts timestamptz, p_eta int) returns timestamptz language sql stable as $$
  select case when p_starts <= p_now + interval '30 minutes' then greatest(p_starts, p_now + make_interval(mins => coalesce(p_eta, 30))) else p_starts end
$$;
create function private.promised_at(p_assignment app.assignment) returns timestamptz language sql immutable as $$
  select case p_assignment.state when 'assigned' then greatest(p_assignment.starts_at, p_assignment.created_at + interval '20 minutes') else coalesce(p_assignment.due_at, p_assignment.starts_at) end
$$;
create function private.tick_promises(p_now timestamptz) returns void language plpgsql as $$
declare s record; v_gone record;
begin
  for s in
    select x.id, x.community_id, x.callout_id from app.callout c join app.shift x on x.callout_id = c.id
    where c.state in ('open', 'filled') and c.attention = 'none' and x.state = 'open' and x.starts_at <= p_now + interval '30 minutes' and x.ends_at > p_now
      and (c.kind = 'drill' or (private.mode_of(c.community_id)).id is not null)
      and exists (select from app.assignment a where a.shift_id = x.id and a.state in ('assigned', 'accepted') and private.promised_at(a) <= p_now)
    order by x.id for no key update of x skip locked
  loop
    insert into app.notice (id, login_id, kind, community_id, callout_id, shift_id, subject_id, created_at)
    select private.uuid_v7(), r.login_id, 'promise_due', s.community_id, s.callout_id, s.id, a.id, p_now
    from app.assignment a join app.responder r on r.id = a.responder_id and r.login_id is not null
    where a.shift_id = s.id and a.state in ('assigned', 'accepted') and private.promised_at(a) <= p_now order by r.login_id on conflict on constraint notice_once do nothing;
    for v_gone in
      update app.assignment a set state = 'not_arrived' where a.shift_id = s.id and a.state in ('assigned', 'accepted') and private.promised_at(a) <= p_now - interval '10 minutes' returning id, responder_id, due_at
    loop
      perform private.free_place(s.id, p_now);
      insert into app.event (id, at, kind, community_id, responder_id, shift_id, subject_id) values (private.uuid_v7(), p_now, 'not_arrived', s.community_id, v_gone.responder_id, s.id, v_gone.id);
      perform private.notify(p_now, private.coordinators_of(s.community_id), 'not_arrived', s.community_id, s.callout_id, s.id, v_gone.id);
    end loop;
  end loop;
end $$;

-- The minute's round also sees promises that are due and climbs the ladders.
create or replace function private.tick(p_now timestamptz) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform private.mark_era(p_now);
  -- in the order everybody locks: shifts, call-outs, offers
  perform private.tick_holds(p_now);
  perform private.tick_modes(p_now);
  perform private.tick_ended(p_now); -- after the modes: roster duty under a mode that just ended is over too; it skips what is locked
  perform private.tick_promises(p_now);
  perform private.tick_reliefs(p_now); -- after the ended ones: only who still stands waits for a relief
  perform private.tick_callouts(p_now);
  perform private.tick_offers(p_now);
  perform private.tick_ladders(p_now); -- after the offers: what just expired may still answer, but is not waited for
  perform private.tick_deliveries(p_now);
  delete from sync.pending where true; -- whoever inserted these rows has been stamped
  if extract(second from p_now) < 5 then perform private.tick_logins(p_now), private.tick_bells(); end if;
end $$;
select private.apply_grants();
