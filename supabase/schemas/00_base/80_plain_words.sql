-- Names and words that people type, in the form that is kept or compared.

-- A sign-in name as people know it. The second and third login of one number end in a hidden digit, '.2' or '.3', which
-- private.free_name adds and this takes off.
create function private.shown_name(p_sign_in_name text) returns text language sql immutable as $$
  select regexp_replace(p_sign_in_name, '^([0-9]{7,15})\.[0-9]$', '\1')
$$;

-- A sign-in name as it is kept and looked up: lower case, no spaces, no hyphens.
create function private.normal_name(p_name text) returns text language sql immutable as $$
  select lower(regexp_replace(left(coalesce(p_name, ''), 200), '[\s-]', '', 'g'))
$$;

-- Does a reason say anything: has it at least two letters or Han characters? As in src/domain/reason.ts.
create function private.says_something(p_text text) returns boolean language sql immutable as $$
  select length(regexp_replace(
    coalesce(p_text, ''), '[^A-Za-z\u00C0-\u024F\u3400-\u4DBF\u4E00-\u9FFF]', '', 'g')) >= 2
$$;

-- Free words as they are kept: at most 200 characters, without anything that could be a phone number.
create function private.plain_words(p_text text) returns text language sql immutable as $$
  select left(trim(private.strip_numbers(coalesce(p_text, ''))), 200)
$$;
