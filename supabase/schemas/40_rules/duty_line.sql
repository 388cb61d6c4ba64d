-- A duty line as it is kept, with its extension after a comma: '025-84701234转802' becomes '025-84701234,802'; null when
-- it is no number. A dash parts an extension only where a whole number stands before it (025-84701234-802).
-- src/domain/dutyLine.ts; tests/vectors/dutyLine.json holds both to the same answers.
create function private.plain_line(p_text text) returns text language plpgsql immutable as $$
declare
  v_text text := trim(translate(normalize(left(p_text, 200), nfkc), '–—‐', '---'));
  m text[] := regexp_match(v_text, '^(.*?)\s*(?:[,;#]|转接?|分机号?|ext\.?)\s*([0-9]{1,6})$', 'i');
begin
  if m is null then
    m := regexp_match(v_text, '^(.*)-([0-9]{1,6})$');
    if m is null or regexp_replace(m[1], '[^0-9]', '', 'g') !~ '^(0[0-9]{9,11}|[2-8][0-9]{6,7}|[48]00[0-9]{7})$' then
      m := array[v_text, null];
    end if;
  end if;
  m[1] := trim(m[1]);
  if m[1] is null or m[1] !~ '^[+]?[0-9() -]{3,30}$' or m[1] !~ '([0-9][^0-9]*){3}' then return null; end if;
  return concat_ws(',', m[1], m[2]);
end $$;
