-- Who holds which post of a party organisation, and which seat of a council (G1, G5). A holder is a person on a list,
-- or a name where no list has them. A vacancy is a post without a holder.

create table app.party_post (
  id uuid primary key,
  party_org_id uuid not null references app.party_org on delete cascade,
  post app.party_post_kind not null,
  responder_id uuid references app.responder,
  holder text check (length(holder) between 1 and 40),
  starts_on date not null,
  ends_on date,
  batch_id uuid,
  created_at timestamptz not null default now(),
  created_by uuid,
  constraint party_post_is_held check (num_nonnulls(responder_id, holder) = 1),
  constraint party_post_span check (ends_on >= starts_on));
create unique index party_post_one_leader on app.party_post (party_org_id, post)
  where ends_on is null and post <> 'deputy';
create index party_post_holder on app.party_post (responder_id) where responder_id is not null;
alter table app.party_post enable row level security;
alter table app.partner_unit add constraint partner_unit_contact
  foreign key (contact_id) references app.responder on delete set null;
alter table app.party_org add constraint party_org_callout foreign key (callout_id) references app.callout;

-- A seat on the council of a community (社区大党委) or street (街道大工委). The row is the chair: its holder changes, and
-- one that ended stands empty, with the name of who left, until somebody is invited.
create table app.seat (
  id uuid primary key,
  council_id uuid not null references app.org_unit,
  kind app.seat_kind not null,
  title text check (length(title) <= 40), -- 书记, 委员
  partner_unit_id uuid references app.partner_unit,
  responder_id uuid references app.responder,
  holder text check (length(holder) between 1 and 40),
  substitute text check (length(substitute) between 1 and 40),
  state app.seat_state not null,
  since_on date not null, -- when the state began
  until_on date, -- the end of the term
  sort int not null default 0,
  batch_id uuid,
  created_at timestamptz not null default now(),
  created_by uuid,
  constraint seat_has_one_holder check (num_nonnulls(responder_id, holder) = case
    when state = 'ended' then num_nonnulls(responder_id, holder) else 1 end));
create index seat_council on app.seat (council_id);
create index seat_holder on app.seat (responder_id) where responder_id is not null;
create index seat_unit on app.seat (partner_unit_id) where partner_unit_id is not null;
alter table app.seat enable row level security;
