-- Reinforcement (G10, R11): one community asks another of its street for people for a slot; the other promises a number or says no. Its people are then asked
-- by the same engine, by name; the two communities see one row.
create type app.reinforcement_state as enum ('asked', 'promised', 'declined', 'withdrawn');
create table app.reinforcement (
  id uuid primary key,
  ladder_id uuid not null references app.ladder,
  from_community_id uuid not null references app.org_unit, -- who asks
  to_community_id uuid not null references app.org_unit, -- who is asked
  people int not null check (people between 1 and 200),
  note text not null default '' check (length(note) <= 200),
  state app.reinforcement_state not null default 'asked',
  promised int check (promised between 1 and 200),
  asked_at timestamptz not null,
  asked_by uuid not null references app.login,
  answered_at timestamptz,
  answered_by uuid references app.login,
  constraint reinforcement_answered check ((state in ('asked', 'withdrawn')) = (answered_at is null) and (state = 'promised') = (promised is not null)),
  constraint reinforcement_between_two check (from_community_id <> to_community_id));
create unique index reinforcement_one_open on app.reinforcement (ladder_id, to_community_id) where state = 'asked';
create index reinforcement_to on app.reinforcement (to_community_id);
alter table app.reinforcement enable row level security;

create view projection.reinforcement as
  select r.id as pk, array['lead:' || r.from_community_id, 'lead:' || r.to_community_id] as scopes, jsonb_build_object('id', r.id, 'ladder_id', r.ladder_id,
    'from_community_id', r.from_community_id, 'from_name', f.name, 'to_community_id', r.to_community_id, 'to_name', t.name, 'slot_starts_at', l.slot_starts_at, 'slot_ends_at', l.slot_ends_at,
    'title', c.title, 'kind', c.kind, 'people', r.people, 'note', r.note, 'state', r.state, 'promised', r.promised, 'asked_at', r.asked_at, 'answered_at', r.answered_at) as data
  from app.reinforcement r join app.org_unit f on f.id = r.from_community_id join app.org_unit t on t.id = r.to_community_id
  join app.ladder l on l.id = r.ladder_id join app.callout c on c.id = l.callout_id;

-- The other communities of the street: whom a coordinator may ask.
create view projection.neighbour as
  select u.id as pk, array(select 'lead:' || o.id from app.org_unit o where o.parent_id = u.parent_id and o.level = 'community' and o.id <> u.id) as scopes,
    jsonb_build_object('id', u.id, 'name', u.name, 'duty_line', u.duty_line) as data
  from app.org_unit u join app.org_unit s on s.id = u.parent_id and s.level = 'street' where u.level = 'community';

create function private.mark_reinforcement() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then perform sync.mark('reinforcement', array(select id from old_rows)); else perform sync.mark('reinforcement', array(select id from new_rows)); end if;
  return null;
end $$;
call private.track('app.reinforcement', 'private.mark_reinforcement');

-- A community that comes, goes, moves or is renamed changes whom its neighbours may ask. Streets are locked first, as two new communities see each other only so.
create function private.mark_neighbours(p_parents uuid[], p_ids uuid[]) returns void language plpgsql as $$
begin
  if p_parents is null then return; end if;
  perform from app.org_unit where id = any (p_parents) order by id for no key update;
  perform sync.mark('neighbour', array(select id from app.org_unit where level = 'community' and parent_id = any (p_parents) union select unnest(p_ids)));
  perform sync.mark('reinforcement', array(select id from app.reinforcement where from_community_id = any (p_ids) or to_community_id = any (p_ids)));
end $$;
create function private.mark_neighbours_new() returns trigger language plpgsql as $$
begin
  perform private.mark_neighbours(array_agg(distinct parent_id), array_agg(id)) from new_rows where level = 'community' having count(*) > 0;
  return null;
end $$;
create function private.mark_neighbours_gone() returns trigger language plpgsql as $$
begin
  perform private.mark_neighbours(array_agg(distinct parent_id), array_agg(id)) from old_rows where level = 'community' having count(*) > 0;
  return null;
end $$;
create function private.mark_neighbours_moved() returns trigger language plpgsql as $$
begin
  perform private.mark_neighbours(array_agg(distinct n.parent_id) || array_agg(distinct o.parent_id), array_agg(n.id)) from new_rows n join old_rows o using (id)
  where n.level = 'community' and (n.name, n.duty_line, n.parent_id) is distinct from (o.name, o.duty_line, o.parent_id) having count(*) > 0;
  return null;
end $$;
create trigger marks_neighbours_insert after insert on app.org_unit referencing new table as new_rows for each statement execute function private.mark_neighbours_new();
create trigger marks_neighbours_delete after delete on app.org_unit referencing old table as old_rows for each statement execute function private.mark_neighbours_gone();
create trigger marks_neighbours_update after update on app.org_unit referencing new table as new_rows old table as old_rows for each statement execute function private.mark_neighbours_moved();
select sync.mark('neighbour', array(select id from app.org_unit where level = 'community'));

-- 请求增援: people for one slot, from another community of the street.
create function mutator.request_reinforcement(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare l app.ladder; c app.callout; v_id uuid := private.try_uuid(p_args ->> 'reinforcement_id'); v_to uuid := private.try_uuid(p_args ->> 'to_community_id');
begin
  if v_id is null then return private.invalid('reinforcement_id'); end if;
  select * into l from app.ladder where id = private.try_uuid(p_args ->> 'ladder_id');
  if not found then return private.refused('gone'); end if;
  perform private.require_coordinator(p_actor, l.community_id);
  select * into c from app.callout where id = l.callout_id for no key update;
  if exists (select from app.reinforcement where id = v_id) then return private.applied('already'); end if;
  if c.state not in ('open', 'filled') or c.attention <> 'none' or l.slot_ends_at <= p_actor.now then return private.refused('not_open'); end if;
  if not exists (select from app.org_unit a join app.org_unit b on a.parent_id = b.parent_id and b.level = 'community' and b.id <> a.id where a.id = l.community_id and b.id = v_to) then return private.invalid('to_community_id'); end if;
  if exists (select from app.reinforcement where ladder_id = l.id and to_community_id = v_to and state = 'asked') then return private.applied('already'); end if;
  insert into app.reinforcement (id, ladder_id, from_community_id, to_community_id, people, note, asked_at, asked_by)
  values (v_id, l.id, l.community_id, v_to, (p_args ->> 'people')::int, private.plain_words(p_args ->> 'note'), p_actor.now, p_actor.login_id);
  perform private.log_event(p_actor, 'reinforcement_asked', v_to, null, null, v_id, null, jsonb_build_object('people', (p_args ->> 'people')::int));
  perform private.notify(p_actor.now, private.coordinators_of(v_to), 'reinforcement', v_to, l.callout_id, null, v_id, 'asked');
  return private.applied();
end $$;

-- Promise some people, or none (people 0); refused once the call-out was stood down, which withdraws what nobody had answered.
-- Those promised are asked at once: as many as it takes for that number, nearest the rules of a wave.
create function mutator.answer_reinforcement(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare r app.reinforcement; l app.ladder; c app.callout; w private.wave; v_all private.askable[]; v_people int := (p_args ->> 'people')::int; v_need int;
begin
  select * into r from app.reinforcement where id = private.try_uuid(p_args ->> 'reinforcement_id');
  if not found then return private.refused('gone'); end if;
  perform private.require_coordinator(p_actor, r.to_community_id);
  if v_people is null or v_people not between 0 and 200 then return private.invalid('people'); end if;
  select * into l from app.ladder where id = r.ladder_id;
  select * into c from app.callout where id = l.callout_id for no key update;
  select * into l from app.ladder where id = r.ladder_id for no key update;
  select * into r from app.reinforcement where id = r.id for no key update;
  if r.state in ('promised', 'declined') then return private.applied('already'); end if;
  if c.state not in ('open', 'filled') or c.attention <> 'none' or l.slot_ends_at <= p_actor.now then return private.refused('not_open'); end if;
  update app.reinforcement set state = case when v_people = 0 then 'declined' else 'promised' end::app.reinforcement_state, promised = nullif(v_people, 0), answered_at = p_actor.now, answered_by = p_actor.login_id where id = r.id;
  v_need := least(v_people, private.need_of(l));
  if v_need > 0 then
    v_all := array(select a from private.askables(l, p_actor.now, r.to_community_id) a order by a.turn);
    w := private.wave_of(v_need, 0, l.rates[5], 0, cardinality(v_all));
    perform private.send_offers(l, v_all[1:w.ask], p_actor.now);
  end if;
  perform private.log_event(p_actor, 'reinforcement_answered', r.from_community_id, null, null, r.id, null, jsonb_build_object('people', v_people));
  perform private.notify(p_actor.now, private.coordinators_of(r.from_community_id), 'reinforcement', r.from_community_id, l.callout_id, null, r.id, 'answered');
  return private.applied(null, jsonb_build_object('asked', coalesce(w.ask, 0)));
end $$;
select private.learn_mutators();
select private.learn_projections();
select private.apply_grants();
