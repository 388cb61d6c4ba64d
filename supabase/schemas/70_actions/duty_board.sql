-- The resident board at a door (R13): who is on now and next, without a login.

-- The board behind a door code, or the same shape with found = false.
create function private.duty_board(p_code text, p_now timestamptz) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  b app.org_unit;
  pl private.place;
  m app.mode;
  v_on jsonb := '[]';
  v_soon jsonb := '[]';
  v_next timestamptz;
begin
  -- an answer to GET may be cached for 15 s, by the phone and by anything in front of the server
  if current_setting('request.method', true) in ('GET', 'HEAD') then
    perform set_config('response.headers', '[{"Cache-Control": "public, max-age=15"}]', true);
  end if;
  select * into b from app.org_unit where door_code = private.normal_code(p_code);
  if found then
    select * into pl from private.place where id = b.id;
    m := private.mode_of(b.id);
    -- in an emergency only arrival counts; in 平时 an accepted assignment does, too
    select coalesce(jsonb_agg(x - 'starts_at' order by i), '[]') into v_on
    from jsonb_array_elements(private.people_at(b.id, p_now, p_now + interval '1 second',
      case when m.id is null then '{accepted,on_post}' else '{on_post}' end::app.assignment_state[]))
      with ordinality o(x, i);
    select coalesce(jsonb_agg(x), '[]') into v_soon
    from jsonb_array_elements(private.people_at(b.id, p_now, p_now + interval '24 hours',
      '{assigned,accepted,on_post}')) x
    where (x ->> 'starts_at')::timestamptz > p_now;
    select min((x ->> 'starts_at')::timestamptz) into v_next from jsonb_array_elements(v_soon) x;
  end if;
  return jsonb_build_object(
    'now', p_now,
    'found', b.id is not null,
    'building', pl.name,
    'estate', (select name from app.org_unit where id = pl.estate_id),
    'grid', (
      select g.name from app.org_unit g where g.level = 'grid' and b.path operator(extensions.<@) g.path),
    'community', pl.community_name,
    'street', (
      select s.name from app.org_unit c join app.org_unit s on s.id = c.parent_id where c.id = b.community_id),
    'duty_line', pl.duty_line,
    'mode', case when m.id is not null then jsonb_build_object(
      'ground', m.ground, 'opened_by_name', (select name from app.login where id = m.opened_by),
      'expires_at', m.expires_at) end,
    'demo', exists (select from app.setting where key = 'data' and value = '"demo"'),
    'now_on', v_on,
    'vacant', b.id is not null and v_on = '[]',
    'next', case when v_next is not null then (
      select jsonb_build_object('starts_at', v_next, 'ends_at', max((x ->> 'until')::timestamptz),
        'people', jsonb_agg(x - 'starts_at' - 'until'))
      from jsonb_array_elements(v_soon) x
      where (x ->> 'starts_at')::timestamptz = v_next) end,
    'helps', (
      select coalesce(jsonb_agg(distinct h.t), '[]') from app.org_unit n
      join app.post p on p.org_unit_id = n.id
      cross join lateral regexp_split_to_table(p.task, '[、，,；;\n]') h(t)
      where b.path operator(extensions.<@) n.path and private.is_in_community(n.level)
        and p.task is not null and length(trim(h.t)) between 2 and 12 and p.ended_at is null
        -- a post that only drills have used helps nobody
        and (not exists (select from app.shift s where s.post_id = p.id) or exists (
          select from app.shift s
          left join app.callout c on c.id = s.callout_id
          where s.post_id = p.id and c.kind is distinct from 'drill'))));
end $$;
create function api.duty_board(p_code text) returns jsonb language sql stable as $$
  select private.duty_board(p_code, date_trunc('second', now()))
$$;

-- What the page of a door says without its script: {building, community, duty_line}, all null for a code that is no
-- door's. The same work for every code, by which none can be told from another.
create function private.door_sign(p_code text) returns jsonb language sql stable as $$
  select jsonb_build_object('building', pl.name, 'community', pl.community_name, 'duty_line', pl.duty_line)
  from (select private.normal_code(p_code) as code) c
  left join app.org_unit b on b.door_code = c.code
  left join private.place pl on pl.id = b.id
$$;

-- Duty at a building: its own posts, and the gates and patrols of its estate and grid. Drills are left out: they would
-- read as real duty. No shift is longer than 24 hours (shift_span), so older shifts need not be read.
create function private.people_at(
  p_building uuid, p_from timestamptz, p_to timestamptz, p_states app.assignment_state[])
returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'name', v.name, 'role', case when v.name is not null then r.kind end, 'post', p.name,
    'starts_at', s.starts_at, 'until', s.ends_at) order by s.starts_at, p.name, a.id), '[]')
  from app.org_unit b
  join app.org_unit n on b.path operator(extensions.<@) n.path and private.is_in_community(n.level)
  join app.post p on p.org_unit_id = n.id
  join app.shift s on s.post_id = p.id and s.state = 'open'
    and s.starts_at < p_to and s.starts_at > p_from - interval '24 hours' and s.ends_at > p_from
  left join app.callout c on c.id = s.callout_id
  join app.assignment a on a.shift_id = s.id and a.state = any (p_states)
  join app.responder r on r.id = a.responder_id
  -- the kind of a person (`role`) shows only with their name
  cross join lateral (select private.public_name(r) as name) v
  where b.id = p_building and c.kind is distinct from 'drill'
$$;
