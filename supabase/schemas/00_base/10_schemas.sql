-- The schemas of the database. Only `api` is exposed by the Data API. Tables live in `app` and `sync`, helpers in
-- `private`, intents in `mutator`, the row shapes that phones read in `projection`.

-- A body may name what a later file makes; tests/db/schema.test.ts checks every body once all files have run.
set check_function_bodies = off;

create schema if not exists extensions;
create extension if not exists ltree with schema extensions;
create extension if not exists btree_gist with schema extensions;
create extension if not exists pgcrypto with schema extensions;
create schema app;
create schema sync;
create schema private;
create schema mutator;
create schema projection;
create schema api;

-- Nobody may call a function unless a grant in 90_grants says so.
alter default privileges revoke execute on functions from public;
