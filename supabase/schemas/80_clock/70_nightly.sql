-- The nightly round: deletes what has had its time, and checks what must always be true.

-- Runs once per day of Asia/Shanghai, for the first caller of the day; answers what the check found, or null when it
-- ran already.
create function private.nightly(p_now timestamptz) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_day date := (p_now at time zone interval '+08:00')::date;
  v_findings jsonb;
begin
  insert into sync.nightly (day, ran_at) values (v_day, p_now) on conflict do nothing;
  if not found then
    perform private.expire_report_ins(p_now); -- those that were too many for one round
    return null;
  end if;
  -- First, and stamped at once: it locks shifts and people, which a transaction that holds entries must not do.
  update sync.nightly set expired = private.expire(p_now) where day = v_day;
  set constraints sync.pending_is_stamped_at_commit immediate;
  set constraints sync.pending_is_stamped_at_commit deferred;
  perform private.drop_tombstones(v_day);
  perform private.trim_results(p_now);
  perform private.trim_job_runs(p_now);
  perform private.guard_bells();
  v_findings := private.self_check();
  update sync.nightly set findings = v_findings where day = v_day;
  if v_findings <> '[]' then raise warning 'the nightly self-check found: %', v_findings; end if;
  return v_findings;
end $$;

-- Deletes tombstones older than 90 days. It notes the head of each scope once a day; a tombstone at or below a head of
-- 90 days ago is old.
create function private.drop_tombstones(p_day date) returns void language plpgsql as $$
begin
  insert into sync.head_mark (scope, day, head)
  select s.id, p_day, s.head from sync.scope s
  where s.head > coalesce((select max(m.head) from sync.head_mark m where m.scope = s.id), 0);
  insert into sync.tombstones_gone as g (scope, up_to)
  select m.scope, max(m.head) from sync.head_mark m where m.day <= p_day - 90 group by m.scope
  on conflict (scope) do update set up_to = excluded.up_to;
  delete from sync.entry e using sync.tombstones_gone g
  where e.scope = g.scope and e.op = 'D' and e.ver <= g.up_to;
  -- the newest old mark stays: the next day's comparison needs it
  delete from sync.head_mark m
  where m.day < p_day - 90 and exists (select from sync.head_mark n where n.scope = m.scope and n.day > m.day);
end $$;

-- After 90 days a verdict keeps its id and answer, which a replay needs, and forgets what it was about. A refusal that
-- its author has not dismissed stays whole. So does a dead letter: a coordinator still reads it, and changing it here
-- would stamp its scope while entries are locked.
create function private.trim_results(p_now timestamptz) returns void language sql as $$
  update sync.result set args = null, detail = null
  where status <> 'failed' and at < p_now - private.keep_history() and (args is not null or detail is not null)
    and (code is null or dismissed_at < p_now - private.keep_history())
$$;

-- Keeps two days of pg_cron's log of runs, enough to see what failed; pg_cron itself never deletes from it.
create function private.trim_job_runs(p_now timestamptz) returns void language plpgsql as $$
begin
  if to_regclass('cron.job_run_details') is null then return; end if;
  execute 'delete from cron.job_run_details where coalesce(end_time, start_time) < $1' using p_now - interval '2 days';
exception when insufficient_privilege then
  raise warning
    'the runs of pg_cron cannot be trimmed: grant delete on cron.job_run_details to the owner of the functions';
end $$;

-- Checks what must always be true with queries of its own, apart from the code that keeps it true. Answers each check
-- that failed, how often, and one id.
create function private.self_check() returns jsonb language sql stable as $$
  select coalesce(
    jsonb_agg(jsonb_build_object('check', f.name, 'n', f.n, 'sample', f.sample)) filter (where f.n > 0), '[]')
  from (
    select 'filled_is_the_count' as name, count(*) as n, min(s.id::text) as sample from app.shift s
    where s.filled <> (
      select count(*) from app.assignment a where a.shift_id = s.id and private.is_binding(a.state))
    union all
    select 'held_is_the_count', count(*), min(s.id::text) from app.shift s
    where s.held - s.to_pick <> (
      select count(*) from app.waitlist_entry w where w.shift_id = s.id and w.state = 'held')
    union all
    select 'sums_are_right', count(*), min(s.id) from sync.scope s
    cross join lateral (
      select count(*) as n, coalesce(sum(e.ver), 0) as sum from sync.entry e where e.scope = s.id and e.op = 'P') e
    where s.n_live <> e.n or s.sum_ver <> e.sum
    union all
    select 'no_version_above_its_head', count(*), min(s.id) from sync.scope s
    where s.head < (select max(e.ver) from sync.entry e where e.scope = s.id)) f
$$;
