-- A seat of the node's council by the name of who holds it: somebody on the list of people where one person has the
-- name, else the name. Who is on the list serves.
create function private.import_seat(p_batch app.import_batch, p_row jsonb) returns private.imported
language plpgsql as $$
declare
  old app.seat;
  v_id uuid := private.uuid_v7();
  v_says jsonb := private.row_says(p_row, '{title,substitute}', '{kind,until_on}');
  v_problem private.imported := private.problem_of_seat(p_row);
  v_seats uuid[];
  v_person uuid := private.person_named(p_batch.community_id, p_row ->> 'name');
  v_day date := private.day_of(now());
begin
  if v_problem.status is not null then return v_problem; end if;
  perform from app.org_unit where id = p_batch.community_id for no key update;
  v_seats := private.seats_held_by(p_batch.community_id, p_row ->> 'name', p_row ->> 'unit');
  if cardinality(v_seats) > 1 then return private.row_error('missing', 'unit'); end if;
  select * into old from app.seat where id = v_seats[1] for no key update;
  if old.id is null and not v_says ? 'kind' then return private.row_error('missing', 'kind'); end if;
  if v_says ->> 'until_on' is not null
    and private.try_term(v_says ->> 'until_on', coalesce(old.since_on, v_day)) is null then
    return private.row_error('bad_day', 'until_on');
  end if;
  if old.id is null and (select count(*) from app.seat where council_id = p_batch.community_id) >= 60 then
    return private.row_error('too_many', null);
  end if;
  if p_row ? 'unit' then
    v_says := v_says || jsonb_build_object('partner_unit_id',
      coalesce(private.unit_under(p_batch.community_id, p_row ->> 'unit'),
        private.partner_named(p_batch, p_row ->> 'unit')));
    if exists (
      select from app.partner_unit u where u.id = (v_says ->> 'partner_unit_id')::uuid and u.state = 'ended') then
      return private.row_error('conflict', 'unit');
    end if;
  end if;
  if old.id is not null then return private.updated(p_batch, p_row, 'seat', old.id, v_says); end if;
  insert into app.seat (id, council_id, kind, responder_id, holder, state, since_on, sort, batch_id, created_by)
  values (v_id, p_batch.community_id, (v_says ->> 'kind')::app.seat_kind, v_person,
    case when v_person is null then p_row ->> 'name' end, 'serving', v_day,
    (select coalesce(max(sort) + 1, 0) from app.seat where council_id = p_batch.community_id),
    p_batch.id, p_batch.created_by);
  perform private.change_record(null, null, 'seat', v_id, v_says);
  return row('created', null, null, 'seat', v_id)::private.imported;
end $$;

-- What is wrong with the row of a seat, before anything is looked up; null when nothing is.
create function private.problem_of_seat(p_row jsonb) returns private.imported language plpgsql immutable as $$
begin
  if coalesce(p_row ->> 'name', '') = '' then return private.row_error('missing', 'name'); end if;
  if length(p_row ->> 'name') > 40 then return private.row_error('too_long', 'name'); end if;
  if length(p_row ->> 'unit') > 80 then return private.row_error('too_long', 'unit'); end if;
  if length(p_row ->> 'title') > 40 then return private.row_error('too_long', 'title'); end if;
  if length(p_row ->> 'substitute') > 40 then return private.row_error('too_long', 'substitute'); end if;
  if nullif(p_row ->> 'kind', '') <> all (enum_range(null::app.seat_kind)::text[]) then
    return private.row_error('bad_kind', 'kind');
  end if;
  return null;
end $$;

-- The seats that somebody of this name holds on a council; of several those of the unit.
create function private.seats_held_by(p_council uuid, p_name text, p_unit text) returns uuid[] language sql stable as $$
  with held as (
    select s.id, u.name as unit from app.seat s
    left join app.responder r on r.id = s.responder_id
    left join app.partner_unit u on u.id = s.partner_unit_id
    where s.council_id = p_council and s.state <> 'ended' and coalesce(r.name, s.holder) = p_name)
  select coalesce(
    array_agg(h.id) filter (where h.unit = p_unit and (select count(*) from held) > 1), array_agg(h.id))
  from held h
$$;

-- The unit of that name which a node keeps, else the only one below it; null where there is none, or several.
create function private.unit_under(p_node uuid, p_name text) returns uuid language sql stable as $$
  with found as (
    select distinct private.living_unit(u.id) as id from app.org_unit n
    join app.org_unit k on k.path operator(extensions.<@) n.path
    join app.partner_unit u on u.org_unit_id = k.id and u.name = p_name
    where n.id = p_node)
  select coalesce(private.own_unit_named(p_node, p_name), (
    select (array_agg(f.id))[1] from found f having count(*) = 1))
$$;
