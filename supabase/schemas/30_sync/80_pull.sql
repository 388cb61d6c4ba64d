-- Pull: a phone asks what changed in its scopes since its cursors.

create function api.pull(
  p_client uuid, p_schema int, p_cursors jsonb, p_epoch uuid default null, p_limit int default 5000
) returns jsonb language sql stable as $$
  select private.pull(
    p_client, private.admit_pull(p_cursors), private.known_epoch(p_epoch), least(greatest(p_limit, 1), 10000), now())
$$;

-- One statement, one snapshot: heads and entries always belong together. A page holds about p_limit entries, in the
-- order of scopes that a first sync shows, and never a part of a version. It runs with the caller's rights, so the
-- policies of sync.entry, sync.scope and sync.client hold here too.
create function private.pull(p_client uuid, p_cursors jsonb, p_epoch uuid, p_limit int, p_now timestamptz) returns jsonb
language plpgsql stable
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off
set plan_cache_mode = force_generic_plan as $$
begin
  -- an answer without scopes would take everything back from a phone whose session has merely ended
  if private.login_id() is null then raise exception 'not signed in' using errcode = '42501'; end if;
  return (
  with ep as (
    select e.id, e.min_client, p_epoch is not null and p_epoch <> e.id as foreign_epoch
    from private.current_epoch() e),
  -- the scopes of the caller, and the version that the phone has of each
  wanted as (
    select w.scope, w.rank, coalesce(s.head, 0) as head, coalesce(s.n_live, 0) as n, coalesce(s.sum_ver, 0) as sum,
      coalesce((p_cursors ->> w.scope)::bigint, 0) as asked, w.oldest
    from private.my_ranked_scopes() w
    left join sync.scope s on s.id = w.scope),
  -- Where to start: at the cursor, or at 0 (`reset`) if the cursor belongs to another history or is too old.
  -- A step of its own, so that `cur` is a plain column below: only then are versions looked up in the index also behind
  -- row-level security.
  from_where as materialized (
    select w.*, r.reset, case when r.reset then 0 else w.asked end as cur
    from ep, wanted w
    cross join lateral (
      select ep.foreign_epoch or w.asked > w.head or (w.asked > 0 and w.asked < w.oldest) as reset) r),
  -- how many entries wait in each scope, up to the limit, and the version of the last of these
  cut as (
    select f.*, k.n_rows, k.cut_ver
    from from_where f
    cross join lateral (
      select count(*) as n_rows, max(x.ver) as cut_ver
      from (
        select e.ver from sync.entry e where e.scope = f.scope and e.ver > f.cur order by e.ver limit p_limit) x) k),
  -- how many entries come in the scopes before
  paged as (
    select c.*, coalesce(sum(c.n_rows)
      over (order by c.rank, c.scope rows between unbounded preceding and 1 preceding), 0) as before_rows
    from cut c),
  -- the version that this page reaches in each scope
  reached as materialized (
    select p.*, case
      when p.before_rows >= p_limit and p.n_rows > 0 then p.cur
      when p.n_rows < p_limit then p.head
      else p.cut_ver end as at
    from paged p),
  rows as (
    select r.rank, e.scope, e.tbl, e.pk, e.ver, e.op, e.data
    from reached r
    join sync.entry e on e.scope = r.scope and e.ver > r.cur and e.ver <= r.at
    where not (r.cur = 0 and e.op = 'D'))
  select jsonb_build_object(
    'now', p_now,
    'epoch', (select id from ep),
    'min_client', (select min_client from ep),
    'lmid', coalesce((select k.lmid from sync.client k where k.id = p_client), 0),
    'scopes', (
      select coalesce(jsonb_object_agg(r.scope, jsonb_build_object(
        'head', r.head, 'at', r.at, 'n', r.n, 'sum', r.sum::text, 'reset', r.reset)), '{}')
      from reached r),
    'entries', (
      select coalesce(jsonb_agg(jsonb_build_array(e.scope, e.tbl, e.pk, e.ver, e.op, e.data)
        order by e.rank, e.scope, e.ver), '[]')
      from rows e),
    'more', exists (select from reached r where r.at < r.head)));
end $$;
