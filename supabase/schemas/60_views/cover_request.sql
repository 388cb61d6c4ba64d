-- Requests for cover. While nobody has taken the place, everybody who sees the open shifts of its month sees the
-- request, with the names that stand on a posted roster; then the owner and the taker alone. Why it is asked is not in
-- it, because a reason may be one of health. A swap reaches its two people and the coordinators.
create view projection.cover_request as
  select c.id as pk,
    array(
      select distinct x from unnest(array[
        case
          when c.state = 'taken' then null
          when c.with_assignment_id is not null then 'lead:' || s.community_id
          else 'org:' || s.community_id || ':' || private.month_of(s.starts_at) end,
        'user:' || o.login_id, 'user:' || t.login_id, 'user:' || wr.login_id]) x
      where x is not null) as scopes,
    jsonb_build_object(
      'id', c.id, 'community_id', s.community_id, 'shift_id', c.shift_id, 'assignment_id', c.assignment_id,
      'responder_id', c.responder_id, 'name', o.name, 'state', c.state, 'asked_at', c.asked_at,
      'taker_id', c.taker_id, 'taker_name', t.name, 'taker_assignment_id', c.taker_assignment_id,
      'claimed_at', c.claimed_at, 'with_assignment_id', c.with_assignment_id, 'with_shift_id', w.shift_id,
      'with_name', wr.name) as data
  from app.cover_request c
  join app.shift s on s.id = c.shift_id
  join app.responder o on o.id = c.responder_id
  left join app.responder t on t.id = c.taker_id
  left join app.assignment w on w.id = c.with_assignment_id
  left join app.responder wr on wr.id = w.responder_id
  where c.state in ('open', 'claimed', 'taken');

-- Why it is asked, and the coordinator who asked for somebody else; for the coordinators.
create view projection.cover_lead as
  select c.id as pk, array['lead:' || s.community_id] as scopes, jsonb_build_object(
    'id', c.id, 'community_id', s.community_id, 'shift_id', c.shift_id, 'reason', c.reason,
    'by_name', case when c.asked_by is distinct from o.login_id then l.name end) as data
  from app.cover_request c
  join app.shift s on s.id = c.shift_id
  join app.responder o on o.id = c.responder_id
  left join app.login l on l.id = c.asked_by
  where c.state in ('open', 'claimed') and c.with_assignment_id is null;

call private.track('app.cover_request', 'private.mark_rows', 'cover_request', 'cover_lead');

-- The requests that name these people.
create function private.covers_of(p_responders uuid[]) returns uuid[] language sql stable as $$
  select array(
    select id from app.cover_request where responder_id = any (p_responders)
    union
    select id from app.cover_request where taker_id = any (p_responders)
    union
    select c.id from app.assignment a
    join app.cover_request c on c.with_assignment_id = a.id
    where a.responder_id = any (p_responders))
$$;
