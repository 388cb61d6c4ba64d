-- Spans of time that more than one rule uses. A span that only one rule uses stands in that rule.

-- A shift that starts within this span is treated as if it ran: people promise an arrival, the promise is watched, and
-- the people of the shift can reach each other (R8, R26).
create function private.soon() returns interval language sql immutable parallel safe as $$
  select interval '30 minutes'
$$;

-- The longest a shift may be.
create function private.longest_shift() returns interval language sql immutable parallel safe as $$
  select interval '24 hours'
$$;

-- How long the server keeps personal data that was needed once: contacts of requests, phone numbers of one-off
-- volunteers, who gave feedback, links that ended (R38).
create function private.keep_contacts() returns interval language sql immutable parallel safe as $$
  select interval '30 days'
$$;

-- How long the server keeps notices, and what it told the robots.
create function private.keep_notices() returns interval language sql immutable parallel safe as $$
  select interval '30 days'
$$;

-- How long the server keeps the words of old verdicts, tombstones, the known devices of an account, and eras.
create function private.keep_history() returns interval language sql immutable parallel safe as $$
  select interval '90 days'
$$;

-- A shift that begins within this span of its change is near: its people are told by SMS too, if they have not read it.
create function private.near() returns interval language sql immutable parallel safe as $$
  select interval '24 hours'
$$;

-- From this span before a shift on it is close: a place that is not confirmed yet is in doubt (存疑, R30), and a freed
-- place waits for no coordinator any more. The same on the phone: `CLOSE` of src/domain/close.ts.
create function private.close_time() returns interval language sql immutable parallel safe as $$
  select interval '2 hours'
$$;

-- How long a freed place is held for the next person on the waitlist (R23); shorter where people are needed now. A hold
-- that is made at night lasts longer: private.held_until.
create function private.hold_time(p_in_callout boolean) returns interval language sql immutable parallel safe as $$
  select case when p_in_callout then interval '3 minutes' else interval '2 hours' end
$$;

-- How long a coordinator may take back what they wrote down for somebody else: a call, an arrival. The phone offers it
-- for the same time (src/domain/answerTimes.ts).
create function private.take_back_time() returns interval language sql immutable parallel safe as $$
  select interval '30 minutes'
$$;
