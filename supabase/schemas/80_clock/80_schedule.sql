-- The three jobs of pg_cron, in one place, so that the guide, a test and the check of a deployment mean the same ones.

-- Schedules the jobs, or schedules them again, and answers their names. p_deliver_url: the address of the function
-- `deliver`, null where nothing is sent. Its secret is read from Vault (`deliver_secret`) at each run and stands in no
-- job. A run may take 40 s, so pg_net waits 60 s: it counts an answer it did not wait for as a failure. Raises 0A000
-- without pg_cron.
create function private.schedule(p_deliver_url text default null) returns text[] language plpgsql as $$
declare v_jobs text[] := '{redwhistle-tick,redwhistle-nightly}';
begin
  if to_regprocedure('cron.schedule(text,text,text)') is null then
    raise exception 'pg_cron is not here: create extension pg_cron first' using errcode = 'feature_not_supported';
  end if;
  perform cron.schedule('redwhistle-tick', '5 seconds', 'select private.tick(now())');
  perform cron.schedule('redwhistle-nightly', '*/10 * * * *', 'select private.nightly(now())'); -- works once a day
  if p_deliver_url is null then
    perform cron.unschedule(j.jobname) from cron.job j where j.jobname = 'redwhistle-deliver';
    return v_jobs;
  end if;
  perform cron.schedule('redwhistle-deliver', '5 seconds', format(
    $job$select net.http_post(url := %L, body := '{}', timeout_milliseconds := 60000,
  headers := jsonb_build_object('Content-Type', 'application/json', 'Authorization', 'Bearer ' || (
    select decrypted_secret from vault.decrypted_secrets where name = 'deliver_secret')))
where private.deliveries_due(now())$job$, p_deliver_url));
  return v_jobs || 'redwhistle-deliver'::text;
end $$;

-- Is there anything for the sender? Without this check a function would be called for nothing every five seconds, day
-- and night.
create function private.deliveries_due(p_now timestamptz) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select from app.delivery d
    where d.state = 'queued' and d.channel in ('web_push', 'sms', 'robot') and d.next_at <= p_now
      and (d.lease_until is null or d.lease_until <= p_now))
$$;
