-- Cover (顶班, R21): a person who cannot serve asks for somebody else in their place. Its rules: 40_rules/cover.sql.

-- One request, about one person's place on one shift, so it moves with the shift. The owner stays responsible until it
-- is taken. `claimed`: somebody said yes close to the start, and a coordinator has still to approve.
create table app.cover_request (
  id uuid primary key,
  assignment_id uuid not null references app.assignment, -- the place
  shift_id uuid not null references app.shift, -- its shift
  responder_id uuid not null references app.responder, -- its owner
  state app.cover_state not null default 'open',
  reason app.leave_reason not null, -- for the coordinators alone
  asked_at timestamptz not null,
  asked_by uuid not null, -- the login: the owner's own, or a coordinator's
  -- who said yes, when, and the assignment that they get or would get
  taker_id uuid references app.responder,
  taker_assignment_id uuid,
  claimed_at timestamptz,
  -- of a swap (换班): the colleague's place that is asked for in exchange, and the owner's new assignment there
  with_assignment_id uuid references app.assignment,
  back_assignment_id uuid,
  constraint cover_request_swaps_both check ((back_assignment_id is not null)
    = (with_assignment_id is not null and state in ('claimed', 'taken'))),
  constraint cover_request_has_its_taker check (
    num_nonnulls(taker_id, taker_assignment_id, claimed_at)
      = case when state in ('claimed', 'taken') then 3 else 0 end));
create unique index cover_request_one_for_a_place on app.cover_request (assignment_id)
  where state in ('open', 'claimed');
create index cover_request_with on app.cover_request (with_assignment_id) where with_assignment_id is not null;
create index cover_request_shift on app.cover_request (shift_id);
create index cover_request_owner on app.cover_request (responder_id);
create index cover_request_taker on app.cover_request (taker_id) where taker_id is not null;
create index cover_request_waiting on app.cover_request (id) where state in ('open', 'claimed');
alter table app.cover_request enable row level security;
