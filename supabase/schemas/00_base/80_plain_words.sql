-- Names and words that people type, in the form that is kept or compared.

-- A sign-in name as people know it. The second and third login of one number end in a hidden digit, '.2' or '.3', which
-- private.free_name adds and this takes off.
create function private.shown_name(p_sign_in_name text) returns text language sql immutable as $$
  select regexp_replace(p_sign_in_name, '^([0-9]{7,15})\.[0-9]$', '\1')
$$;

-- A sign-in name as it is kept and looked up: full-width signs as plain ones, lower case, no spaces, no hyphens, and of
-- a mainland mobile number its eleven digits. As in src/domain/signInName.ts.
create function private.normal_name(p_name text) returns text language sql immutable as $$
  select regexp_replace(regexp_replace(lower(regexp_replace(normalize(left(coalesce(p_name, ''), 200), nfkc),
      '[\s\u002D\u00AD\u061C\u200B-\u200F\u2010-\u2015\u202A-\u202E\u2060-\u2064\u2066-\u2069\u2212\uFEFF]', '', 'g')),
    '^([()+0-9]*1[0-9]{2})\.([0-9]{4})\.([0-9]{4})$', '\1\2\3'),
    '^\(?(?:(?:\+|00)?86)?\)?(1[0-9]{10}(?:\.[0-9])?)$', '\1')
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
