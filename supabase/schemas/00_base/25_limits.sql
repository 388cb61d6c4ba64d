-- How long things last, where more than one rule counts with it. A span that one rule uses stands in that rule.

-- A shift that starts within this is as good as running: it is promised, watched, and its people reach each other (R8, R26).
create function private.soon() returns interval language sql immutable parallel safe as $$ select interval '30 minutes' $$;

-- No shift is longer.
create function private.longest_shift() returns interval language sql immutable parallel safe as $$ select interval '24 hours' $$;

-- Personal data that was needed once: contacts of requests, numbers of one-off volunteers, who gave feedback, links that ended (R38).
create function private.keep_contacts() returns interval language sql immutable parallel safe as $$ select interval '30 days' $$;

-- Notices, and what the robots were told.
create function private.keep_notices() returns interval language sql immutable parallel safe as $$ select interval '30 days' $$;

-- Words of old verdicts, tombstones, known devices of an account, eras.
create function private.keep_history() returns interval language sql immutable parallel safe as $$ select interval '90 days' $$;

-- A place that came free is kept for the next of the waitlist: shorter where people are needed now.
create function private.hold_time(p_in_callout boolean) returns interval language sql immutable parallel safe as $$
  select case when p_in_callout then interval '3 minutes' else interval '2 hours' end
$$;
