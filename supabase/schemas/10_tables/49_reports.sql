-- 报到: who says that they want to serve, before the community has said yes (R25).

-- One report, of a person or of a whole unit. A phone makes its id and the token of its private link, so that a report
-- sent twice is one. The name and number of somebody without a login stand here and nowhere else until a coordinator
-- confirms it; 30 days after the last word the row goes.
create table app.report_form (
  id uuid primary key,
  token_hash bytea unique,
  community_id uuid not null references app.org_unit,
  number text not null, -- BD-1208-0152
  state app.report_in_state not null default 'requested',
  responder_id uuid references app.responder on delete cascade, -- a person who has a record; set when it is confirmed
  login_id uuid references app.login on delete cascade, -- who reported in with a login of their own
  listed_by uuid references app.login on delete set null, -- the liaison whose list it comes from
  partner_unit_id uuid references app.partner_unit,
  wall_unit_id uuid references app.partner_unit, -- the 党群服务中心 whose code was scanned
  unit_kind app.partner_unit_kind, -- of a unit that reports in as a whole; name and phone are its contact's
  people int check (people between 1 and 9999), -- how many members the unit has
  name text check (length(name) between 1 and 40),
  phone text check (phone ~ '^[0-9]{7,15}$'),
  kind app.responder_kind,
  trade app.trade,
  rest_from time,
  rest_to time,
  building_id uuid references app.org_unit,
  address text check (length(address) <= 100), -- where the building was not in the list
  unit text check (length(unit) between 1 and 80), -- the employer's name, as it was typed
  skills text[] not null default '{}',
  fits text[] check (fits <@ private.week_parts()),
  consents app.consent_purpose[] not null default '{}',
  moves_from uuid references app.org_unit, -- the community that they leave with this
  declined app.decline_reason,
  made app.yes_no, -- whether the record was made from this form
  settled_at timestamptz,
  settled_by uuid,
  created_at timestamptz not null default now(),
  unique (community_id, number),
  constraint report_form_says_who check (
    num_nonnulls(responder_id, name) > 0 and (unit_kind is null or unit is not null)),
  constraint report_form_is_settled check ((state = 'requested') = (settled_at is null)),
  constraint report_form_is_declined check (declined is null or state = 'ended'),
  constraint report_form_rests check (num_nonnulls(rest_from, rest_to) <> 1));
create index report_form_community on app.report_form (community_id, created_at);
create index report_form_person on app.report_form (responder_id) where responder_id is not null;
create index report_form_unit on app.report_form (partner_unit_id) where partner_unit_id is not null;
alter table app.report_form enable row level security;

-- The last number of a community's reports in a year.
create table app.report_count (
  community_id uuid not null references app.org_unit on delete cascade,
  year int not null,
  last int not null,
  primary key (community_id, year));
alter table app.report_count enable row level security;

-- The real name of somebody in 新就业群体 who has not let the community read it. Their record says trade and number.
create table app.withheld_name (
  responder_id uuid primary key references app.responder on delete cascade,
  name text not null check (length(name) between 1 and 40),
  shown_as text not null,
  created_at timestamptz not null default now());
alter table app.withheld_name enable row level security;
