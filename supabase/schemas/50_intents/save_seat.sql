-- Adds a seat to the council of a community (大党委) or street (大工委), or says who holds it and how far that is:
-- invited, confirmed, serving. A council has at most 60 seats.
select private.learn_shape('save_seat', '{"seat_id":"id","council_id":"id","kind":"one full_time part_time",
  "title":"text 200","partner_unit_id":"id","responder_id":"id","holder":"text 200","substitute":"text 200",
  "state":"one invited confirmed serving","since_on":"text 10","until_on":"text 10","sort":"int 0 1000"}');

create function mutator.save_seat(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  x app.seat;
  old app.seat;
  v_field text;
begin
  x := jsonb_populate_record(null::app.seat, p_args - 'since_on' - 'until_on');
  x.id := private.try_uuid(p_args ->> 'seat_id');
  x.title := nullif(trim(private.strip_numbers(p_args ->> 'title')), '');
  x.holder := nullif(trim(private.strip_numbers(p_args ->> 'holder')), '');
  x.substitute := nullif(trim(private.strip_numbers(p_args ->> 'substitute')), '');
  x.since_on := private.try_day(coalesce(p_args ->> 'since_on', private.day_of(p_actor.now)::text), p_actor.now);
  x.until_on := private.try_term(p_args ->> 'until_on', x.since_on);
  x.sort := coalesce(x.sort, 0);
  perform private.require_keeper(p_actor, x.council_id);
  if x.id is null then return private.invalid('seat_id'); end if;
  if p_args ->> 'until_on' is not null and x.until_on is null then return private.invalid('until_on'); end if;
  perform from app.responder where id = x.responder_id for no key update;
  perform from app.org_unit where id = x.council_id for no key update;
  perform from app.partner_unit where id = x.partner_unit_id for no key update;
  select * into old from app.seat where id = x.id for no key update;
  if old.council_id <> x.council_id then return private.refused('forbidden'); end if;
  v_field := private.fault_of_seat(x);
  if v_field is not null then return private.invalid(v_field); end if;
  if x.responder_id is not null and not private.is_listed_under(x.responder_id, x.council_id) then
    return private.refused('not_eligible');
  end if;
  if old.id is null and (select count(*) from app.seat where council_id = x.council_id) >= 60 then
    return private.refused('over_capacity');
  end if;
  insert into app.seat (id, council_id, kind, title, partner_unit_id, responder_id, holder, substitute, state, since_on,
    until_on, sort, created_at, created_by)
  values (x.id, x.council_id, x.kind, x.title, x.partner_unit_id, x.responder_id, x.holder, x.substitute, x.state,
    x.since_on, x.until_on, x.sort, p_actor.now, p_actor.login_id)
  on conflict (id) do update
  set kind = excluded.kind, title = excluded.title, partner_unit_id = excluded.partner_unit_id,
    responder_id = excluded.responder_id, holder = excluded.holder, substitute = excluded.substitute,
    state = excluded.state, since_on = excluded.since_on, until_on = excluded.until_on, sort = excluded.sort;
  perform private.log_event(p_actor, 'seat_saved', private.community_or_null(x.council_id), x.responder_id, null, x.id,
    x.state::text);
  return private.applied();
end $$;

-- The first field of a seat that cannot be taken; null when all can.
create function private.fault_of_seat(x app.seat) returns text language sql stable as $$
  select case
    when (x).kind is null then 'kind'
    when (x).state is null then 'state'
    when (x).since_on is null then 'since_on'
    when num_nonnulls((x).responder_id, (x).holder) <> 1 or length((x).holder) > 40 then 'holder'
    when length((x).title) > 40 then 'title'
    when length((x).substitute) > 40 then 'substitute'
    when (x).partner_unit_id is not null and not exists (
      select from app.partner_unit u
      join app.org_unit k on k.id = u.org_unit_id
      join app.org_unit c on c.id = (x).council_id and k.path operator(extensions.<@) c.path
      where u.id = (x).partner_unit_id and u.state = 'active') then 'partner_unit_id' end
$$;

-- The last day of a term: after it begins, and within six years; null for every other text.
create function private.try_term(p_text text, p_since date) returns date language plpgsql immutable as $$
declare v date;
begin
  if p_text !~ '^\d{4}-\d\d-\d\d$' then return null; end if;
  v := p_text::date;
  return case when v > p_since and v < p_since + 2200 then v end;
exception when data_exception then
  return null;
end $$;
