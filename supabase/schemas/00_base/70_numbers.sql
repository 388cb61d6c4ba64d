-- Free words keep no phone number. The rule stands in src/domain/stripNumbers.ts too; tests/vectors/numbers.json holds
-- both to the same answers. private.texts() and docs/adr/0015 say which columns hold free words, and which are meant to
-- hold a number.
--
-- How it works: the words are turned into a shadow of the same length, in which every way to write a digit is that
-- digit. Patterns then run over the shadow, in a fixed order: some mark what must stay (days, times, rooms, numbers of
-- documents), the others mark what could be a phone number.

-- The words with *** in the place of each run of digits that could be a phone number.
create function private.strip_numbers(p_text text) returns text language plpgsql immutable parallel safe as $$
declare v_shadow text := private.shadow_of(p_text);
begin
  if p_text is null or v_shadow !~ '[0-9](?:[-,_]*[0-9]){6}' then return p_text; end if;
  v_shadow := private.hidden_runs(v_shadow);
  return (
    select string_agg(
      substr(p_text, x.until - x.long - x.hidden + 1, x.long) || case when x.hidden > 0 then '***' else '' end,
      '' order by x.i)
    from (
      select i, length(b.piece) as long, coalesce(length(m.run[1]), 0) as hidden,
        (sum(length(b.piece) + coalesce(length(m.run[1]), 0)) over (order by i))::int as until
      from regexp_split_to_table(v_shadow, '#+') with ordinality b(piece, i)
      left join regexp_matches(v_shadow, '#+', 'g') with ordinality m(run, i) using (i)) x);
end $$;

-- The same for each text inside a JSON value, and for its keys. Ids and moments stay whole; so do JSON numbers below a
-- million.
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

-- The first phone number in some words as plain digits, or null.
create function private.number_in(p_text text) returns text language sql immutable parallel safe as $$
  select left(regexp_replace(substr(s.shadow, m.at, m.long), '[^0-9]', '', 'g'), 40)
  from (select private.shadow_of(p_text) as shadow) s
  cross join lateral (select private.hidden_runs(s.shadow) as hidden) h
  cross join lateral (select position('#' in h.hidden) as at, length(substring(h.hidden from '#+')) as long) m
  where m.at > 0
$$;

-- A shadow with # over each run that must go, and = over what must stay.
create function private.hidden_runs(p_shadow text) returns text language plpgsql immutable parallel safe as $$
declare v_shadow text := p_shadow; k record;
begin
  for k in select * from private.number_patterns() loop
    v_shadow := private.cover(v_shadow, k.pattern, k.mark);
  end loop;
  return v_shadow;
end $$;

-- A shadow with the mark over each match of the pattern. It is cut at the matches and joined again, so the work is one
-- pass, however long the text is.
create function private.cover(p_shadow text, p_pattern text, p_mark text) returns text
language sql immutable parallel safe as $$
  select string_agg(b.piece || repeat(p_mark, coalesce(length(m.run[1]), 0)), '' order by i)
  from regexp_split_to_table(p_shadow, p_pattern) with ordinality b(piece, i)
  left join regexp_matches(p_shadow, p_pattern, 'g') with ordinality m(run, i) using (i)
$$;

-- What is looked for in a shadow, in this order. A match marked `=` stays although it has many digits; one marked `#`
-- goes.
create function private.number_patterns() returns table (mark text, pattern text)
language sql immutable parallel safe as $$
  select p.mark, '\y_*' || p.source || '_*\y'
  from (values (
      '(?:1[-_]*0|2[-_]*[0-9]|[3-9][-_]*[1-9][-_]*[0-9])', '(?:0?[1-9]|1[0-2])[-,](?:0?[1-9]|[12][0-9]|3[01])',
      '(?:[01][0-9]|2[0-4])[0-5][0-9]', '(?:[2-9]0[1-9]|[1-5][0-9](?:0[1-9]|1[0-2]))',
      '1[-,]2[-,]3[-,]4[-,]5[-,]6[-,]7(?:[-,]8(?:[-,]9)?)?',
      -- other groups of the eleven digits of a mobile number: 5-6, 6-5, 3-5-3, 3-3-5, 5-3-3
      concat_ws('|', '(?:_*[0-9]){3}[-,_]{1,2}[0-9](?:_*[0-9]){5}', '(?:_*[0-9]){4}[-,_]{1,2}[0-9](?:_*[0-9]){4}',
        '_*[0-9][-,_]{1,2}[0-9]{5}[-,_]{1,2}[0-9]{3}', '_*[0-9][-,_]{1,2}[0-9]{3}[-,_]{1,2}[0-9]{5}',
        '(?:_*[0-9]){3}[-,_]{1,2}[0-9]{3}[-,_]{1,2}[0-9]{3}'))) c(area, day, clock, room, counted, odd_groups)
  cross join lateral (values
    ('=', '20[0-9]{2}[-,]' || c.day), -- a day: 2026-11-28
    ('=', c.clock || '[-,]' || c.clock || '[-,]' || c.clock || '[-,]' || c.clock), -- two spans: 0830-2030 2030-0830
    ('=', c.counted), -- buildings: 1 2 3 4 5 6 7
    ('#', '(?:0{0,2}[-_]*8[-_]*6[-_]*)?1[-_]*[3-9](?:[-_]*[0-9]){9}'), -- a mobile number
    ('#', '1_*[3-9]_*[0-9][-,_]+[0-9]{4}[-,_]+[0-9]{4}'), -- the same in its usual groups, with any separator
    ('#', '1[-,_]+[3-9](?:[-,_]+[0-9]){9}'), -- the same, digit by digit
    ('#', '1_*[3-9](?:' || c.odd_groups || ')'), -- the same in other groups: 13800,138000
    -- a number with its area code
    ('#', '(?:0{0,2}[-_]*8[-_]*6[-,_]*0?|0)[-_]*' || c.area
      || '[-,_]*[2-8](?:(?:[-_]*[0-9]){6,7}|(?:_*[0-9]){2,3}[-,_]{1,2}[0-9]{4})'),
    ('#', '[48][-_]*0[-_]*0(?:[-_]*[0-9]){7}'), -- 400 and 800
    -- 20261128, 202611280800, a document 20261128001
    ('=', '20[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{0,6}'),
    -- 0800-1200, 2026-2027, 2000-3000
    ('=', '(?:' || c.clock || '[-,]' || c.clock || '|20[0-9]{2}[-,]20[0-9]{2}|[0-9]{1,2}00[-,][0-9]{1,2}00)'),
    ('=', c.room || '[-,]' || c.room), -- rooms: 2203-2204
    ('#', '[0-9](?:_*[0-9]){6,}'), -- seven digits or more in a row
    ('#', '[2-8](?:_*[0-9]){2,3}[-_]+[0-9](?:_*[0-9]){3}'), -- a local number: 8300 1234
    ('#', '[0-9](?:[-_]+[0-9]){6,}')) p(mark, source) -- seven or more, spelled digit by digit
$$;

-- The shadow of a text, one sign for each character: the digit, in whatever script it is written; `_` for a character
-- without width; `-` for what people put between the digits of a number; `,` for what seldom stands there; `~` for all
-- else.
create function private.shadow_of(p_text text) returns text language sql immutable parallel safe as $$
  select regexp_replace(translate(p_text,
    '０〇零○洞⓪⁰₀٠۰' || '１一壹幺①❶¹₁١۱' || '２二贰貳两②❷²₂٢۲' || '３三叁參③❸³₃٣۳' || '４四肆④❹⁴₄٤۴' ||
    '５五伍⑤❺⁵₅٥۵' || '６六陆⑥❻⁶₆٦۶' || '７七柒拐⑦❼⁷₇٧۷' || '８八捌⑧❽⁸₈٨۸' || '９九玖勾⑨❾⁹₉٩۹' ||
    '𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡𝟢𝟣𝟤𝟥𝟦𝟧𝟨𝟩𝟪𝟫𝟬𝟭𝟮𝟯𝟰𝟱𝟲𝟳𝟴𝟵𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿' ||
    E'\u07C0\u07C1\u07C2\u07C3\u07C4\u07C5\u07C6\u07C7\u07C8\u07C9' ||
    E'\u0966\u0967\u0968\u0969\u096A\u096B\u096C\u096D\u096E\u096F' ||
    E'\u09E6\u09E7\u09E8\u09E9\u09EA\u09EB\u09EC\u09ED\u09EE\u09EF' ||
    E'\u0A66\u0A67\u0A68\u0A69\u0A6A\u0A6B\u0A6C\u0A6D\u0A6E\u0A6F' ||
    E'\u0AE6\u0AE7\u0AE8\u0AE9\u0AEA\u0AEB\u0AEC\u0AED\u0AEE\u0AEF' ||
    E'\u0B66\u0B67\u0B68\u0B69\u0B6A\u0B6B\u0B6C\u0B6D\u0B6E\u0B6F' ||
    E'\u0BE6\u0BE7\u0BE8\u0BE9\u0BEA\u0BEB\u0BEC\u0BED\u0BEE\u0BEF' ||
    E'\u0C66\u0C67\u0C68\u0C69\u0C6A\u0C6B\u0C6C\u0C6D\u0C6E\u0C6F' ||
    E'\u0CE6\u0CE7\u0CE8\u0CE9\u0CEA\u0CEB\u0CEC\u0CED\u0CEE\u0CEF' ||
    E'\u0D66\u0D67\u0D68\u0D69\u0D6A\u0D6B\u0D6C\u0D6D\u0D6E\u0D6F' ||
    E'\u0DE6\u0DE7\u0DE8\u0DE9\u0DEA\u0DEB\u0DEC\u0DED\u0DEE\u0DEF' ||
    E'\u0E50\u0E51\u0E52\u0E53\u0E54\u0E55\u0E56\u0E57\u0E58\u0E59' ||
    E'\u0ED0\u0ED1\u0ED2\u0ED3\u0ED4\u0ED5\u0ED6\u0ED7\u0ED8\u0ED9' ||
    E'\u0F20\u0F21\u0F22\u0F23\u0F24\u0F25\u0F26\u0F27\u0F28\u0F29' ||
    E'\u1040\u1041\u1042\u1043\u1044\u1045\u1046\u1047\u1048\u1049' ||
    E'\u1090\u1091\u1092\u1093\u1094\u1095\u1096\u1097\u1098\u1099' ||
    E'\u17E0\u17E1\u17E2\u17E3\u17E4\u17E5\u17E6\u17E7\u17E8\u17E9' ||
    E'\u1810\u1811\u1812\u1813\u1814\u1815\u1816\u1817\u1818\u1819' ||
    E'\u1946\u1947\u1948\u1949\u194A\u194B\u194C\u194D\u194E\u194F' ||
    E'\u19D0\u19D1\u19D2\u19D3\u19D4\u19D5\u19D6\u19D7\u19D8\u19D9' ||
    E'\u1A80\u1A81\u1A82\u1A83\u1A84\u1A85\u1A86\u1A87\u1A88\u1A89' ||
    E'\u1A90\u1A91\u1A92\u1A93\u1A94\u1A95\u1A96\u1A97\u1A98\u1A99' ||
    E'\u1B50\u1B51\u1B52\u1B53\u1B54\u1B55\u1B56\u1B57\u1B58\u1B59' ||
    E'\u1BB0\u1BB1\u1BB2\u1BB3\u1BB4\u1BB5\u1BB6\u1BB7\u1BB8\u1BB9' ||
    E'\u1C40\u1C41\u1C42\u1C43\u1C44\u1C45\u1C46\u1C47\u1C48\u1C49' ||
    E'\u1C50\u1C51\u1C52\u1C53\u1C54\u1C55\u1C56\u1C57\u1C58\u1C59' ||
    E'\uA620\uA621\uA622\uA623\uA624\uA625\uA626\uA627\uA628\uA629' ||
    E'\uA8D0\uA8D1\uA8D2\uA8D3\uA8D4\uA8D5\uA8D6\uA8D7\uA8D8\uA8D9' ||
    E'\uA900\uA901\uA902\uA903\uA904\uA905\uA906\uA907\uA908\uA909' ||
    E'\uA9D0\uA9D1\uA9D2\uA9D3\uA9D4\uA9D5\uA9D6\uA9D7\uA9D8\uA9D9' ||
    E'\uA9F0\uA9F1\uA9F2\uA9F3\uA9F4\uA9F5\uA9F6\uA9F7\uA9F8\uA9F9' ||
    E'\uAA50\uAA51\uAA52\uAA53\uAA54\uAA55\uAA56\uAA57\uAA58\uAA59' ||
    E'\uABF0\uABF1\uABF2\uABF3\uABF4\uABF5\uABF6\uABF7\uABF8\uABF9' ||
    E'\u2780\u2781\u2782\u2783\u2784\u2785\u2786\u2787\u2788' ||
    E'\u278A\u278B\u278C\u278D\u278E\u278F\u2790\u2791\u2792' ||
    E'\u2474\u2475\u2476\u2477\u2478\u2479\u247A\u247B\u247C' ||
    E'\u2488\u2489\u248A\u248B\u248C\u248D\u248E\u248F\u2490' ||
    E'\u24F5\u24F6\u24F7\u24F8\u24F9\u24FA\u24FB\u24FC\u24FD' ||
    E'\u3220\u3221\u3222\u3223\u3224\u3225\u3226\u3227\u3228' ||
    E'\u3280\u3281\u3282\u3283\u3284\u3285\u3286\u3287\u3288' ||
    E'\u3021\u3022\u3023\u3024\u3025\u3026\u3027\u3028\u3029\u24FF' ||
    E'\u00AD\u034F\u061C\u180E\u200B\u200C\u200D\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2060\u2061' ||
    E'\u2062\u2063\u2064\u2065\u2066\u2067\u2068\u2069\u206A\u206B\u206C\u206D\u206E\u206F\u20E3\uFE00' ||
    E'\uFE01\uFE02\uFE03\uFE04\uFE05\uFE06\uFE07\uFE08\uFE09\uFE0A\uFE0B\uFE0C\uFE0D\uFE0E\uFE0F\uFEFF' ||
    E'\u0009\u000A\u000B\u000C\u000D \u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007' ||
    E'\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000-.\u2010\u2011\u2012\u2013\u2014\u2015\u2212' ||
    E'\uFE58\uFE63\uFF0D\u30FB\u30FC\uFF65\u3002\uFF0E\uFE52\u00B7\u2022\u2024\u2027\u2219\u22C5' ||
    ',，、;；()（）[]［］【】〔〕{}/\|／＼｜*＊#＃_＿~～+＋=＝''"‘’“”:：<>《》「」!！?？…',
    repeat('0', 10) || repeat('1', 10) || repeat('2', 11) || repeat('3', 10) || repeat('4', 9) ||
    repeat('5', 9) || repeat('6', 9) || repeat('7', 10) || repeat('8', 9) || repeat('9', 10) ||
    repeat('0123456789', 38) || repeat('123456789', 8) || '0' || repeat('_', 48) || repeat('-', 48) || repeat(',', 56)),
    '[^0-9_,-]', '~', 'g')
$$;
