-- The five figures of 替班码 in one step of five minutes, made of a key that only the person's own phones hold. As in src/domain/standInCode.ts;
-- tests/vectors/standIn.json holds both to the same answers.
create function private.stand_in_code(p_key uuid, p_step bigint) returns text language sql immutable as $$
  select lpad((('x' || encode(substr(sha256(convert_to(p_key || ':' || p_step, 'UTF8')), 1, 4), 'hex'))::bit(32)::bigint % 100000)::text, 5, '0')
$$;

-- Did this person's phone show these figures about then? The sixth figure only catches slips of typing. A step before and after covers
-- clocks that differ, and the minutes between showing and confirming.
create function private.shows_code(p_responder uuid, p_code text, p_at timestamptz) returns boolean language sql stable as $$
  select exists (
    select from app.responder r join app.login l on l.id = r.login_id, generate_series(-1, 1) i
    where r.id = p_responder and p_code ~ '^[0-9]{6}$'
      and left(p_code, 5) = private.stand_in_code(l.stand_in_key, floor(extract(epoch from p_at) / 300)::bigint + i))
$$;

-- Who says that the newcomer stands there: a coordinator of the community in their own name, or the newcomer by the code of their phone.
-- Ten wrong codes an hour and nothing is tried any more: there are a hundred thousand.
-- The code must be of the minute of the handing over: an old one would else put its person on post today.
create function private.stands_there(p_actor private.actor, p_by_name boolean, p_responder uuid, p_code text, p_at timestamptz)
returns boolean language plpgsql as $$
declare v_bucket text := 'stand_in:' || p_actor.login_id;
begin
  if p_by_name then return true; end if;
  if not private.has_token(v_bucket, 10, 3600) then return false; end if;
  if private.shows_code(p_responder, p_code, p_at) then return true; end if;
  perform private.take_token(v_bucket, 10, 3600);
  return false;
end $$;

-- A newcomer stands where somebody left. The caller holds the shift and the person; whoever has a place waits for none and is asked no more.
create function private.stand_in(p_actor private.actor, p_id uuid, p_shift app.shift, p_responder uuid, p_at timestamptz, p_vouched_by uuid) returns void language plpgsql as $$
declare w app.waitlist_entry;
begin
  update app.waitlist_entry set state = 'taken', hold_until = null where shift_id = p_shift.id and responder_id = p_responder and state = 'waiting';
  select * into w from app.waitlist_entry where shift_id = p_shift.id and responder_id = p_responder and state = 'held' for no key update;
  if found then
    update app.waitlist_entry set state = 'taken', hold_until = null where id = w.id;
    update app.shift set held = held - 1 where id = p_shift.id;
  end if;
  insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state, accepted_at, on_post_at, created_by, vouched_by)
  values (p_id, p_shift.id, p_responder, p_at, p_shift.ends_at, 'on_post', p_actor.now, p_at, p_actor.login_id, p_vouched_by);
  update app.offer set state = 'accepted', answered_at = p_actor.now
  where callout_id = p_shift.callout_id and responder_id = p_responder and state in ('sent', 'expired');
end $$;

-- May the shift still be split at this minute? It ran then, and was not over by a stand-down before.
create function private.ran_at(p_shift app.shift, p_at timestamptz) returns boolean language sql stable as $$
  select p_shift.state = 'open' or p_shift.state = 'stood_down' and p_at < (select c.stood_down_at from app.callout c where c.id = p_shift.callout_id)
$$;
