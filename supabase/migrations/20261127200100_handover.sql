-- A handover is a record of its own (R12): what the leaving person left behind in words, and who confirmed it. An assignment is left once, so the
-- record goes by its id; either phone may speak first, and what the other says later joins the same row (docs/adr/0011).
create table app.handover (
  id uuid primary key references app.assignment, -- the assignment that is left
  community_id uuid not null references app.org_unit,
  to_assignment_id uuid references app.assignment, -- the relief: whoever took it, or whom the leaving person's phone saw
  done text not null default '' check (length(done) <= 200),
  todo text not null default '' check (length(todo) <= 200),
  supplies text not null default '' check (length(supplies) <= 200),
  risks text not null default '' check (length(risks) <= 200),
  given_at timestamptz, -- the leaving person confirmed
  taken_at timestamptz, -- the relief confirmed
  forced_at timestamptz, -- a leader let the person go without a relief
  forced_by uuid references app.login,
  forced_reason text check (length(forced_reason) <= 200),
  created_at timestamptz not null default now(),
  created_by uuid,
  constraint handover_forced_has_a_reason check (num_nonnulls(forced_at, forced_by, forced_reason) in (0, 3)));
create index handover_to on app.handover (to_assignment_id);
alter table app.handover enable row level security;

-- Both people and the community's leads; no names, they stand on the assignments.
create view projection.handover as
  select h.id as pk, array(
      select x from unnest(array['lead:' || h.community_id, 'user:' || (
          select r.login_id from app.assignment a join app.responder r on r.id = a.responder_id where a.id = h.id), 'user:' || (
          select r.login_id from app.assignment a join app.responder r on r.id = a.responder_id where a.id = h.to_assignment_id)]) x
      where x is not null group by x) as scopes,
    jsonb_build_object('id', h.id, 'community_id', h.community_id, 'to_assignment_id', h.to_assignment_id,
      'done', h.done, 'todo', h.todo, 'supplies', h.supplies, 'risks', h.risks, 'given_at', h.given_at, 'taken_at', h.taken_at,
      'forced_at', h.forced_at, 'forced_reason', h.forced_reason) as data
  from app.handover h;

create function private.mark_handover() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then perform sync.mark('handover', array(select id from old_rows)); else perform sync.mark('handover', array(select id from new_rows)); end if;
  return null;
end $$;
call private.track('app.handover', 'private.mark_handover');

-- A login gained or lost brings or takes the person's handovers.
create function private.mark_handovers_moved() returns trigger language plpgsql as $$
declare moved uuid[];
begin
  select array_agg(n.id) into moved from new_rows n join old_rows o using (id) where n.login_id is distinct from o.login_id;
  if moved is null then return null; end if;
  perform sync.mark('handover', array(select h.id from app.assignment a join app.handover h on a.id in (h.id, h.to_assignment_id) where a.responder_id = any (moved)));
  return null;
end $$;
create trigger marks_handovers after update on app.responder referencing new table as new_rows old table as old_rows
  for each statement execute function private.mark_handovers_moved();

-- Free words as they are kept: at most 200 characters, without anything that could be a phone number.
create function private.plain_words(p_text text) returns text language sql immutable as $$
  select left(trim(private.strip_numbers(coalesce(p_text, ''))), 200)
$$;

-- Does the second assignment carry on where the first one ends: the next shift at the same post, or the same shift split by a take-over?
create function private.carries_on(p_from app.assignment, p_to app.assignment) returns boolean language sql stable as $$
  select exists (
    select from app.shift s join app.shift n on n.id = p_to.shift_id and n.post_id = s.post_id
    where s.id = p_from.shift_id and p_to.id <> p_from.id
      and (n.starts_at = s.ends_at or n.id = s.id and p_to.starts_at = p_from.ends_at))
$$;

-- The record of an assignment that is left, locked; made when neither phone has spoken yet. Shifts are locked before it.
create function private.handover_of(p_actor private.actor, p_from app.assignment) returns app.handover language plpgsql as $$
declare h app.handover;
begin
  insert into app.handover (id, community_id, created_by)
  select p_from.id, s.community_id, p_actor.login_id from app.shift s where s.id = p_from.shift_id on conflict (id) do nothing;
  select * into h from app.handover where id = p_from.id for no key update;
  return h;
end $$;
select private.learn_projections();
select private.apply_grants();
