-- The key with which a phone seals what a person leaves unsent on it: only a session of that person gets it. See docs/adr/0014.
alter table app.login add column seal_key bytea not null default extensions.gen_random_bytes(32);

create function private.seal_key() returns jsonb language plpgsql security definer set search_path = '' as $$
declare me uuid := private.require_login();
begin
  return private.ok(jsonb_build_object('key', (select encode(seal_key, 'base64') from app.login where id = me)));
end $$;
create function api.seal_key() returns jsonb language sql volatile as $$ select private.seal_key() $$;
select private.apply_grants();
