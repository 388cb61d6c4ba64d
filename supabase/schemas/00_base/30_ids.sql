-- Ids, random codes, and codes that people type.

-- A text as uuid, or null if it is none: a malformed id must not abort a whole push.
create function private.try_uuid(p_text text) returns uuid language sql immutable as $$
  select case when p_text ~* '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' then p_text::uuid end
$$;

-- A new uuid of version 7 (RFC 9562 §5.7): 48 bits of milliseconds, then random bits. Postgres 17 has no such function.
create function private.uuid_v7(p_now timestamptz default clock_timestamp()) returns uuid language sql volatile as $$
  select encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid())
        placing substring(int8send((extract(epoch from p_now) * 1000)::bigint) from 3) from 1 for 6),
      52, 1), 53, 1), 'hex')::uuid
$$;

-- A random code of so many characters of Crockford base32 (5 bits each), from a cryptographic source.
create function private.random_code(p_chars int) returns text language sql volatile as $$
  select string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (get_byte(b.bytes, i) & 31) + 1, 1), '')
  from (select extensions.gen_random_bytes(p_chars) as bytes) b, generate_series(0, p_chars - 1) i
$$;

-- A typed code in its one spelling: full-width letters made plain, upper case, no spaces or hyphens, O as 0,
-- I and L as 1.
create function private.normal_code(p_text text) returns text language sql immutable as $$
  select translate(
    upper(regexp_replace(normalize(left(coalesce(p_text, ''), 200), nfkc), '[\s-]', '', 'g')),
    'OIL', '011')
$$;

-- The hash under which an invitation's token is kept. The token itself is not stored.
create function private.hash_token(p_token text) returns bytea language sql immutable as $$
  select sha256(convert_to('redwhistle:' || private.normal_code(p_token), 'utf8'))
$$;

-- The ids in a list that came from outside; what is no list, or no id, is left out.
create function private.ids_of(p_list jsonb) returns uuid[] language sql immutable as $$
  select coalesce(array_agg(private.try_uuid(e #>> '{}')) filter (where private.try_uuid(e #>> '{}') is not null), '{}')
  from jsonb_array_elements(case when jsonb_typeof(p_list) = 'array' then p_list else '[]' end) e
$$;
