-- A body may name what a later file makes; tests/db/schema.test.ts checks every one of them.
set check_function_bodies = off;

-- Schemas, words and small helpers that every later file uses.
-- Only schema `api` is exposed by the Data API; tables live in `app` and `sync`,
-- helpers in `private`, intents in `mutator`, row shapes for phones in `projection`.
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

-- Locked by default: every grant below is explicit.
alter default privileges revoke execute on functions from public;
