-- Passwords: how they are kept, which are too easy, and how many wrong ones anybody may try.

-- bcrypt as Auth keeps it, at Auth's own cost.
create function private.hash_password(p_password text) returns text language sql volatile as $$
  select extensions.crypt(p_password, extensions.gen_salt('bf', 10))
$$;

-- The hash of nobody's password, at the same cost: an account that does not exist takes as
-- long to try as one that does.
create function private.nobodys_hash() returns text language sql immutable as $$
  select '$2a$10$iy.jUxOCFZbJn4Vr2JnVd.0tRznTWP3xof71rM5FDNjy8RM6feltS'::text
$$;

-- Is this the password behind a hash? pgcrypto knows the prefix 2a only; 2b and 2y mean the same here.
create function private.password_fits(p_password text, p_hash text) returns boolean language sql stable as $$
  select extensions.crypt(p_password, h.hash) = h.hash
  from (select regexp_replace(p_hash, '^\$2[by]\$', '$2a$') as hash) h
$$;

-- The commonest passwords of eight characters and more, in small letters; filled by the next migration.
create table private.common_password (word text primary key);
alter table private.common_password enable row level security;

-- Why a password is too easy; null = it will do. p_names: what else is known of its person, mobile number and sign-in
-- name. short: fewer than 8 characters; long: more than the 72 bytes bcrypt reads; figures: nothing else; common; own:
-- little besides a name.
create function private.password_problem(p_password text, p_names text[]) returns text language plpgsql stable as $$
declare v_plain text; n text;
begin
  if p_password is null or char_length(p_password) < 8 then return 'short'; end if;
  if octet_length(p_password) > 72 then return 'long'; end if;
  v_plain := lower(regexp_replace(normalize(p_password, nfkc), '[\s-]', '', 'g'));
  if v_plain ~ '^[0-9]*$' then return 'figures'; end if;
  if exists (select from private.common_password where word = v_plain) then return 'common'; end if;
  foreach n in array p_names loop
    if char_length(n) >= 3 and strpos(v_plain, lower(n)) > 0 and char_length(replace(v_plain, lower(n), '')) < 6 then
      return 'own';
    end if;
  end loop;
  return null;
end $$;

-- What a password of this login must not be made of.
create function private.names_of(p_login uuid) returns text[] language sql stable as $$
  select array(select sign_in_name from app.login where id = p_login
    union select c.phone from app.responder r join app.responder_contact c on c.responder_id = r.id
      where r.login_id = p_login)
$$;

-- Tries of passwords, by account and address, both hashed: also for accounts that do not exist, or the waiting would
-- tell which do. passed_at: when the account was last entered from there.
create table app.sign_in_try (
  account bytea not null,
  address bytea not null,
  failures int not null default 0,
  failed_at timestamptz,
  passed_at timestamptz,
  primary key (account, address));
create index sign_in_try_failed on app.sign_in_try (failed_at) where passed_at is null;
create index sign_in_try_passed on app.sign_in_try (passed_at);
alter table app.sign_in_try enable row level security;

create function private.try_key(p_text text) returns bytea language sql stable as $$
  select substr(sha256(convert_to(lower(p_text) || value::text, 'utf8')), 1, 16) from app.setting where key = 'decoy_salt'
$$;

-- How long after the last failure the next try is heard. Where the account was entered before, its person is not kept
-- out for long.
create function private.try_delay(p_failures int, p_known boolean) returns interval language sql immutable as $$
  select case when p_failures < 5 then interval '0'
    else make_interval(secs => least(power(2, least(p_failures, 20) - 4), case when p_known then 30 else 900 end)) end
$$;

-- When a try from this address is heard again; null = now. Besides its own failures, an address the account was never
-- entered from shares one budget with all such addresses, 60 failures an hour: many addresses guess no faster than one,
-- and who comes from a known address never waits for them.
create function private.try_again_at(t app.sign_in_try, p_known boolean) returns timestamptz language sql volatile as $$
  select max(x.at) from (values
    (t.failed_at + private.try_delay(t.failures, p_known)),
    (case when not p_known and not private.has_token('password:' || encode(t.account, 'hex'), 60, 3600)
      then date_trunc('hour', clock_timestamp()) + interval '1 hour' end)
  ) x(at) where x.at > clock_timestamp()
$$;

-- One try of a password for the account behind an e-mail address: {status: right | wrong | wait, retry_after_s}. A try
-- that has to wait is not looked at and not counted; every other one costs exactly one bcrypt, also for an account that
-- does not exist. Of one account from one address one try is looked at at a time: a hundred at once are no shortcut.
create function private.try_password(p_email text, p_password text, p_address text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_account bytea := private.try_key(p_email); v_address bytea := private.try_key(private.subscriber_of(p_address));
  t app.sign_in_try; v_known boolean; v_again timestamptz; v_hash text; v_right boolean;
begin
  if not pg_try_advisory_xact_lock(hashtextextended(encode(v_account || v_address, 'hex'), 0)) then
    return '{"status":"wait","retry_after_s":1}';
  end if;
  select * into t from app.sign_in_try where account = v_account and address = v_address;
  if t.failed_at < clock_timestamp() - interval '1 day' then t.failures := 0; end if;
  v_known := coalesce(t.passed_at > clock_timestamp() - interval '90 days', false);
  t.account := v_account;
  v_again := private.try_again_at(t, v_known);
  if v_again is not null then
    return jsonb_build_object('status', 'wait',
      'retry_after_s', ceil(extract(epoch from v_again - clock_timestamp()))::int);
  end if;
  execute 'select encrypted_password from auth.users where email = $1' into v_hash using lower(p_email);
  v_hash := case when v_hash ~ '^\$2[aby]\$' then v_hash end;
  v_right := private.password_fits(p_password, coalesce(v_hash, private.nobodys_hash())) and v_hash is not null;
  insert into app.sign_in_try (account, address, failures, failed_at, passed_at) values (v_account, v_address,
    case when v_right then 0 else coalesce(t.failures, 0) + 1 end, case when not v_right then clock_timestamp() end,
    case when v_right then clock_timestamp() else t.passed_at end)
  on conflict (account, address) do update
    set failures = excluded.failures, failed_at = excluded.failed_at, passed_at = excluded.passed_at;
  if not v_right and not v_known then
    perform private.take_token('password:' || encode(v_account, 'hex'), 60, 3600);
  end if;
  return jsonb_build_object('status', case when v_right then 'right' else 'wrong' end);
end $$;

-- Ends the sessions of a login, but for the one given; their access tokens end with them (private.login_id).
create function private.end_sessions(p_login uuid, p_keep uuid default null) returns void language plpgsql as $$
begin
  if to_regclass('auth.refresh_tokens') is not null then
    execute 'delete from auth.refresh_tokens where user_id::text = $1 and session_id is distinct from $2'
      using p_login::text, p_keep;
  end if;
  if to_regclass('auth.sessions') is not null then
    execute 'delete from auth.sessions where user_id = $1 and id is distinct from $2' using p_login, p_keep;
  end if;
end $$;

-- A new password for a login: nobody else stays signed in, and no link to set another one is left. Links first: who
-- comes by one holds it already.
create function private.set_password(p_login uuid, p_password text, p_keep uuid default null) returns void
language plpgsql as $$
begin
  update app.invitation set revoked_at = now()
  where login_id = p_login and purpose = 'reset' and used_at is null and revoked_at is null;
  execute 'update auth.users set encrypted_password = $2, updated_at = now() where id = $1'
    using p_login, private.hash_password(p_password);
  perform private.end_sessions(p_login, p_keep);
  -- who held the old password may hold the key of the stand-in codes, too
  update app.login set stand_in_key = gen_random_uuid() where id = p_login;
end $$;
