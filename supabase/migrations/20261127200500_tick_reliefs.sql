-- A relief that does not come (R12): at +5 min the late person is reminded, at +10 min the coordinators know. Only where check-ins are asked for.
create function private.tick_reliefs(p_now timestamptz) returns void language plpgsql as $$
declare n app.shift;
begin
  for n in
    select x.* from app.callout c join app.shift x on x.callout_id = c.id
    where c.state in ('open', 'filled') and x.state = 'open' and x.starts_at <= p_now - interval '5 minutes' and x.ends_at > p_now
      and (c.kind = 'drill' or (private.mode_of(c.community_id)).id is not null)
      and exists (select from app.shift s join app.assignment a on a.shift_id = s.id and a.state = 'on_post'
        where s.post_id = x.post_id and s.id <> x.id and s.ends_at = x.starts_at)
      and not exists (select from app.assignment a where a.shift_id = x.id and a.on_post_at is not null)
    order by x.id for no key update of x skip locked
  loop
    perform private.notify(p_now, array(select r.login_id from app.assignment a join app.responder r on r.id = a.responder_id
      where a.shift_id = n.id and a.state in ('assigned', 'accepted')), 'relief_late', n.community_id, n.callout_id, n.id, n.id, '5min');
    -- the lock makes two schedulers at once look one after the other
    continue when n.starts_at > p_now - interval '10 minutes' or exists (select from app.event where shift_id = n.id and kind = 'relief_late' and community_id = n.community_id and at >= n.starts_at);
    insert into app.event (id, at, kind, community_id, responder_id, shift_id, subject_id, detail)
    select private.uuid_v7(), p_now, 'relief_late', n.community_id, case when count(*) = 1 then (array_agg(a.responder_id))[1] end, n.id, n.id,
      jsonb_build_object('minutes', floor(extract(epoch from p_now - n.starts_at) / 60), 'expected', count(*))
    from app.assignment a where a.shift_id = n.id and a.state in ('assigned', 'accepted');
    perform private.notify(p_now, private.coordinators_of(n.community_id), 'relief_late', n.community_id, n.callout_id, n.id, n.id, '10min');
  end loop;
end $$;
select private.apply_grants();
