-- Every grant in one place. Functions of schema `api` are for people who are signed in, some also for visitors; those
-- named worker_… are for the server's own workers only. Each calls the function of the same name in `private`, which is
-- granted with it.
create function private.apply_grants() returns void language plpgsql as $$
declare f record;
begin
  revoke all on all tables in schema app, sync, projection, private from public, anon, authenticated, service_role;
  revoke all on all sequences in schema app, sync from public, anon, authenticated, service_role;
  revoke execute on all functions in schema api, private, mutator, sync
    from public, anon, authenticated, service_role;
  revoke execute on all procedures in schema private from public, anon, authenticated, service_role;
  revoke all on schema app, mutator, projection from public, anon, authenticated, service_role;
  grant usage on schema api, private, extensions to anon, authenticated, service_role;
  grant usage on schema sync to authenticated;
  -- pull reads these three through their policies
  grant select on sync.entry, sync.scope, sync.client to authenticated;
  for f in
    select p.oid::regprocedure as signature, case
      when w.proname like 'worker\_%' then 'service_role'
      when w.proname in ('sign_in_name', 'invitation', 'judge_password', 'reset_password', 'feedback', 'request_help',
        'duty_board', 'who_am_i', 'report_place', 'send_report', 'report_receipt',
        'join_by_receipt') then 'anon, authenticated'
      else 'authenticated' end as readers
    from pg_proc w
    join pg_proc p on p.proname = w.proname and p.pronamespace in ('api'::regnamespace, 'private'::regnamespace)
    where w.pronamespace = 'api'::regnamespace
  loop
    execute format('grant execute on function %s to %s', f.signature, f.readers);
  end loop;
  -- what the wrappers and the policies call besides
  grant execute on function private.login_id() to anon, authenticated, service_role;
  grant execute on function private.current_epoch(), private.known_epoch(uuid), private.admit_pull(jsonb),
    private.my_ranked_scopes(), private.my_scopes(), private.may_join(uuid, text) to authenticated;
  perform private.grant_auth_hooks();
end $$;
select private.apply_grants();
reset check_function_bodies;
