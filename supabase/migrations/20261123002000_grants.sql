-- Every grant in one place, as a function: a server that hands out rights of its own (see docs/gotchas.md) is put right by calling it again.
create function private.apply_grants() returns void language plpgsql as $$
declare f regprocedure;
begin
  revoke all on all tables in schema app, sync, projection, private from public, anon, authenticated;
  revoke all on all sequences in schema app, sync from public, anon, authenticated;
  revoke execute on all functions in schema api, private, mutator, sync from public, anon, authenticated;
  revoke execute on all procedures in schema private from public, anon, authenticated;
  revoke all on schema app, mutator, projection from public, anon, authenticated;
  grant usage on schema api, private, extensions to anon, authenticated;
  grant usage on schema sync to authenticated;

  -- pull reads these three through their policies
  grant select on sync.entry, sync.scope, sync.client to authenticated;

  -- the surface
  grant execute on all functions in schema api to authenticated;
  grant execute on function api.sign_in_name(text), api.invitation(text), api.reset_password(text, text), api.feedback(text, text, text),
    api.request_help(text, text, text), api.duty_board(text), api.who_am_i() to anon;

  -- what the invoker wrappers call
  foreach f in array array[
    'private.login_id()', 'private.sign_in_name(text)', 'private.invitation(text)', 'private.reset_password(text,text)',
    'private.feedback(text,text,text)', 'private.request_help(text,text,text)', 'private.duty_board(text,timestamptz)']::regprocedure[] loop
    execute format('grant execute on function %s to anon, authenticated', f);
  end loop;
  foreach f in array array[
    'private.push(uuid,int,jsonb,timestamptz)', 'private.pull(uuid,jsonb,uuid,int,timestamptz)', 'private.current_epoch()', 'private.my_ranked_scopes()', 'private.my_scopes()',
    'private.may_join(uuid,text)', 'private.redeem_invitation(text,text)', 'private.invite(uuid[])', 'private.appoint(uuid,text,text)', 'private.units_below(uuid)',
    'private.issue_reset(uuid)', 'private.issue_role_reset(text)', 'private.reveal_contact(uuid,text)', 'private.leave_community(uuid)', 'private.close_account()',
    'private.import_rows(uuid,text,jsonb,jsonb)', 'private.revert_import(uuid)', 'private.set_duty_line(uuid,text)', 'private.link_phone()', 'private.import_batches(uuid)']::regprocedure[] loop
    execute format('grant execute on function %s to authenticated', f);
  end loop;
end $$;
select private.apply_grants();
