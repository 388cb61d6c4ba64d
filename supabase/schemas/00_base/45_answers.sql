-- Sign-in by name, one-time invitations, password resets. Tokens are 100 bits, stored hashed.
create function private.ok(p_detail jsonb default '{}') returns jsonb language sql immutable as $$
  select jsonb_build_object('status', 'applied') || p_detail
$$;

create function private.no(p_code app.action_code, p_detail jsonb default null) returns jsonb language sql immutable as $$
  select jsonb_build_object('status', 'refused', 'code', p_code, 'detail', p_detail)
$$;

create function private.require_login() returns uuid language plpgsql stable as $$
declare me uuid := private.login_id();
begin
  if me is null or not exists (select from app.login where id = me) then raise exception 'not signed in' using errcode = '42501'; end if;
  return me;
end $$;
