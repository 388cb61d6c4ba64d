-- When somebody is away, for the person and the coordinators of the communities they report to; colleagues never see
-- it. by_name: the coordinator who entered it for them. What was taken back is on no phone.
create view projection.absence as
  select a.id as pk,
    array(
      select 'user:' || r.login_id where r.login_id is not null
      union all
      select 'lead:' || ri.community_id from app.report_in ri
      where ri.responder_id = r.id and ri.state <> 'ended') as scopes,
    jsonb_build_object(
      'id', a.id, 'responder_id', a.responder_id, 'starts_at', a.starts_at, 'ends_at', a.ends_at,
      'reason', a.reason, 'today', a.today, 'by_name', case when a.created_by is distinct from r.login_id then l.name end) as data
  from app.absence a
  join app.responder r on r.id = a.responder_id
  left join app.login l on l.id = a.created_by
  where a.ended_at is null;

call private.track('app.absence', 'private.mark_rows', 'absence');
