-- A verdict that its author has not yet put away. Its detail holds ids; they become the names of today.
create view projection.verdict as
  select v.mutation_id as pk, array['user:' || v.login_id] as scopes, jsonb_build_object(
    'id', v.mutation_id, 'client_id', v.client_id, 'seq', v.seq, 'name', v.name, 'status', v.status, 'code', v.code,
    'detail', private.with_names(v.detail), 'args', v.args, 'at', v.at) as data
  from sync.result v
  where v.code is not null and v.dismissed_at is null;

-- A mutation that the server could not read, for the leads of its community until one of them has dealt with it.
create view projection.dead_letter as
  select v.mutation_id as pk, array['lead:' || v.community_id] as scopes, jsonb_build_object(
    'id', v.mutation_id, 'community_id', v.community_id, 'person_name', l.name, 'responder_id', r.id,
    'name', coalesce(v.detail #>> '{original,name}', v.name), 'code', v.code, 'detail', v.detail,
    'about', v.args, 'at', v.at) as data
  from sync.result v
  join app.login l on l.id = v.login_id
  left join app.responder r on r.login_id = l.id
  where v.status = 'failed' and v.community_id is not null and v.settled_at is null;

create function private.mark_result() returns trigger language plpgsql as $$
begin
  perform sync.mark('verdict', array(select mutation_id from new_rows where code is not null));
  perform sync.mark('dead_letter', array(select mutation_id from new_rows where status = 'failed'));
  return null;
end $$;
create trigger marks_insert after insert on sync.result referencing new table as new_rows
  for each statement execute function private.mark_result();
create trigger marks_update after update on sync.result referencing new table as new_rows
  for each statement execute function private.mark_result();
