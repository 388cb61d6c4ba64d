-- '138****5678': from eleven digits on three at the front and four at the end show, from seven on two at the end, below
-- that none.
-- A contact without digits is a name somewhere else, and hidden whole. The same as src/domain/mask.ts.
create function private.mask_phone(p_phone text) returns text language sql immutable parallel safe as $$
  select case
    when length(d) >= 11 then left(d, 3) || repeat('*', length(d) - 7) || right(d, 4)
    when length(d) >= 7 then repeat('*', length(d) - 2) || right(d, 2)
    when d = '' and p_phone <> '' then '****'
    else repeat('*', length(d)) end
  from (select regexp_replace(p_phone, '[^0-9]', '', 'g') as d) x
$$;

-- The end of a number by which people recognise it; never more than the masked number shows.
create function private.phone_tail(p_phone text) returns text language sql immutable parallel safe as $$
  select case when length(d) >= 11 then right(d, 4) when length(d) >= 7 then right(d, 2) end
  from (select regexp_replace(p_phone, '[^0-9]', '', 'g') as d) x
$$;
