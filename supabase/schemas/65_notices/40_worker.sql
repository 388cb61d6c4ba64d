-- For the sender alone: what is to go out now, with the addresses, and how it went. A lease keeps two senders from
-- sending one delivery twice. A sender that dies after sending may be followed by one that sends again: twice is better
-- than never.

-- Leases up to p_limit queued deliveries (1 to 200, 50 by default) for 60 seconds, and answers them with their
-- addresses.
create function private.worker_claim_deliveries(p_limit int) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_lease uuid := private.uuid_v7();
  v_ids uuid[];
begin
  select array_agg(x.id) into v_ids from (
    select d.id from app.delivery d
    where d.state = 'queued' and d.channel in ('web_push', 'sms', 'robot') and d.next_at <= now()
      and (d.lease_until is null or d.lease_until <= now())
    order by d.next_at, d.id
    limit least(greatest(coalesce(p_limit, 50), 1), 200)
    for update skip locked) x;
  if v_ids is null then return '[]'; end if;
  -- what was answered since it was planned, or is known and asks for no answer, is not sent
  update app.delivery d set state = 'not_sent', reason = 'superseded', settled_at = now()
  from app.notice n
  join private.notice_standing(now()) s on s.id = n.id
  where n.id = d.notice_id and d.id = any (v_ids) and (not s.stands or n.read_at is not null and not s.asks);
  update app.delivery set lease = v_lease, lease_until = now() + interval '60 seconds', attempts = attempts + 1
  where id = any (v_ids) and state = 'queued';
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', d.id, 'lease', d.lease, 'channel', d.channel, 'content', d.content,
      'message', case when n.id is not null then private.message_of(n) end,
      'more', (select count(*) from app.delivery m where m.bundled_into = d.id),
      'targets', case when d.channel = 'web_push' then (
        select coalesce(jsonb_agg(jsonb_build_object(
          'id', p.id, 'endpoint', p.endpoint, 'p256dh', p.p256dh, 'auth', p.auth, 'locale', p.locale)
          order by p.id), '[]')
        from app.push_subscription p
        where p.login_id = d.login_id and p.dropped_at is null) end,
      'phone', case when d.channel = 'sms' then (
        select c.phone from app.responder r
        join app.responder_contact c on c.responder_id = r.id
        where r.login_id = d.login_id) end,
      'robot', case when b.id is not null then jsonb_build_object(
        'id', b.id, 'kind', b.kind, 'webhook', b.webhook, 'secret', b.secret) end,
      'community_name', u.name) order by d.next_at, d.id), '[]')
    from app.delivery d
    left join app.notice n on n.id = d.notice_id
    left join app.robot b on b.id = d.robot_id
    left join app.org_unit u on u.id = d.community_id
    where d.id = any (v_ids) and d.lease = v_lease and d.state = 'queued');
end $$;
create function api.worker_claim_deliveries(p_limit int) returns jsonb language sql volatile as $$
  select private.worker_claim_deliveries(p_limit)
$$;

-- Takes the outcomes of leased deliveries and answers how many it settled; only the holder of a lease is heard. An
-- outcome of `retry` tries again with growing pauses, five times in all; `later` waits its turn and counts as no try.
-- gone: devices that the push service no longer knows; they are forgotten.
select private.learn_shape('worker_settle_deliveries', '[{"id":"id","lease":"id",
  "outcome":"one sent retry later failed not_configured unreachable",
  "error":"text 4000","after_s":"int 0 1000000000","gone":["id",100]},1000]');

create function private.worker_settle_deliveries(p_results jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  x record;
  d app.delivery;
  n int := 0;
begin
  if not private.fits_door(p_results, 'worker_settle_deliveries', 2097152) then
    raise exception 'not results of deliveries' using errcode = '22023';
  end if;
  for x in
    select r ->> 'outcome' as outcome, private.try_uuid(r ->> 'id') as id, private.try_uuid(r ->> 'lease') as lease,
      left(r ->> 'error', 60) as error, (r ->> 'after_s')::int as after_s, r -> 'gone' as gone
    from jsonb_array_elements(p_results) r order by 2
  loop
    select * into d from app.delivery where id = x.id and lease = x.lease and state = 'queued' for update;
    continue when not found;
    n := n + 1;
    if jsonb_typeof(x.gone) = 'array' then
      delete from app.push_subscription
      where login_id = d.login_id and dropped_at is null
        and id in (select private.try_uuid(g) from jsonb_array_elements_text(x.gone) g);
    end if;
    update app.delivery
    set lease = null, lease_until = null, error = x.error,
      state = case
        when x.outcome = 'sent' then 'sent'
        when x.outcome in ('not_configured', 'unreachable') then 'not_sent'
        when x.outcome = 'later' or x.outcome = 'retry' and d.attempts < 5 then 'queued'
        else 'failed' end::app.delivery_state,
      attempts = d.attempts - case x.outcome when 'later' then 1 else 0 end,
      reason = case x.outcome
        when 'not_configured' then 'not_configured'
        when 'unreachable' then 'no_channel' end::app.delivery_reason,
      next_at = case
        when x.outcome in ('retry', 'later')
          then now() + make_interval(secs => coalesce(least(x.after_s, 900), 15 * 2 ^ d.attempts))
        else d.next_at end,
      settled_at = case
        when x.outcome not in ('retry', 'later') or x.outcome = 'retry' and d.attempts >= 5 then now() end
    where id = d.id;
    if d.robot_id is not null then
      update app.robot set state = case x.outcome when 'sent' then 'working' else 'failing' end::app.robot_state
      where id = d.robot_id
        and (x.outcome not in ('retry', 'later') or x.outcome = 'retry' and d.attempts >= 5);
    end if;
  end loop;
  return private.ok(jsonb_build_object('settled', n));
end $$;
create function api.worker_settle_deliveries(p_results jsonb) returns jsonb language sql volatile as $$
  select private.worker_settle_deliveries(p_results)
$$;

-- What a message speaks of, without a name: kind, place, time, and the ids that an answer needs.
create function private.message_of(p_notice app.notice) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', p_notice.id, 'login_id', p_notice.login_id, 'kind', p_notice.kind,
    'action', private.notice_action(p_notice.kind), 'step', p_notice.step, 'drill', p_notice.drill = 'yes',
    'place_name', p_notice.place_name, 'post_name', p_notice.post_name,
    'starts_at', p_notice.starts_at, 'ends_at', p_notice.ends_at,
    'was_starts_at', p_notice.was_starts_at, 'was_ends_at', p_notice.was_ends_at,
    'shift_id', p_notice.shift_id, 'callout_id', p_notice.callout_id, 'subject_id', p_notice.subject_id,
    'urgent', private.is_urgent(p_notice.kind, p_notice.callout_id))
$$;
