-- The minute's round also sees promises that are due and climbs the ladders.
create function private.tick(p_now timestamptz) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform private.mark_era(p_now);
  -- in the order everybody locks: shifts, call-outs, offers
  perform private.tick_holds(p_now);
  perform private.tick_modes(p_now);
  perform private.tick_ended(p_now); -- after the modes: roster duty under a mode that just ended is over too; it skips what is locked
  perform private.tick_promises(p_now);
  perform private.tick_reliefs(p_now); -- after the ended ones: only who still stands waits for a relief
  perform private.tick_callouts(p_now);
  perform private.tick_offers(p_now);
  perform private.tick_ladders(p_now); -- after the offers: what just expired may still answer, but is not waited for
  perform private.tick_deliveries(p_now);
  delete from sync.pending where true; -- whoever inserted these rows has been stamped
  if extract(second from p_now) < 5 then perform private.tick_logins(p_now), private.tick_bells(); end if;
end $$;
