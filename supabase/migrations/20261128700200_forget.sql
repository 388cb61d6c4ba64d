-- A closed account leaves no name behind. Names are joined in wherever a row shows one, so the rows go right by themselves
-- (private.mark_names); what is left are the words of others, and those are found by the list of texts, not by a list of kinds.

-- Where others may have written about a person: every community they ever reported to, and those of their roles.
create function private.communities_to_forget(p_login uuid, p_responder uuid) returns uuid[] language sql stable as $$
  select array(select i.community_id from app.report_in i where i.responder_id = p_responder
    union select u.community_id from app.role_grant g join app.org_unit u on u.id = g.org_unit_id
    where g.login_id = p_login and u.community_id is not null)
$$;

-- Puts stars into the place of some names in one column; a name of one character would hit half of all words, and stays.
create function private.forget_in(p_text record, p_names text[], p_communities uuid[], p_login uuid) returns void language plpgsql as $$
declare n text; v_json boolean := p_text.type = 'jsonb';
begin
  foreach n in array p_names loop
    execute format('update %1$s x set %2$I = replace(x.%2$I::text, $3, $4)%3$s where position($3 in x.%2$I::text) > 0 and (%4$s)',
      p_text.tbl, p_text.col, case when v_json then '::jsonb' else '' end, p_text.belongs)
    using p_communities, p_login, case when v_json then trim(both '"' from to_jsonb(n)::text) else n end, repeat('*', length(n));
  end loop;
end $$;

-- Takes names out of all words of these communities, and what else hangs on them: refused intents of the person, open invitations by
-- name, rate limits that count by number.
create function private.forget_words(p_names text[], p_numbers text[], p_communities uuid[], p_login uuid) returns void language plpgsql as $$
declare t record; v_names text[] := array(select distinct n from unnest(p_names) n where length(n) >= 2 order by n desc);
begin
  perform set_config('private.forgetting', 'yes', true);
  for t in
    select x.*, format_type(a.atttypid, null) as type from private.texts() x
    join pg_attribute a on a.attrelid = x.tbl::regclass and a.attname = x.col where x.holds = 'words' order by x.tbl, x.col
  loop
    perform private.forget_in(t, v_names, p_communities, p_login);
  end loop;
  perform set_config('private.forgetting', '', true);
  update sync.result set args = null where login_id = p_login and args is not null;
  delete from app.invitation i using app.org_unit u where u.id = i.org_unit_id and u.community_id = any (p_communities) and i.person = any (v_names);
end $$;
select private.apply_grants();
