-- Asking people: offers, the waitlist, the ladder of a slot with its rungs, and reinforcement. A slot is all shifts of
-- a call-out with the same span; docs/adr/0013 tells how it is filled.

-- An offer (邀约): one person asked for one slot, with the place suggested to them. It is never an assignment.
create table app.offer (
  id uuid primary key,
  callout_id uuid not null references app.callout,
  responder_id uuid not null references app.responder,
  shift_id uuid not null references app.shift,
  slot_starts_at timestamptz not null,
  slot_ends_at timestamptz not null,
  tier int not null default 1,
  wave int not null default 1,
  state app.offer_state not null default 'sent',
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  answered_at timestamptz,
  reason text,
  created_at timestamptz not null default now(),
  why jsonb); -- why this person was asked: their rest, nearness and load
create unique index offer_one_live_per_callout on app.offer (callout_id, responder_id) where state = 'sent';
create index offer_responder on app.offer (responder_id) where state in ('sent', 'expired');
create index offer_slot on app.offer (callout_id, slot_starts_at, slot_ends_at, state);
create index offer_shift on app.offer (shift_id);
create index offer_due on app.offer (expires_at) where state = 'sent';
alter table app.offer enable row level security;

-- A person's rank on the waitlist (候补) of a shift, and until when a freed place is held for them (R23).
create table app.waitlist_entry (
  id uuid primary key,
  shift_id uuid not null references app.shift,
  responder_id uuid not null references app.responder,
  rank int not null,
  state app.waitlist_state not null default 'waiting',
  hold_until timestamptz,
  created_at timestamptz not null default now(),
  constraint waitlist_held_has_a_limit check ((state = 'held') = (hold_until is not null)),
  unique (shift_id, rank));
create unique index waitlist_once_per_shift on app.waitlist_entry (shift_id, responder_id)
  where state in ('waiting', 'held');
create index waitlist_holds on app.waitlist_entry (hold_until) where state = 'held';
alter table app.waitlist_entry enable row level security;

-- The ladder of a slot (R10), climbed rung by rung until the need is met.
create table app.ladder (
  id uuid primary key,
  callout_id uuid not null references app.callout,
  community_id uuid not null references app.org_unit,
  slot_starts_at timestamptz not null,
  slot_ends_at timestamptz not null,
  state app.ladder_state not null default 'waiting',
  position int not null default 0, -- rungs opened or skipped so far; what `escalate` names as "as of"
  opens_at timestamptz not null, -- when its first people are asked
  rung_at timestamptz, -- when the present rung was reached
  next_at timestamptz, -- when the next rung is due by its minutes; null: not begun, met, or no rung after this one
  look_at timestamptz not null default '-infinity', -- nobody was left to ask: when to look for free people again
  rates float8[] not null, -- how likely people of each tier say yes, as computed when the call-out opened
  created_at timestamptz not null,
  constraint ladder_one_per_slot unique (callout_id, slot_starts_at, slot_ends_at));
create index ladder_climbing on app.ladder (slot_starts_at) where state <> 'over';
alter table app.ladder enable row level security;

-- A rung of a ladder: the level it reaches, the tiers it may ask, and what came of it.
create table app.escalation (
  ladder_id uuid not null references app.ladder,
  position int not null,
  level app.org_level not null,
  minutes int not null, -- until the next rung is due
  tiers int[] not null,
  state app.rung_state not null default 'coming',
  at timestamptz, -- when it was opened or skipped
  reason app.rung_reason, -- why it was skipped
  cause app.rung_cause, -- what made it due
  by_login uuid references app.login, -- the leader who said "now"
  told int not null default 0, -- how many leaders were told
  asked int not null default 0, -- how many people were asked
  people int not null default 0, -- how many could still be asked
  primary key (ladder_id, position),
  constraint escalation_says_why_skipped check ((state = 'skipped') = (reason is not null)));
alter table app.escalation enable row level security;

-- Reinforcement (R11, G10): one community asks another of its street for people for a slot; the other promises a number
-- or says no. The same engine then asks the other's people, by name. Both communities see this row.
create table app.reinforcement (
  id uuid primary key,
  ladder_id uuid not null references app.ladder,
  from_community_id uuid not null references app.org_unit, -- the one that asks
  to_community_id uuid not null references app.org_unit, -- the one that is asked
  people int not null check (people between 1 and 200),
  note text not null default '' check (length(note) <= 200),
  state app.reinforcement_state not null default 'asked',
  promised int check (promised between 1 and 200),
  asked_at timestamptz not null,
  asked_by uuid not null references app.login,
  answered_at timestamptz,
  answered_by uuid references app.login,
  constraint reinforcement_answered check (
    (state in ('asked', 'withdrawn')) = (answered_at is null) and (state = 'promised') = (promised is not null)),
  constraint reinforcement_between_two check (from_community_id <> to_community_id));
create unique index reinforcement_one_open on app.reinforcement (ladder_id, to_community_id) where state = 'asked';
create index reinforcement_to on app.reinforcement (to_community_id);
alter table app.reinforcement enable row level security;
