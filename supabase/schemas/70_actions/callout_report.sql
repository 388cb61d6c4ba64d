-- The after-action report of a call-out (R34, R35): how fast it filled, which places stood empty, where nobody handed
-- over. It holds numbers without individuals.

-- The report for coordinators of the community, and for officers above with small counts hidden. Beside it stands the
-- last call-out of the other kind, so that a drill compares with the last real event (R35).
create function private.callout_report(p_callout uuid, p_now timestamptz) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  c app.callout;
  o app.callout;
  v_hide boolean;
begin
  select * into c from app.callout where id = p_callout;
  if not found then return private.no('gone'); end if;
  v_hide := not private.coordinates(me, c.community_id);
  if v_hide and not private.reaches(me, c.community_id, '{street_officer,district_officer,city_officer}') then
    return private.no('forbidden');
  end if;
  select * into o from app.callout
  where community_id = c.community_id and kind <> c.kind and opened_at < c.opened_at and stood_down_at is not null
  order by opened_at desc limit 1;
  return private.ok(jsonb_build_object(
    'report', private.report_of(c, v_hide, p_now),
    'compare', case when o.id is not null then private.report_of(o, v_hide, p_now) end));
end $$;
create function api.callout_report(p_callout uuid) returns jsonb language sql stable as $$
  select private.callout_report(p_callout, now())
$$;

-- One call-out in figures, up to its stand-down or to p_now.
create function private.report_of(p_callout app.callout, p_hide boolean, p_now timestamptz) returns jsonb
language sql stable as $$
  select jsonb_build_object(
      'id', p_callout.id, 'title', p_callout.title, 'kind', p_callout.kind, 'community_name', u.name,
      'ground', m.ground, 'document_no', m.document_no,
      'opened_at', p_callout.opened_at, 'stood_down_at', p_callout.stood_down_at,
      'places', (
        select coalesce(sum(capacity), 0) from app.shift where callout_id = p_callout.id and state <> 'cancelled'),
      'empty_minutes', private.report_empty(p_callout.id, x.until),
      'gaps', private.report_gaps(p_callout.id, x.until),
      'over_limit_hours', private.report_over_limit(p_callout.id, x.until),
      'people', private.report_people(p_callout.id, p_hide),
      'rungs', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'level', e.level, 'opened', e.n, 'forced', e.forced, 'skipped', e.skipped) order by e.level desc), '[]')
        from (
          select g.level, count(*) filter (where g.state = 'open') as n,
            count(*) filter (where g.cause = 'forced' and g.state = 'open') as forced,
            count(*) filter (where g.state = 'skipped') as skipped
          from app.ladder l
          join app.escalation g on g.ladder_id = l.id
          where l.callout_id = p_callout.id and g.state <> 'coming'
          group by g.level) e))
    || private.report_times(p_callout, x.until)
  from app.org_unit u
  left join app.mode m on m.id = p_callout.mode_id
  cross join (select coalesce(p_callout.stood_down_at, p_now) as until) x
  where u.id = p_callout.community_id
$$;

-- Minutes from the call-out to its first yes; from the moment people were asked for a slot to each yes; and from the
-- start of a shift, or from the yes if that is later, to each arrival. A yes counts whatever became of the place: the
-- end of the call-out releases those who had not come yet. Who took over in mid-shift arrived for nobody's start.
create function private.report_times(p_callout app.callout, p_until timestamptz) returns jsonb language sql stable as $$
  with a as (
    select extract(epoch from x.accepted_at - p_callout.opened_at) / 60 as first,
      greatest(0, extract(epoch from x.accepted_at - coalesce(l.opens_at, p_callout.opened_at)) / 60) as fill,
      case when x.starts_at <= s.starts_at and x.on_post_at <= p_until then
        greatest(0, extract(epoch from x.on_post_at - greatest(s.starts_at, x.accepted_at)) / 60) end as post
    from app.shift s
    join app.assignment x on x.shift_id = s.id
    left join app.ladder l
      on l.callout_id = s.callout_id and l.slot_starts_at = s.starts_at and l.slot_ends_at = s.ends_at
    where s.callout_id = p_callout.id and (x.accepted_at is null or x.accepted_at <= p_until))
  select jsonb_build_object(
    'first_accept', round(min(first), 1),
    'fill', jsonb_build_object(
      'n', count(fill),
      'p50', round(percentile_cont(0.5) within group (order by fill)::numeric, 1),
      'p90', round(percentile_cont(0.9) within group (order by fill)::numeric, 1)),
    'on_post', jsonb_build_object(
      'n', count(post),
      'p50', round(percentile_cont(0.5) within group (order by post)::numeric, 1),
      'p90', round(percentile_cont(0.9) within group (order by post)::numeric, 1)))
  from a
$$;

-- How many people were asked, and what each came to: a yes to one request is a yes, whatever they said to others, so
-- that the parts add up to the whole (on the phone: answersOf). And how many did not arrive. Where one part is hidden
-- the whole is too, else it could be worked out.
create function private.report_people(p_callout uuid, p_hide boolean) returns jsonb language sql stable as $$
  with one as (
    select min(case state
      when 'accepted' then 1 when 'sent' then 2 when 'declined' then 3 when 'expired' then 4 else 5 end) as best
    from app.offer
    where callout_id = p_callout
    group by responder_id),
  n as (
    select count(*) as asked,
      count(*) filter (where best = 1) as accepted,
      count(*) filter (where best = 3) as declined,
      count(*) filter (where best in (2, 4)) as silent,
      count(*) filter (where best = 5) as thanked
    from one),
  shown as (
    select asked, private.few(accepted, p_hide) as accepted, private.few(declined, p_hide) as declined,
      private.few(silent, p_hide) as silent, private.few(thanked, p_hide) as thanked
    from n)
  select jsonb_build_object(
    'asked', case
      when num_nulls(accepted, declined, silent, thanked) <> 1 then private.few(asked, p_hide) end,
    'accepted', accepted, 'declined', declined, 'silent', silent, 'thanked', thanked,
    'not_arrived', private.few((
      select count(distinct e.responder_id) from app.event e
      join app.shift s on s.id = e.shift_id
      where s.callout_id = p_callout and e.kind = 'not_arrived'), p_hide))
  from shown
$$;

-- Hides a count of one to four, which could point at somebody, from officers who lead nobody there (R34).
create function private.few(p_n bigint, p_hide boolean) returns bigint language sql immutable as $$
  select case when p_hide and p_n between 1 and 4 then null else p_n end
$$;

-- Minutes during which places stood empty. A shift is cut at every moment at which somebody comes to its post or leaves
-- it; between two cuts the number of people there is constant.
create function private.report_empty(p_callout uuid, p_until timestamptz) returns numeric language sql stable as $$
  with ran as (
    select id, post_id, capacity, starts_at as f, least(ends_at, p_until) as t from app.shift
    where callout_id = p_callout and starts_at < p_until and state <> 'cancelled'),
  stay as materialized (select * from private.report_stays(p_callout, p_until)),
  cut as (
    select r.id, r.post_id, r.capacity, x.at, lead(x.at) over (partition by r.id order by x.at) as next
    from ran r
    cross join lateral (
      select r.f as at
      union
      select r.t
      union
      select s.f from stay s where s.post_id = r.post_id and s.f > r.f and s.f < r.t
      union
      select s.t from stay s where s.post_id = r.post_id and s.t > r.f and s.t < r.t) x)
  select coalesce(round(sum(extract(epoch from c.next - c.at) / 60 * greatest(0, c.capacity - (
    select count(*) from stay s where s.post_id = c.post_id and s.f <= c.at and s.t >= c.next))), 0), 0)
  from cut c
  where c.next is not null
$$;

-- Gaps between two shifts of a post: everybody of the first had left before anybody of the next had come.
create function private.report_gaps(p_callout uuid, p_until timestamptz) returns jsonb language sql stable as $$
  with gap as (
    select
      (select max(x.t) from private.report_stays(p_callout, p_until) x where x.shift_id = s.id) as left_at,
      coalesce((select min(x.f) from private.report_stays(p_callout, p_until) x where x.shift_id = n.id),
        least(n.ends_at, p_until)) as came_at
    from app.shift s
    join app.shift n on n.callout_id = s.callout_id and n.post_id = s.post_id and n.starts_at = s.ends_at
    where s.callout_id = p_callout and n.starts_at < p_until and n.state <> 'cancelled')
  select jsonb_build_object('n', count(*),
    'minutes', coalesce(round(sum(extract(epoch from came_at - left_at) / 60)), 0))
  from gap
  where left_at < came_at
$$;

-- Hours beyond twelve in a row or within any twenty-four, summed over everybody (R17). Stays less than 30 minutes apart
-- are one block.
create function private.report_over_limit(p_callout uuid, p_until timestamptz) returns numeric language sql stable as $$
  with stay as materialized (select * from private.report_stays(p_callout, p_until)),
  opened as (
    select s.*, coalesce(f - max(t) over (
      partition by responder_id order by f, t rows between unbounded preceding and 1 preceding)
      >= interval '30 minutes', true) as opens
    from stay s),
  block as (
    select responder_id, no, max(t) - min(f) as long
    from (
      select o.*, count(*) filter (where opens) over (
        partition by responder_id order by f, t rows unbounded preceding) as no
      from opened o) x
    group by responder_id, no),
  day as (
    select w.responder_id, max((
      select sum(extract(epoch from least(k.t, w.f + interval '24 hours') - k.f)) from stay k
      where k.responder_id = w.responder_id and k.f >= w.f and k.f < w.f + interval '24 hours')) as seconds
    from stay w
    group by w.responder_id)
  select coalesce(round(sum(greatest(0, d.seconds / 3600 - 12, (
    select sum(greatest(0, extract(epoch from b.long) / 3600 - 12)) from block b
    where b.responder_id = d.responder_id)))::numeric, 1), 0)
  from day d
$$;

-- The stays of a call-out's people: from arrival (f) to leaving (t), or to p_until while they are still there.
create function private.report_stays(p_callout uuid, p_until timestamptz)
returns table (responder_id uuid, post_id uuid, shift_id uuid, f timestamptz, t timestamptz)
language sql stable as $$
  select a.responder_id, s.post_id, s.id, a.on_post_at, least(coalesce(a.off_post_at, p_until), p_until)
  from app.shift s
  join app.assignment a on a.shift_id = s.id
  where s.callout_id = p_callout and a.on_post_at is not null
    and a.on_post_at < least(coalesce(a.off_post_at, p_until), p_until)
$$;
