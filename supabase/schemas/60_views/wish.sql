-- What people wish of the automatic roster, for themselves and the coordinators of the communities they report to.
-- Colleagues never see it.
create view projection.wish as
  select w.id as pk,
    array(
      select 'user:' || r.login_id where r.login_id is not null
      union all
      select 'lead:' || ri.community_id from app.report_in ri
      where ri.responder_id = r.id and ri.state <> 'ended') as scopes,
    jsonb_build_object('id', w.id, 'turns', w.turns, 'nights', w.nights) as data
  from app.wish w
  join app.responder r on r.id = w.id;

call private.track('app.wish', 'private.mark_rows', 'wish');
