-- 替班码 (R22): a code that the newcomer's phone shows and the leaving person types, without signal. It proves later that
-- the newcomer stood there. src/domain/standInCode.ts makes it by the same rule; tests/vectors/standIn.json holds both
-- to the same answers.

-- The first five digits of the code in one step of five minutes. Only the server and the person's own phones know its
-- key.
create function private.stand_in_code(p_key uuid, p_step bigint) returns text language sql immutable as $$
  select lpad((
    ('x' || encode(substr(sha256(convert_to(p_key || ':' || p_step, 'UTF8')), 1, 4), 'hex'))::bit(32)::bigint % 100000
  )::text, 5, '0')
$$;

-- Did this person's phone show this code at about p_at? The sixth digit only catches slips of typing, so it is not
-- checked here. The steps before and after count too: clocks differ, and minutes pass between showing and confirming.
create function private.shows_code(p_responder uuid, p_code text, p_at timestamptz) returns boolean
language sql stable as $$
  select exists (
    select from app.responder r
    join app.login l on l.id = r.login_id, generate_series(-1, 1) i
    where r.id = p_responder and p_code ~ '^[0-9]{6}$'
      and left(p_code, 5) = private.stand_in_code(l.stand_in_key, floor(extract(epoch from p_at) / 300)::bigint + i))
$$;

-- Does the newcomer really stand there? A coordinator of the community says so in their own name (p_by_name), or the
-- newcomer's phone showed the code at the moment of the handover; an older code must not put its person on post today.
-- After ten wrong codes in an hour no more are tried: there are only a hundred thousand.
create function private.stands_there(
  p_actor private.actor, p_by_name boolean, p_responder uuid, p_code text, p_at timestamptz
) returns boolean language plpgsql as $$
declare v_bucket text := 'stand_in:' || p_actor.login_id;
begin
  if p_by_name then return true; end if;
  if not private.has_token(v_bucket, 10, 3600) then return false; end if;
  if private.shows_code(p_responder, p_code, p_at) then return true; end if;
  perform private.take_token(v_bucket, 10, 3600);
  return false;
end $$;

-- Puts a newcomer on post where somebody left. With the place, their entry on the waitlist and their offers of the
-- call-out end. The caller holds the shift and the person.
create function private.stand_in(
  p_actor private.actor, p_id uuid, p_shift app.shift, p_responder uuid, p_at timestamptz, p_vouched_by uuid
) returns void language plpgsql as $$
declare w app.waitlist_entry;
begin
  update app.waitlist_entry set state = 'taken', hold_until = null
  where shift_id = p_shift.id and responder_id = p_responder and state = 'waiting';
  select * into w
  from app.waitlist_entry
  where shift_id = p_shift.id and responder_id = p_responder and state = 'held'
  for no key update;
  if found then
    update app.waitlist_entry set state = 'taken', hold_until = null where id = w.id;
    update app.shift set held = held - 1 where id = p_shift.id;
  end if;
  insert into app.assignment (
    id, shift_id, responder_id, starts_at, ends_at, state, accepted_at, on_post_at, created_by, vouched_by)
  values (
    p_id, p_shift.id, p_responder, p_at, p_shift.ends_at, 'on_post', p_actor.now, p_at, p_actor.login_id, p_vouched_by);
  update app.offer set state = 'accepted', answered_at = p_actor.now
  where callout_id = p_shift.callout_id and responder_id = p_responder and state in ('sent', 'expired');
end $$;

-- May the shift still be split at p_at: did it run then, and had no stand-down ended it before?
create function private.ran_at(p_shift app.shift, p_at timestamptz) returns boolean language sql stable as $$
  select p_shift.state = 'open'
    or p_shift.state = 'stood_down'
      and p_at < (select c.stood_down_at from app.callout c where c.id = p_shift.callout_id)
$$;
