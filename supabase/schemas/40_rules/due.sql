-- The promise timer (R8), only in a call-out that is on. A promise that is due without 到岗 gets a ping; ten minutes
-- later the place opens again and the coordinators are told.

-- When a person who accepts now is due at their post. For a shift that runs or starts soon: after the minutes they
-- named, or half an hour if they named none, and not before its start. For a later shift: at its start.
create function private.due_at(p_now timestamptz, p_starts timestamptz, p_eta int) returns timestamptz
language sql stable as $$
  select case when p_starts <= p_now + private.soon()
    then greatest(p_starts, p_now + make_interval(mins => coalesce(p_eta, 30)))
    else p_starts end
$$;

-- When an assignment is due. One that was assigned and never confirmed is due at its start, but not before twenty
-- minutes have passed since it was assigned.
create function private.promised_at(p_assignment app.assignment) returns timestamptz language sql immutable as $$
  select case p_assignment.state
    when 'assigned' then greatest(p_assignment.starts_at, p_assignment.created_at + interval '20 minutes')
    else coalesce(p_assignment.due_at, p_assignment.starts_at) end
$$;
