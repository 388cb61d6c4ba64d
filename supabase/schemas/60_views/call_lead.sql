-- The call list (R27): offers still to be answered whose notice has reached its last rung, seen or not, with what
-- earlier calls said. The person's name stands in offer_lead. Every writer that marks such a row holds its offer.
create view projection.call_lead as
  select o.id as pk, array['lead:' || co.community_id] as scopes, jsonb_build_object(
    'id', o.id, 'community_id', co.community_id, 'callout_id', o.callout_id, 'tier', o.tier,
    'calls', k.calls, 'result', k.result, 'called_at', k.at) as data
  from app.offer o
  cross join lateral (
    select 1 from (select * from app.notice x where x.subject_id = o.id offset 0) n
    join app.delivery d on d.notice_id = n.id
    where n.kind = 'offer' and d.channel = 'call'
    limit 1) due
  cross join lateral (select * from app.callout x where x.id = o.callout_id offset 0) co
  cross join lateral (
    select count(*) filter (where c.result <> 'undone') as calls,
      (array_agg(c.result order by c.at desc, c.id desc))[1] as result, max(c.at) as at
    from app.call_log c where c.offer_id = o.id) k
  where o.state in ('sent', 'expired');

-- An offer that was answered or withdrawn leaves the list.
create function private.mark_call_of_offer() returns trigger language plpgsql as $$
begin
  perform sync.mark('call_lead', array(select id from new_rows where state not in ('sent', 'expired')));
  return null;
end $$;
create trigger marks_calls after update on app.offer referencing new table as new_rows
  for each statement execute function private.mark_call_of_offer();

-- A notice that reaches the rung of calls puts its offer on the list.
create function private.mark_call_of_delivery() returns trigger language plpgsql as $$
begin
  perform sync.mark('call_lead', array(
    select distinct n.subject_id from new_rows d
    join app.notice n on n.id = d.notice_id
    where d.channel = 'call'));
  return null;
end $$;
create trigger marks_calls after insert on app.delivery referencing new table as new_rows
  for each statement execute function private.mark_call_of_delivery();

-- A call that was made shows its result.
create function private.mark_call_log() returns trigger language plpgsql as $$
begin
  perform sync.mark('call_lead', array(select distinct offer_id from new_rows));
  return null;
end $$;
create trigger marks_calls after insert on app.call_log referencing new table as new_rows
  for each statement execute function private.mark_call_log();
