-- Free words keep no phone number. The same rule stands on the phone in src/domain/stripNumbers.ts; both are pinned by
-- tests/vectors/numbers.json.
-- Which columns hold free words, and which are meant to hold a number: private.texts() and docs/adr/0018.

-- One sign for each character: a digit as it may be written, `_` for what has no width, `-` for what people put between
-- the digits of a number, `,` for what seldom stands there, `~` for all the rest.
create function private.shadow_of(p_text text) returns text language sql immutable parallel safe as $$
  select regexp_replace(translate(p_text,
    '０〇零○洞⓪⁰₀٠۰' || '１一壹幺①❶¹₁١۱' || '２二贰貳两②❷²₂٢۲' || '３三叁參③❸³₃٣۳' || '４四肆④❹⁴₄٤۴' ||
    '５五伍⑤❺⁵₅٥۵' || '６六陆⑥❻⁶₆٦۶' || '７七柒拐⑦❼⁷₇٧۷' || '８八捌⑧❽⁸₈٨۸' || '９九玖勾⑨❾⁹₉٩۹' ||
    '𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡𝟢𝟣𝟤𝟥𝟦𝟧𝟨𝟩𝟪𝟫𝟬𝟭𝟮𝟯𝟰𝟱𝟲𝟳𝟴𝟵𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿' ||
    E'\u00AD\u034F\u061C\u180E\u200B\u200C\u200D\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2060\u2061' ||
    E'\u2062\u2063\u2064\u2065\u2066\u2067\u2068\u2069\u206A\u206B\u206C\u206D\u206E\u206F\u20E3\uFE00' ||
    E'\uFE01\uFE02\uFE03\uFE04\uFE05\uFE06\uFE07\uFE08\uFE09\uFE0A\uFE0B\uFE0C\uFE0D\uFE0E\uFE0F\uFEFF' ||
    E'\u0009\u000A\u000B\u000C\u000D \u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007' ||
    E'\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000-.\u2010\u2011\u2012\u2013\u2014\u2015\u2212' ||
    E'\uFE58\uFE63\uFF0D\u30FB\u30FC\uFF65\u3002\uFF0E\uFE52\u00B7\u2022\u2024\u2027\u2219\u22C5' ||
    ',，、;；()（）[]［］【】〔〕{}/\|／＼｜*＊#＃_＿~～+＋=＝''"‘’“”:：<>《》「」!！?？…',
    repeat('0', 10) || repeat('1', 10) || repeat('2', 11) || repeat('3', 10) || repeat('4', 9) ||
    repeat('5', 9) || repeat('6', 9) || repeat('7', 10) || repeat('8', 9) || repeat('9', 10) ||
    repeat('0123456789', 5) || repeat('_', 48) || repeat('-', 48) || repeat(',', 56)),
    '[^0-9_,-]', '~', 'g')
$$;

-- What is looked for in a shadow, in this order: `=` stays although it has many digits, `#` goes.
create function private.number_patterns() returns table (mark text, pattern text)
language sql immutable parallel safe as $$
  select p.mark, '\y_*' || p.source || '_*\y'
  from (values (
      '(?:1[-_]*0|2[-_]*[0-9]|[3-9][-_]*[1-9][-_]*[0-9])', '(?:0?[1-9]|1[0-2])[-,](?:0?[1-9]|[12][0-9]|3[01])',
      '(?:[01][0-9]|2[0-4])[0-5][0-9]', '[2-5][0-9](?:0[1-9]|1[0-2])')) c(area, day, clock, room)
  cross join lateral (values
    ('=', '20[0-9]{2}[-,]' || c.day), -- a day: 2026-11-28
    ('#', '(?:0{0,2}[-_]*8[-_]*6[-_]*)?1[-_]*[3-9](?:[-_]*[0-9]){9}'), -- a mobile number
    ('#', '1_*[3-9]_*[0-9][-,_]+[0-9]{4}[-,_]+[0-9]{4}'), -- the same in its usual groups, whatever stands between
    ('#', '1[-,_]+[3-9](?:[-,_]+[0-9]){9}'), -- the same, digit by digit
    -- with an area code
    ('#', '(?:0{0,2}[-_]*8[-_]*6[-,_]*0?|0)[-_]*' || c.area || '[-,_]*[2-8](?:[-_]*[0-9]){6,7}'),
    ('#', '[48][-_]*0[-_]*0(?:[-_]*[0-9]){7}'), -- 400 and 800
    -- 20261128, 202611280800
    ('=', '20[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:' || c.clock || '(?:[0-5][0-9])?)?'),
    -- 0800-1200, 2026-2027, 2000-3000
    ('=', '(?:' || c.clock || '[-,]' || c.clock || '|20[0-9]{2}[-,]20[0-9]{2}|[0-9]{1,2}00[-,][0-9]{1,2}00)'),
    ('=', c.room || '[-,]' || c.room), -- rooms: 2203-2204
    ('#', '[0-9](?:_*[0-9]){6,}'), -- seven digits and more at a stretch
    ('#', '[2-8](?:_*[0-9]){2,3}[-_]+[0-9](?:_*[0-9]){3}'), -- a local number: 8300 1234
    ('#', '[0-9](?:[-_]+[0-9]){6,}')) p(mark, source) -- spelled digit by digit
$$;

-- A shadow with every match covered by a mark. Cut and put together again: one pass, whatever its length.
create function private.cover(p_shadow text, p_pattern text, p_mark text) returns text
language sql immutable parallel safe as $$
  select string_agg(b.piece || repeat(p_mark, coalesce(length(m.run[1]), 0)), '' order by i)
  from regexp_split_to_table(p_shadow, p_pattern) with ordinality b(piece, i)
  left join regexp_matches(p_shadow, p_pattern, 'g') with ordinality m(run, i) using (i)
$$;

-- The words with *** in the place of every run of digits that could be a phone number. Days, times, rooms and numbers of
-- documents stay.
create function private.strip_numbers(p_text text) returns text language plpgsql immutable parallel safe as $$
declare v_shadow text := private.shadow_of(p_text);
begin
  if p_text is null or v_shadow !~ '[0-9](?:[-,_]*[0-9]){6}' then return p_text; end if;
  v_shadow := private.hidden_runs(v_shadow);
  return (
    select string_agg(
      substr(p_text, x.until - x.long - x.hidden + 1, x.long) || case when x.hidden > 0 then '***' else '' end, '' order by x.i)
    from (
      select i, length(b.piece) as long, coalesce(length(m.run[1]), 0) as hidden,
        (sum(length(b.piece) + coalesce(length(m.run[1]), 0)) over (order by i))::int as until
      from regexp_split_to_table(v_shadow, '#+') with ordinality b(piece, i)
      left join regexp_matches(v_shadow, '#+', 'g') with ordinality m(run, i) using (i)) x);
end $$;

-- A shadow with every run that goes covered by #.
create function private.hidden_runs(p_shadow text) returns text language plpgsql immutable parallel safe as $$
declare v_shadow text := p_shadow; k record;
begin
  for k in select * from private.number_patterns() loop
    v_shadow := private.cover(v_shadow, k.pattern, k.mark);
  end loop;
  return v_shadow;
end $$;

-- The first number in some words as plain digits, or null.
create function private.number_in(p_text text) returns text language sql immutable parallel safe as $$
  select left(regexp_replace(substr(s.shadow, m.at, m.long), '[^0-9]', '', 'g'), 40)
  from (select private.shadow_of(p_text) as shadow) s
  cross join lateral (select private.hidden_runs(s.shadow) as hidden) h
  cross join lateral (select position('#' in h.hidden) as at, length(substring(h.hidden from '#+')) as long) m
  where m.at > 0
$$;

-- The same for every text inside a JSON value, and for its keys; ids and moments stay whole, and so do numbers below
-- a million.
create function private.strip_json(p_value jsonb) returns jsonb language plpgsql immutable parallel safe as $$
declare v text := p_value #>> '{}';
begin
  case jsonb_typeof(p_value)
    when 'string' then
      if private.try_uuid(v) is not null
        or v ~ '^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}(:?\d{2})?)?$' then
        return p_value;
      end if;
      return to_jsonb(private.strip_numbers(v));
    when 'number' then return case when abs(v::numeric) < 1000000 then p_value else '"***"' end;
    when 'array' then
      return (select coalesce(jsonb_agg(private.strip_json(x.one) order by x.i), '[]')
        from jsonb_array_elements(p_value) with ordinality x(one, i));
    when 'object' then
      return (select coalesce(jsonb_object_agg(
        case when private.try_uuid(x.key) is null then private.strip_numbers(x.key) else x.key end,
        private.strip_json(x.value)), '{}')
        from jsonb_each(p_value) x);
    else return p_value;
  end case;
end $$;

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
