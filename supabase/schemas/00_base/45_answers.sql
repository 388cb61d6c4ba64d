-- What every action begins and ends with: the caller's login, and its answer.

-- The answer of an action that was done; p_detail adds fields of its own.
create function private.ok(p_detail jsonb default '{}') returns jsonb language sql immutable as $$
  select jsonb_build_object('status', 'applied') || p_detail
$$;

-- The answer of an action that was refused.
create function private.no(p_code app.action_code, p_detail jsonb default null) returns jsonb
language sql immutable as $$
  select jsonb_build_object('status', 'refused', 'code', p_code, 'detail', p_detail)
$$;

-- The login that is asking; an error for anon and for a login that the app does not know.
create function private.require_login() returns uuid language plpgsql stable as $$
declare me uuid := private.login_id();
begin
  if me is null or not exists (select from app.login where id = me) then
    raise exception 'not signed in' using errcode = '42501';
  end if;
  return me;
end $$;
