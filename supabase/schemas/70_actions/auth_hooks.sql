-- What a hosted Auth server asks this database. Both functions are Postgres hooks: its settings name them
-- (docs/deploy.md), and supabase_auth_admin calls them. Both refuse in the same words, so that a code asked for a known
-- and for an unknown e-mail address gets the same answer.
create function private.hook_refusal() returns jsonb language sql immutable as $$
  select '{"error":{"http_code":422,"message":"Not available here"}}'::jsonb
$$;

-- Send Email: nobody here has a mailbox, and a code that is not sent must not exist either. Auth calls this inside the
-- transaction that would keep the code, so refusing leaves no code to guess (supabase/auth v2.196.0,
-- internal/api/mail.go: sendEmail comes before the update).
create function private.send_email_hook(event jsonb) returns jsonb
language sql immutable security definer set search_path = '' as $$
  select private.hook_refusal()
$$;

-- May somebody sign up under this address? Only the holder of a live invitation knows it: it is 80 random bits.
create function private.admits_email(p_email text) returns boolean language sql stable as $$
  select exists (
    select from app.invitation i
    where i.email = lower(p_email) and i.purpose <> 'reset'
      and i.used_at is null and i.revoked_at is null and i.expires_at > now() and private.still_stands(i))
$$;

-- Before User Created: admits the address of a live invitation and, where sign-in by a code is switched on, a mainland
-- number; nothing else.
create function private.before_user_created_hook(event jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_email text := coalesce(event #>> '{user,email}', '');
  v_phone text := coalesce(event #>> '{user,phone}', '');
begin
  if v_phone = '' and private.admits_email(v_email) then return '{}'; end if;
  if v_email = '' and private.phone_sign_in_is_on() and private.mainland_number(v_phone) is not null then
    return '{}';
  end if;
  return private.hook_refusal();
end $$;

-- Lets the Auth server call its hooks. Its role exists on Supabase only.
create function private.grant_auth_hooks() returns void language plpgsql as $$
begin
  if not exists (select from pg_roles where rolname = 'supabase_auth_admin') then return; end if;
  grant usage on schema private to supabase_auth_admin;
  grant execute on function private.send_email_hook(jsonb), private.before_user_created_hook(jsonb)
    to supabase_auth_admin;
end $$;
