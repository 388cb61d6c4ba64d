-- How rows reach phones (read path), and what phones have sent (write path).
-- Every synced table has a view in `projection` that says for each row which scopes hold it and what they see. Triggers
-- note the dirty rows. At COMMIT one deferred trigger compares the views with what the scopes hold, and stamps
-- the difference with the next version of each scope. docs/adr/0007 says why at COMMIT, and what else was measured.

-- One row: the id of this history of the database, and the oldest version of the app's schema that may sync.
create table sync.epoch (
  one boolean primary key default true check (one),
  id uuid not null default gen_random_uuid(),
  min_client int not null default 1);
insert into sync.epoch default values;
alter table sync.epoch enable row level security;

-- A set of rows that is readable as a whole: of one person, one month of a community … Its head is its newest version;
-- n_live and sum_ver let a phone check that it holds exactly the live entries.
create table sync.scope (
  id text primary key,
  head bigint not null default 0,
  n_live bigint not null default 0,
  sum_ver numeric not null default 0,
  puts bigint not null default 0, -- rows put by the commit that holds the lock: lets one upsert compute sum_ver
  rung_at timestamptz not null default '-infinity') with (fillfactor = 50);
alter table sync.scope enable row level security;

-- One row as one scope sees it: P put, D deleted (a tombstone).
create table sync.entry (
  scope text not null,
  tbl text not null,
  pk uuid not null,
  ver bigint not null,
  op "char" not null check (op in ('P', 'D')),
  data jsonb,
  primary key (scope, tbl, pk)) with (fillfactor = 80);
create index entry_by_version on sync.entry (scope, ver);
create index entry_by_row on sync.entry (pk, tbl);
alter table sync.entry enable row level security;

-- One row per transaction that marked anything, only so that the stamp fires at its commit. What is dirty stands in the
-- setting `sync.dirty`, because rolling a savepoint back takes that back as well. Nobody reads these rows, so the table
-- has no index and no WAL; the tick deletes them.
create unlogged table sync.pending (xid xid8 not null default pg_current_xact_id());
alter table sync.pending enable row level security;

-- An outbox: one database of one person on one phone. lmid is the sequence number of the last mutation decided; the
-- columns from `budget` on are for the limits of 65_limits.sql and count the day `day`.
create table sync.client (
  id uuid primary key,
  login_id uuid not null,
  lmid bigint not null default 0,
  app_schema int,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  budget real,
  day date,
  bytes bigint not null default 0,
  refusals int not null default 0,
  dead_letters int not null default 0) with (fillfactor = 50);
create index client_of_login on sync.client (login_id, created_at);
alter table sync.client enable row level security;

-- The verdict on each mutation. A replay gets the same answer from it; a failed one is a dead letter, which a
-- coordinator reads and settles.
create table sync.result (
  mutation_id uuid primary key,
  client_id uuid not null references sync.client,
  login_id uuid not null,
  seq bigint not null,
  name text not null,
  v int not null,
  status text not null check (status in ('applied', 'refused', 'failed')),
  code app.verdict_code,
  detail jsonb,
  args jsonb,
  community_id uuid, -- whose coordinators see it
  at timestamptz not null,
  dismissed_at timestamptz,
  settled_at timestamptz,
  settled_by uuid,
  constraint result_says_why check (status = 'applied' or code is not null));
create index result_client on sync.result (client_id, seq);
create index result_names_people on sync.result (mutation_id)
  where code in ('full', 'roster_conflict', 'roster_tired', 'roster_changed') and dismissed_at is null;
create index result_failed on sync.result (login_id) where status = 'failed';
alter table sync.result enable row level security;

-- A crowded topic, and how often it is rung. Before, one claim in a community of 200 phones rang 200 times, and all of
-- them pulled at that moment. A topic that stands here rings once in its window, and tells phones within how many ms to
-- pull, each at a moment of its own. What is committed inside the window is not rung: every phone that heard the ring
-- looks once more when the window is over. Topics that do not stand here ring as often as their scopes do.
create table sync.bell (
  topic text primary key,
  spread_ms int not null check (spread_ms between 1 and 3000), -- what a ring tells; the window is 300 ms longer
  rung_at timestamptz not null default '-infinity') with (fillfactor = 50);
alter table sync.bell enable row level security;

-- What the nightly round did and found. It deletes what nobody needs any more and lets the database check itself, in a
-- transaction of its own: it touches entries of every scope, and in the tick it would make claims wait for its locks.
create table sync.nightly (
  day date primary key,
  ran_at timestamptz not null,
  expired jsonb not null default '{}', -- how many of each kind of personal data went that night
  findings jsonb not null default '[]'); -- [{check, n, sample}]; empty: everything adds up
alter table sync.nightly enable row level security;

-- The head of each scope on each day it moved. Entries carry no time; this says which versions are old.
create table sync.head_mark (
  scope text not null,
  day date not null,
  head bigint not null,
  primary key (scope, day));
alter table sync.head_mark enable row level security;

-- Up to which version the tombstones of a scope are deleted. A phone with an older cursor takes the whole scope again.
create table sync.tombstones_gone (
  scope text primary key,
  up_to bigint not null);
alter table sync.tombstones_gone enable row level security;

-- A phone must notice when this database is put back to an older copy, although heads and sums may look the same in two
-- histories. So time is cut into eras. A phone keeps the era of its last pull as its epoch. If this database does not
-- remember that era, the era lies in a history that is gone, and the phone starts from nothing. No operator has to do
-- anything: a dump cannot hold the eras that began after it.
create table sync.era (
  id uuid primary key,
  epoch uuid not null, -- sync.epoch when the era began: changing that ends every era
  place text not null, -- private.cluster_place() when it began: a copy in another cluster knows none of its eras
  run_at timestamptz not null, -- when the server was started: a data folder put back lacks the eras of later runs
  began_at timestamptz not null);
create index era_newest on sync.era (epoch, place, began_at);
alter table sync.era enable row level security;
