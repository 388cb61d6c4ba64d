-- A closed account leaves no name behind. Rows join names in where they show one, so they need only be marked
-- (private.mark_names). What is left are the words that others wrote; the list of texts finds those, not a list of
-- kinds.

-- Takes names out of all words of these communities, and deletes what else carries them: arguments of the person's
-- refused intents, open invitations by name. A name of one character stays, because it would hit half of all words.
create function private.forget_words(p_names text[], p_communities uuid[], p_login uuid) returns void
language plpgsql as $$
declare
  t record;
  v_names text[] := array(select distinct n from unnest(p_names) n where length(n) >= 2 order by n desc);
begin
  perform set_config('private.forgetting', 'yes', true);
  for t in
    select x.*, format_type(a.atttypid, null) as type from private.texts() x
    join pg_attribute a on a.attrelid = x.tbl::regclass and a.attname = x.col
    where x.holds = 'words'
    order by x.tbl, x.col
  loop
    perform private.forget_in(t, v_names, p_communities, p_login);
  end loop;
  perform set_config('private.forgetting', '', true);
  update sync.result set args = null where login_id = p_login and args is not null;
  -- old values keep their numbers on purpose, so they are no words; one that names the person goes
  delete from app.import_change c using app.import_batch b
  where b.id = c.batch_id and b.community_id = any (p_communities) and exists (
    select from unnest(v_names) n where position(n in c.before::text || c.after::text) > 0);
  delete from app.invitation i using app.org_unit u
  where u.id = i.org_unit_id and u.community_id = any (p_communities) and i.person = any (v_names);
  delete from app.invitation i using app.partner_unit p
  where p.id = i.partner_unit_id and p.org_unit_id = any (p_communities) and i.person = any (v_names);
end $$;

-- Where others may have written about a person: every community they ever reported to, and those of their roles.
create function private.communities_to_forget(p_login uuid, p_responder uuid) returns uuid[] language sql stable as $$
  select array(
    select i.community_id from app.report_in i where i.responder_id = p_responder
    union
    select u.community_id from app.role_grant g
    join app.org_unit u on u.id = g.org_unit_id
    where g.login_id = p_login and u.community_id is not null
    union
    select p.org_unit_id from app.role_grant g
    join app.partner_unit p on p.id = g.partner_unit_id
    where g.login_id = p_login)
$$;

-- Puts stars in the place of some names in one column of private.texts(), in the rows of these communities.
create function private.forget_in(p_text record, p_names text[], p_communities uuid[], p_login uuid) returns void
language plpgsql as $$
declare
  n text;
  v_new text := case p_text.type
    when 'jsonb' then 'private.without_name(x.%2$I, $3)'
    else 'replace(x.%2$I, $3, repeat(''*'', length($3)))' end;
begin
  foreach n in array p_names loop
    execute format('update %1$s x set %2$I = ' || v_new || ' where position($4 in x.%2$I::text) > 0 and (%3$s)',
      p_text.tbl, p_text.col, p_text.belongs)
    using p_communities, p_login, n,
      case p_text.type when 'jsonb' then trim(both '"' from to_jsonb(n)::text) else n end;
  end loop;
end $$;

-- JSON with stars in the place of a name. Keys, ids and moments are left alone: a person may be called "id" or "ab".
create function private.without_name(p_value jsonb, p_name text) returns jsonb language plpgsql immutable as $$
declare v text := p_value #>> '{}';
begin
  case jsonb_typeof(p_value)
    when 'string' then
      if private.try_uuid(v) is not null or private.try_moment(v) is not null then return p_value; end if;
      return to_jsonb(replace(v, p_name, repeat('*', length(p_name))));
    when 'array' then
      return (
        select coalesce(jsonb_agg(private.without_name(x.one, p_name) order by x.i), '[]')
        from jsonb_array_elements(p_value) with ordinality x(one, i));
    when 'object' then
      return (
        select coalesce(jsonb_object_agg(x.key, private.without_name(x.value, p_name)), '{}')
        from jsonb_each(p_value) x);
    else return p_value;
  end case;
end $$;
