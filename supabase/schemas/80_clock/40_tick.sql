-- The scheduler: pg_cron in production, the embedded server locally, every 5 s. It may run twice at once and hours
-- late. Its parts come in the order in which everybody locks: shifts, call-outs, offers.
create function private.tick(p_now timestamptz) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform private.mark_era(p_now);
  perform private.tick_holds(p_now);
  perform private.tick_covers(p_now);
  perform private.tick_modes(p_now);
  -- after the modes: roster duty under a mode that just ended is over, too
  perform private.tick_ended(p_now);
  perform private.tick_promises(p_now);
  -- after the ended duty: only people still on post wait for a relief
  perform private.tick_reliefs(p_now);
  perform private.tick_callouts(p_now);
  perform private.tick_offers(p_now);
  -- after the offers: people whose offer just expired may still answer, but nobody waits for them
  perform private.tick_ladders(p_now);
  perform private.tick_deliveries(p_now);
  -- rows here belong to transactions that have committed and been stamped
  delete from sync.pending where true;
  if extract(second from p_now) < 5 then perform private.tick_logins(p_now), private.tick_bells(); end if;
end $$;
