-- 到岗 by the code at the door. A phone without signal must be able to tell whether the code is its own post's, and must not learn other doors:
-- its card carries 32 bits of a hash salted with the assignment, enough to tell codes apart and too few to find one.
create function private.door_hash(p_assignment uuid, p_code text) returns text language sql immutable as $$
  select left(encode(sha256(convert_to(p_assignment || ':' || p_code, 'UTF8')), 'hex'), 8)
$$;
