-- The minute's round also sees reliefs that do not come and, last of all, plans what everything before it has to tell.
create or replace function private.tick(p_now timestamptz) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform private.mark_era(p_now);
  -- in the order everybody locks: shifts, call-outs, offers
  perform private.tick_holds(p_now);
  perform private.tick_modes(p_now);
  perform private.tick_ended(p_now); -- after the modes: roster duty under a mode that just ended is over too; it skips what is locked
  perform private.tick_reliefs(p_now); -- after the ended ones: only who still stands waits for a relief
  perform private.tick_callouts(p_now);
  perform private.tick_offers(p_now);
  perform private.tick_deliveries(p_now);
  delete from sync.pending; -- whoever inserted these rows has been stamped
  if extract(second from p_now) < 5 then perform private.tick_logins(p_now); end if;
end $$;
select private.apply_grants();
