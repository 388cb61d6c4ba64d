-- When a person's name changes or goes: finds the rows that show it, and marks them, so that phones get them again.

-- Marks every row that shows one of these old names of these people. It searches what the phones hold for the name,
-- instead of listing the kinds of rows that show one, so that a new kind cannot be forgotten.
create function private.mark_names(p_names text[], p_responders uuid[], p_logins uuid[]) returns void
language plpgsql as $$
declare
  v_tbls text[];
  v_pks uuid[];
  v_shifts uuid[];
begin
  select array_agg(e.tbl), array_agg(e.pk), array_agg(private.try_uuid(e.data ->> 'shift_id'))
  into v_tbls, v_pks, v_shifts
  from private.scopes_naming(private.communities_naming(p_responders, p_logins)) w(scope)
  join sync.entry e on e.scope = w.scope
  cross join lateral (select e.data::text as said offset 0) d
  where e.op = 'P' and exists (
    select from unnest(p_names) n where position(trim(both '"' from to_jsonb(n)::text) in d.said) > 0);
  perform from app.shift where id = any (v_shifts) order by id for no key update;
  perform from sync.result where mutation_id = any (v_pks) order by mutation_id for no key update;
  perform from app.absence where id = any (v_pks) order by id for no key update;
  perform from app.availability where id = any (v_pks) order by id for no key update;
  perform sync.mark('assignment', array(select id from app.assignment where responder_id = any (p_responders)));
  perform sync.mark('cover_request', private.covers_of(p_responders));
  perform sync.mark(x.tbl, x.pks)
  from (select u.tbl, array_agg(distinct u.pk) as pks from unnest(v_tbls, v_pks) u(tbl, pk) group by u.tbl) x;
end $$;

-- Communities with rows that may name these people: where they report or ever did, hold a role, served, were asked or
-- acted, and those with which such a community lent or borrowed people.
create function private.communities_naming(p_responders uuid[], p_logins uuid[]) returns uuid[]
language sql stable as $$
  with concerned (id) as (
    select i.community_id from app.report_in i where i.responder_id = any (p_responders)
    union
    select s.community_id from app.assignment a
    join app.shift s on s.id = a.shift_id
    where a.responder_id = any (p_responders)
    union
    select c.community_id from app.offer o
    join app.callout c on c.id = o.callout_id
    where o.responder_id = any (p_responders)
    union
    select e.community_id from app.event e where e.responder_id = any (p_responders)
    union
    select e.community_id from app.event e where e.login_id = any (p_logins)
    union
    select c.id from app.role_grant g
    join app.org_unit u on u.id = g.org_unit_id
    join app.org_unit c
      on c.level = 'community' and (c.path operator(extensions.<@) u.path or c.path operator(extensions.@>) u.path)
    where g.login_id = any (p_logins)
    union
    select p.org_unit_id from app.role_grant g
    join app.partner_unit p on p.id = g.partner_unit_id
    where g.login_id = any (p_logins)
    union
    select f.community_id from app.report_form f where f.responder_id = any (p_responders))
  select array(
    select id from concerned where id is not null
    union
    select r.to_community_id from app.reinforcement r
    join concerned c on c.id = r.from_community_id
    union
    select r.from_community_id from app.reinforcement r
    join concerned c on c.id = r.to_community_id)
$$;

-- Scopes of these communities in which rows other than assignments show names: what is open, what leads see, and what
-- each person there sees. Months of duty are left out, because they are most of a database; their rows are found by id.
create function private.scopes_naming(p_communities uuid[]) returns setof text language sql stable as $$
  with people (login_id) as (
    select r.login_id from app.report_in i
    join app.responder r on r.id = i.responder_id
    where i.community_id = any (p_communities)
    union
    select r.login_id from app.shift s
    join app.assignment a on a.shift_id = s.id
    join app.responder r on r.id = a.responder_id
    where s.community_id = any (p_communities)
    union
    select r.login_id from app.callout c
    join app.offer o on o.callout_id = c.id
    join app.responder r on r.id = o.responder_id
    where c.community_id = any (p_communities)
    union
    select g.login_id from app.org_unit c
    join app.org_unit u on u.path operator(extensions.<@) c.path or u.path operator(extensions.@>) c.path
    join app.role_grant g on g.org_unit_id = u.id
    where c.id = any (p_communities))
  select 'org:' || c || ':open' from unnest(p_communities) c
  union
  select 'lead:' || u.id from app.org_unit c
  join app.org_unit u on u.path operator(extensions.<@) c.path
  where c.id = any (p_communities)
  union
  select 'desk:' || a.id from app.org_unit c
  join app.org_unit a on c.path operator(extensions.<@) a.path
  where c.id = any (p_communities)
  union
  select 'unit:' || p.id from app.partner_unit p where p.org_unit_id = any (p_communities)
  union
  select 'user:' || login_id from people where login_id is not null
$$;
