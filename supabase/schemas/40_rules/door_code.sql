-- 到岗 by the code at the door. A phone without signal must be able to tell whether a code is the one of its own post,
-- and must not learn the codes of other doors. So its card carries 32 bits of a hash that is salted with the
-- assignment: enough to tell codes apart, too few to find a code by trying.
create function private.door_hash(p_assignment uuid, p_code text) returns text language sql immutable as $$
  select left(encode(sha256(convert_to(p_assignment || ':' || p_code, 'UTF8')), 'hex'), 8)
$$;
