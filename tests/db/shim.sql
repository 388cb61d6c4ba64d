-- What a Supabase project has before the first migration: roles, auth.users, realtime.send.
create role anon nologin;
create role authenticated nologin;
create role service_role nologin bypassrls;
create schema auth;
create table auth.users (
  id uuid primary key, email text unique, encrypted_password text, phone text, phone_confirmed_at timestamptz,
  confirmation_sent_at timestamptz, phone_change_sent_at timestamptz, created_at timestamptz default now(),
  updated_at timestamptz
);
create table auth.sessions (
  id uuid primary key, user_id uuid not null references auth.users on delete cascade,
  created_at timestamptz default now(), ip inet
);
create schema realtime;
create table realtime.sent (topic text, event text, payload jsonb, at timestamptz default now());
create function realtime.send(payload jsonb, event text, topic text, private boolean default true)
returns void language sql as $$
  insert into realtime.sent (topic, event, payload) values (topic, event, payload)
$$;
