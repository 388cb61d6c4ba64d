-- How many wrong passwords may be tried. Tries are counted per account and address, which are kept as hashes only.

-- One try of a password for the account behind an e-mail address: {status: right | wrong | wait, retry_after_s}. A try
-- that has to wait is neither looked at nor counted. Every other one costs exactly one bcrypt, also for an account that
-- does not exist. Of several tries at once for one account from one address, one is looked at and the others
-- are told to wait, so that a hundred at once are no shortcut.
create function private.try_password(p_email text, p_password text, p_address text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_account bytea := private.try_key(p_email);
  v_address bytea := private.try_key(private.subscriber_of(p_address));
  t app.sign_in_try;
  v_known boolean;
  v_again timestamptz;
  v_hash text;
  v_right boolean;
begin
  perform private.refuse_reshaped();
  if not pg_try_advisory_xact_lock(hashtextextended(encode(v_account || v_address, 'hex'), 0)) then
    return '{"status":"wait","retry_after_s":1}';
  end if;
  select * into t from app.sign_in_try where account = v_account and address = v_address;
  if t.failed_at < clock_timestamp() - interval '1 day' then t.failures := 0; end if;
  v_known := coalesce(t.passed_at > clock_timestamp() - private.keep_history(), false);
  t.account := v_account;
  v_again := private.try_again_at(t, v_known);
  if v_again is not null then
    return jsonb_build_object('status', 'wait',
      'retry_after_s', ceil(extract(epoch from v_again - clock_timestamp()))::int);
  end if;
  execute 'select encrypted_password from auth.users where email = $1' into v_hash using lower(p_email);
  v_hash := case when v_hash ~ '^\$2[aby]\$' then v_hash end;
  v_right := private.password_fits(p_password, coalesce(v_hash, private.nobodys_hash())) and v_hash is not null;
  insert into app.sign_in_try (account, address, failures, failed_at, passed_at)
  values (v_account, v_address,
    case when v_right then 0 else coalesce(t.failures, 0) + 1 end,
    case when not v_right then clock_timestamp() end,
    case when v_right then clock_timestamp() else t.passed_at end)
  on conflict (account, address) do update
  set failures = excluded.failures, failed_at = excluded.failed_at, passed_at = excluded.passed_at;
  if not v_right and not v_known then
    perform private.take_token('password:' || encode(v_account, 'hex'), 60, 3600);
  end if;
  return jsonb_build_object('status', case when v_right then 'right' else 'wrong' end);
end $$;

-- When a try from this address is heard again; null = now. An address from which the account was never entered also
-- shares one budget with all such addresses, 60 failures an hour. So many addresses guess no faster than one, and a
-- person at a known address never waits for them.
create function private.try_again_at(t app.sign_in_try, p_known boolean) returns timestamptz language sql volatile as $$
  select max(x.at) from (values
    (t.failed_at + private.try_delay(t.failures, p_known)),
    (case when not p_known and not private.has_token('password:' || encode(t.account, 'hex'), 60, 3600)
      then date_trunc('hour', clock_timestamp()) + interval '1 hour' end)
  ) x(at) where x.at > clock_timestamp()
$$;

-- How long after the last failure the next try is heard: from the fifth failure on 2 s, 4 s, … up to 900 s. At an
-- address from which the account was entered before it is 30 s at most, so that its person is not shut out for long.
create function private.try_delay(p_failures int, p_known boolean) returns interval language sql immutable as $$
  select case
    when p_failures < 5 then interval '0'
    else make_interval(secs => least(
      power(2, least(p_failures, 20) - 4), case when p_known then 30 else 900 end)) end
$$;

-- An account or an address as it is counted: a salted hash, of 16 bytes whatever was sent.
create function private.try_key(p_text text) returns bytea language sql stable as $$
  select substr(sha256(convert_to(lower(p_text) || value::text, 'utf8')), 1, 16)
  from app.setting where key = 'decoy_salt'
$$;
