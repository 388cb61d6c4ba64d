-- Push and SMS of one pass: who has the channel, one message per person and bundle, and no more than R29 allows. Then
-- moves each notice to its next rung.
-- lacks: the reason why the channel is missing; why: the reason why nothing is sent now, null for what is sent.
create function private.plan_messages(p_now timestamptz, p_due private.due_notice[]) returns void language plpgsql as $$
begin
  with want as materialized (
    select d.id as notice_id, d.login_id, d.community_id, d.bundle, d.wakes, d.urgent, d.climbs, d.rung, d.kind,
      case d.rung when 0 then 'web_push' else 'sms' end::app.delivery_channel as channel,
      case
        when d.rung = 0 then case
          when exists (
            select from app.push_subscription p where p.login_id = d.login_id and p.dropped_at is null) then null
          when exists (select from app.push_subscription p where p.login_id = d.login_id) then 'no_consent'
          else 'no_channel' end
        when not exists (
          select from app.responder r
          join app.responder_contact c on c.responder_id = r.id
          where r.login_id = d.login_id) then 'no_phone' end as lacks
    from unnest(p_due) d
    where d.rung < 2 and d.stands and not d.known),
  quiet as (select private.is_quiet(p_now) as now, private.quiet_until(p_now) as until),
  -- what may go out in this pass: each person's most urgent bundle (turn 1), and one notice of it that speaks for all
  ranked as materialized (
    select w.*, q.now and not w.wakes as is_quiet, q.until,
      row_number() over (partition by w.login_id, w.bundle order by w.rung desc, w.notice_id) as in_bundle,
      dense_rank() over (partition by w.login_id order by w.urgent desc, w.rung desc, w.bundle) as turn
    from want w cross join quiet q
    where w.lacks is null and not (q.now and not w.wakes)),
  room as materialized (
    select p.login_id, private.room_at(p.login_id, p_now) as at from (select distinct login_id from ranked) p),
  decided as materialized (
    select r.notice_id, r.login_id, r.community_id, r.bundle, r.channel, r.rung, r.climbs, r.kind,
      private.uuid_v7() as id,
      case when r.turn > 1 or m.at > p_now then 'throttled' when r.in_bundle > 1 then 'bundled' end as why,
      case when m.at > p_now then m.at else p_now + interval '1 minute' end as again
    from ranked r join room m using (login_id)
    union all
    select w.notice_id, w.login_id, w.community_id, w.bundle, w.channel, w.rung, w.climbs, w.kind,
      private.uuid_v7(), coalesce(w.lacks, 'quiet_hours'), q.until
    from want w cross join quiet q
    where w.lacks is not null or (q.now and not w.wakes)),
  written as (
    insert into app.delivery (id, notice_id, login_id, community_id, channel, state, reason, bundled_into,
      next_at, created_at, settled_at)
    select d.id, d.notice_id, d.login_id, d.community_id, d.channel,
      case when d.why is null then 'queued' else 'not_sent' end::app.delivery_state,
      d.why::app.delivery_reason,
      case when d.why = 'bundled' then (
        select h.id from decided h
        where h.login_id = d.login_id and h.bundle = d.bundle and h.why is null) end,
      p_now, p_now, case when d.why is not null then p_now end
    from decided d
    -- that a notice waits for room is written once, not every minute
    where d.why is distinct from 'throttled' or not exists (
      select from app.delivery x
      where x.notice_id = d.notice_id and x.channel = d.channel and x.reason = 'throttled')
    order by d.why nulls first)
  update app.notice n
  set rung = case when d.why in ('throttled', 'quiet_hours') then n.rung else n.rung + 1 end,
    next_at = case
      when d.why in ('throttled', 'quiet_hours') then d.again
      when not d.climbs or (d.rung = 1 and d.kind <> 'offer') then null
      when d.why in ('no_channel', 'no_consent', 'no_phone') then p_now + interval '30 seconds'
      else p_now + interval '90 seconds' end
  from decided d
  where n.id = d.notice_id;
end $$;
