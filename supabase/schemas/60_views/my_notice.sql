-- The one thing a person can do about a notice. Each kind stands here by its name: notices.test.sql asks.
create function private.notice_action(p_kind app.notice_kind) returns app.notice_action
language sql immutable parallel safe as $$
  select case p_kind
    when 'offer' then 'answer'
    when 'assigned' then 'confirm'
    when 'reminder' then 'confirm'
    when 'hold' then 'take_hold'
    when 'promise_due' then 'check_in'
    when 'mode_expiring' then 'renew'
    when 'filled' then 'got_it'
    when 'stood_down' then 'got_it'
    when 'relief_late' then 'look'
    when 'unconfirmed' then 'look'
    when 'not_arrived' then 'look'
    when 'no_relief' then 'look'
    when 'support_asked' then 'look'
    when 'escalated' then 'look'
    when 'unfilled' then 'look'
    when 'reinforcement' then 'look'
    when 'mode_expired' then 'look'
    when 'moved' then 'confirm'
    when 'reopened' then 'check_in'
    when 'cancelled' then 'got_it'
    when 'released' then 'got_it'
    when 'passed' then 'got_it'
    when 'recalled' then 'got_it'
    when 'taken_over' then 'got_it'
    when 'let_go' then 'got_it'
    when 'membership_ended' then 'got_it'
    when 'cover_asked' then 'confirm'
    when 'cover_claimed' then 'look'
    when 'cover_taken' then 'got_it'
    when 'cover_approved' then 'confirm'
    when 'cover_off' then 'got_it'
    when 'cover_returned' then 'confirm'
    when 'cover_untaken' then 'confirm'
    when 'cover_wanted' then 'look'
    when 'swap_asked' then 'confirm'
    when 'swap_taken' then 'confirm'
    when 'swap_declined' then 'confirm'
    when 'to_pick' then 'look'
    when 'passed_over' then 'got_it'
    when 'may_open' then 'got_it'
    when 'place_open' then 'look'
    when 'away_on_duty' then 'look'
    when 'report_asked' then 'look'
    when 'report_settled' then 'got_it' end::app.notice_action
$$;

-- A person's own notices.
create view projection.my_notice as
  select n.id as pk, array['user:' || n.login_id] as scopes, jsonb_build_object(
    'id', n.id, 'kind', n.kind, 'subject_id', n.subject_id, 'step', n.step,
    'community_id', n.community_id, 'callout_id', n.callout_id, 'shift_id', n.shift_id,
    'place_name', n.place_name, 'post_name', n.post_name, 'starts_at', n.starts_at, 'ends_at', n.ends_at,
    'was_starts_at', n.was_starts_at, 'was_ends_at', n.was_ends_at, 'reason', n.reason,
    'drill', n.drill, 'action', private.notice_action(n.kind),
    'state', case when n.read_at is null then 'new' else 'read' end,
    'at', n.created_at, 'read_at', n.read_at) as data
  from app.notice n;

-- Of an updated notice only its reading shows, and a reason from which a name was taken; so only those are marked.
-- Comparing old and new rows would cost the square of their number.
create function private.mark_notice() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then perform sync.mark('my_notice', array(select id from old_rows));
  elsif tg_op = 'INSERT' then perform sync.mark('my_notice', array(select id from new_rows));
  else perform sync.mark('my_notice', array(
    select id from new_rows where read_at is not null or reason is not null)); end if;
  return null;
end $$;
call private.track('app.notice', 'private.mark_notice');
