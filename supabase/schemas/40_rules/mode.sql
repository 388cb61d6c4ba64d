-- The two modes (R15): 应急 holds for a unit and its subtree while one is open, else 平时.

-- The open mode that holds for a unit: the one on the nearest unit at it or above it.
create function private.mode_of(p_unit uuid) returns app.mode language sql stable as $$
  select m
  from app.org_unit u
  join app.org_unit a on u.path operator(extensions.<@) a.path
  join app.mode m on m.org_unit_id = a.id
  where u.id = p_unit and m.state = 'open'
  order by a.level desc limit 1
$$;

-- Opens a mode for p_hours, at least 1 and at most 72.
create function private.start_mode(
  p_actor private.actor, p_id uuid, p_unit uuid, p_ground text, p_document text, p_hours int
) returns void language sql as $$
  insert into app.mode (id, org_unit_id, ground, document_no, opened_by, opened_at, renewed_at, expires_at)
  values (p_id, p_unit, p_ground, p_document, p_actor.login_id, p_actor.now, p_actor.now,
    p_actor.now + make_interval(hours => least(greatest(p_hours, 1), 72)))
$$;

-- Ends a mode. Its call-outs keep their shifts and wait for a decision; people who were asked need not answer any more,
-- and are told so. The caller holds the mode. p_by: the login that ends it, null for the clock.
create function private.end_mode(p_mode uuid, p_state app.mode_state, p_now timestamptz, p_by uuid) returns void
language plpgsql as $$
declare
  v_asked uuid[] := array(
    select id from app.offer
    where callout_id in (select id from app.callout where mode_id = p_mode) and state in ('sent', 'expired'));
begin
  update app.mode set state = p_state where id = p_mode;
  update app.callout set attention = 'undecided'
  where mode_id = p_mode and state in ('open', 'filled') and attention = 'none';
  update app.offer set state = 'withdrawn', reason = 'mode_expired'
  where callout_id in (select id from app.callout where mode_id = p_mode) and state in ('sent', 'expired');
  perform private.tell('recalled', p_now, p_by, v_asked, 'mode_' || p_state);
end $$;
