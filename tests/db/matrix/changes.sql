-- What a call changed: rows of app and of sync, before and after. Counts of tries are left out: they are nobody's data.
create schema seen;
create function seen.tables() returns setof text language sql stable as $$
  select format('%I.%I', schemaname, tablename) from pg_catalog.pg_tables
  where schemaname = 'app' and tablename not in ('rate_window', 'sign_in_try')
    or schemaname = 'sync' and tablename in ('entry', 'result', 'client') or schemaname = 'auth'
$$;
create table seen.row (tbl text, said text);
create index on seen.row (tbl);
create table seen.size (tbl text primary key, n bigint);
create function seen.remember() returns void language plpgsql as $$
declare t text;
begin
  for t in select seen.tables() loop
    execute format('insert into seen.row select %L, x::text from %s x', t, t);
    insert into seen.size select t, count(*) from seen.row r where r.tbl = t;
  end loop;
end $$;
-- Whether this transaction has written to a table. A deleted row shows in the count.
create function seen.touched(p_tbl text) returns boolean language plpgsql as $$
declare v_new bigint; v_all bigint;
begin
  execute format('select count(*) filter (where x.xmin::text::bigint >= pg_current_xact_id()::text::bigint), count(*)
    from %s x', p_tbl) into v_new, v_all;
  return v_new > 0 or v_all <> (select s.n from seen.size s where s.tbl = p_tbl);
end $$;
-- Rows that this transaction changed: as they were, and as they are now.
create function seen.changes() returns table (tbl text, said text) language plpgsql as $$
declare t text;
begin
  if pg_current_xact_id_if_assigned() is null then return; end if;
  for t in select seen.tables() loop
    continue when not seen.touched(t);
    return query execute format('with now as (select x::text as said from %1$s x),
        was as (select r.said from seen.row r where r.tbl = %1$L)
      select %1$L, c.said
      from ((select * from now except select * from was) union all (select * from was except select * from now)) c', t);
  end loop;
end $$;
