-- Guards Realtime's private channels with may_join(). A project whose Realtime has not started yet has no table of
-- messages, and not every owner may make a policy on it: then this warns, phones pull without bells (later, but right),
-- and the nightly round tries again.
create function private.guard_bells() returns void language plpgsql as $$
begin
  if to_regclass('realtime.messages') is null or exists (
    select from pg_catalog.pg_policies p
    where p.schemaname = 'realtime' and p.tablename = 'messages'
      and p.policyname = 'people hear the bells of their scopes') then
    return;
  end if;
  execute 'create policy "people hear the bells of their scopes" on realtime.messages for select to authenticated
    using ((select private.may_join(private.login_id(), realtime.topic())))';
exception when insufficient_privilege or undefined_function then
  raise warning
    'nobody can hear the bells of Realtime yet (%): call private.guard_bells() as the owner of realtime.messages',
    sqlerrm;
end $$;

select private.guard_bells();
