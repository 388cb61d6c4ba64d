-- Stand-ins for pg_cron, pg_net and Vault with their names, arguments and grants. Runs as supabase_admin.
-- Nothing runs by itself: a test runs the stored commands as the role that scheduled them.
create schema cron;
create table cron.job (
  jobid bigserial primary key, schedule text not null, command text not null, nodename text default 'localhost',
  nodeport int default 5432, database text default current_database(), username text not null default current_user,
  active boolean not null default true, jobname text, unique (jobname, username));
create table cron.job_run_details (
  jobid bigint, runid bigserial primary key, job_pid int, database text, username text default current_user,
  command text, status text, return_message text, start_time timestamptz, end_time timestamptz);
alter table cron.job enable row level security;
alter table cron.job_run_details enable row level security;
create policy cron_job_policy on cron.job using (username = current_user);
create policy cron_job_run_details_policy on cron.job_run_details using (username = current_user);
create function cron.schedule(job_name text, schedule text, command text) returns bigint
language sql security definer set search_path = '' as $$
  insert into cron.job (jobname, schedule, command, username) values (job_name, schedule, command, session_user)
  on conflict (jobname, username) do update set schedule = excluded.schedule, command = excluded.command, active = true
  returning jobid
$$;
create function cron.unschedule(job_name text) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  delete from cron.job j where j.jobname = job_name and j.username = session_user;
  if not found then raise exception 'could not find valid entry for job ''%''', job_name; end if;
  return true;
end $$;
grant usage on schema cron to postgres;
grant select on cron.job to postgres;
grant select, delete on cron.job_run_details to postgres;

create schema net;
create table net.posted (
  id bigserial primary key, url text, body jsonb, params jsonb, headers jsonb, timeout_milliseconds int);
create function net.http_post(
  url text, body jsonb default '{}', params jsonb default '{}',
  headers jsonb default '{"Content-Type": "application/json"}', timeout_milliseconds int default 5000) returns bigint
language sql security definer set search_path = '' as $$
  insert into net.posted (url, body, params, headers, timeout_milliseconds)
  values (url, body, params, headers, timeout_milliseconds) returning id
$$;
grant usage on schema net to postgres, anon, authenticated, service_role;

create schema vault;
create table vault.secrets (name text primary key, secret text not null);
create view vault.decrypted_secrets as select name, secret as decrypted_secret from vault.secrets;
create function vault.create_secret(new_secret text, new_name text) returns void
language sql security definer set search_path = '' as $$
  insert into vault.secrets (secret, name) values (new_secret, new_name)
$$;
grant usage on schema vault to postgres, service_role;
grant select on vault.decrypted_secrets to postgres, service_role;
grant delete on vault.secrets to postgres;
