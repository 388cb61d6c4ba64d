-- When a person can serve, for them and the coordinators of the communities they report to; colleagues never see it.
-- by_name: the coordinator who entered the hours for them.
create view projection.availability as
  select v.id as pk,
    array(
      select 'user:' || r.login_id where r.login_id is not null
      union all
      select 'lead:' || ri.community_id from app.report_in ri
      where ri.responder_id = r.id and ri.state <> 'ended') as scopes,
    jsonb_build_object(
      'id', v.id, 'fits', to_jsonb(v.fits), 'ready_until', v.ready_until,
      'by_name', case when v.by_login is distinct from r.login_id then l.name end) as data
  from app.availability v
  join app.responder r on r.id = v.id
  left join app.login l on l.id = v.by_login;

call private.track('app.availability', 'private.mark_rows', 'availability');
