-- The promise timer (R8): due without 到岗 → a ping; ten minutes later the place opens again and the coordinators know. Only in a call-out that is on.
-- Who said no time has half an hour; a place assigned and never confirmed promises its start, and not before twenty minutes have gone by.
create function private.due_at(p_now timestamptz, p_starts timestamptz, p_eta int) returns timestamptz language sql stable as $$
  select case when p_starts <= p_now + private.soon() then greatest(p_starts, p_now + make_interval(mins => coalesce(p_eta, 30))) else p_starts end
$$;

create function private.promised_at(p_assignment app.assignment) returns timestamptz language sql immutable as $$
  select case p_assignment.state when 'assigned' then greatest(p_assignment.starts_at, p_assignment.created_at + interval '20 minutes') else coalesce(p_assignment.due_at, p_assignment.starts_at) end
$$;
