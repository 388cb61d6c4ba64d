-- How a phone number looks where it must not be read (R14). The same rule stands in src/domain/mask.ts.

-- '138****5678'. From eleven digits on, the first three and the last four show; from seven on, the last two; below
-- that, none. A contact without digits is hidden whole, because it may be a name of some other service.
create function private.mask_phone(p_phone text) returns text language sql immutable parallel safe as $$
  select case
    when length(d) >= 11 then left(d, 3) || repeat('*', length(d) - 7) || right(d, 4)
    when length(d) >= 7 then repeat('*', length(d) - 2) || right(d, 2)
    when d = '' and p_phone <> '' then '****'
    else repeat('*', length(d)) end
  from (select regexp_replace(p_phone, '[^0-9]', '', 'g') as d) x
$$;

-- The last digits, by which people recognise a number; never more of them than the masked number shows.
create function private.phone_tail(p_phone text) returns text language sql immutable parallel safe as $$
  select case when length(d) >= 11 then right(d, 4) when length(d) >= 7 then right(d, 2) end
  from (select regexp_replace(p_phone, '[^0-9]', '', 'g') as d) x
$$;
