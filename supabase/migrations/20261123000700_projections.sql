-- What a phone sees of each row, and in which scopes: one view per synced table, columns as in src/domain/rows.ts.
-- A column a reader may not see is in no view of his scopes. The same (table, pk) carries identical data in every scope.
-- `lateral (… offset 0)` keeps the joins of the views every claim touches going outwards from the dirty row: left to itself the
-- planner begins at the post, because there are few, and visits every shift that post ever had.
create view projection.me as
  select l.id as pk, array['user:' || l.id] as scopes, jsonb_build_object(
    'id', l.id, 'responder_id', r.id, 'name', l.name, 'display_name', r.display_name, 'sign_in_name', private.shown_name(l.sign_in_name),
    'stand_in_key', l.stand_in_key,
    'phone_masked', private.mask_phone(c.phone), 'kind', r.kind, 'skills', coalesce(to_jsonb(r.skills), '[]'), 'night', r.night,
    'home_building_id', r.home_building_id,
    'consents', (select coalesce(jsonb_agg(k.purpose order by k.purpose), '[]') from app.consent k where k.responder_id = r.id and k.withdrawn_at is null),
    'memberships', (
      select coalesce(jsonb_agg(jsonb_build_object('org_unit_id', u.id, 'level', u.level, 'name', u.name, 'parent_name', p.name, 'duty_line', u.duty_line,
        'roles', m.roles, 'report_in', m.report_in) order by u.level, u.name), '[]')
      from (
        select x.unit, coalesce(jsonb_agg(x.role order by x.role) filter (where x.role is not null), '[]') as roles, max(x.report_in) as report_in
        from (
          select g.org_unit_id as unit, g.role, null::text as report_in from app.role_grant g where g.login_id = l.id and g.org_unit_id is not null
          union all
          select ri.community_id, null, ri.state::text from app.report_in ri where ri.responder_id = r.id and ri.state <> 'ended') x
        group by x.unit) m
      join app.org_unit u on u.id = m.unit left join app.org_unit p on p.id = u.parent_id),
    'roles', (select coalesce(jsonb_agg(distinct g.role order by g.role), '[]') from app.role_grant g where g.login_id = l.id),
    'demo', exists (select from app.setting where key = 'data' and value = '"demo"')) as data
  from app.login l
  left join app.responder r on r.login_id = l.id
  left join app.responder_contact c on c.responder_id = r.id;

create view projection.my_assignment as
  select a.id as pk, array['user:' || r.login_id] as scopes, jsonb_build_object(
    'id', a.id, 'shift_id', a.shift_id, 'responder_id', a.responder_id, 'community_id', s.community_id, 'community_name', pl.community_name,
    'org_unit_id', po.org_unit_id, 'place_name', pl.name, 'post_id', po.id, 'post_name', po.name, 'post_kind', po.kind, 'task', po.task, 'kit', po.kit,
    'contact', po.contact, 'duty_line', pl.duty_line, 'starts_at', s.starts_at, 'ends_at', s.ends_at, 'state', a.state, 'eta_min', a.eta_min,
    'due_at', a.due_at, 'claimed_at', a.claimed_at, 'accepted_at', a.accepted_at, 'on_post_at', a.on_post_at, 'off_post_at', a.off_post_at,
    'roster_id', s.roster_id, 'callout_id', s.callout_id, 'callout_title', co.title, 'callout_kind', co.kind,
    -- a card that is over names nobody: it would keep the names of people who have long left
    'with_names', case when a.state in ('assigned', 'accepted', 'on_post') then (
      select coalesce(jsonb_agg(wr.name order by wr.name), '[]') from app.assignment w join app.responder wr on wr.id = w.responder_id
      where w.shift_id = a.shift_id and w.id <> a.id and w.state in ('assigned', 'accepted', 'on_post')) else '[]' end) as data
  from app.assignment a
  join app.responder r on r.id = a.responder_id and r.login_id is not null
  join app.shift s on s.id = a.shift_id
  cross join lateral (select * from app.post x where x.id = s.post_id offset 0) po
  cross join lateral (select * from private.place x where x.id = po.org_unit_id offset 0) pl
  left join app.callout co on co.id = s.callout_id;

create view projection.my_offer as
  select o.id as pk, array['user:' || r.login_id] as scopes, jsonb_build_object(
    'id', o.id, 'callout_id', o.callout_id, 'callout_title', co.title, 'callout_kind', co.kind, 'ground', m.ground, 'document_no', m.document_no,
    'opened_by_name', op.name, 'community_id', s.community_id, 'community_name', pl.community_name, 'shift_id', s.id, 'org_unit_id', po.org_unit_id,
    'place_name', pl.name, 'post_id', po.id, 'post_name', po.name, 'post_kind', po.kind, 'task', po.task, 'kit', po.kit, 'contact', po.contact,
    'duty_line', pl.duty_line, 'starts_at', o.slot_starts_at, 'ends_at', o.slot_ends_at, 'capacity', s.capacity, 'state', o.state, 'wave', o.wave,
    'sent_at', o.sent_at, 'expires_at', o.expires_at, 'answered_at', o.answered_at) as data
  from app.offer o
  join app.responder r on r.id = o.responder_id and r.login_id is not null
  join app.callout co on co.id = o.callout_id
  join app.login op on op.id = co.opened_by
  left join app.mode m on m.id = co.mode_id
  join app.shift s on s.id = o.shift_id
  cross join lateral (select * from app.post x where x.id = s.post_id offset 0) po
  cross join lateral (select * from private.place x where x.id = po.org_unit_id offset 0) pl;

create view projection.my_waitlist as
  select w.id as pk, array['user:' || r.login_id] as scopes, jsonb_build_object(
    'id', w.id, 'shift_id', w.shift_id, 'community_id', s.community_id, 'place_name', pl.name, 'post_name', po.name,
    'starts_at', s.starts_at, 'ends_at', s.ends_at, 'rank', w.rank, 'state', w.state, 'hold_until', w.hold_until) as data
  from app.waitlist_entry w
  join app.responder r on r.id = w.responder_id and r.login_id is not null
  join app.shift s on s.id = w.shift_id
  cross join lateral (select * from app.post x where x.id = s.post_id offset 0) po
  cross join lateral (select * from private.place x where x.id = po.org_unit_id offset 0) pl;

-- Verdicts hold ids of people, never names; whoever reads one sees the names of today.
create function private.with_names(p_detail jsonb) returns jsonb language plpgsql stable as $$
begin
  if p_detail ?| '{filled,people}' then
    return (select jsonb_object_agg(k.key, case when k.key in ('filled', 'people') then (
      select coalesce(jsonb_agg(x.one || jsonb_build_object('name', r.name) order by x.i), '[]')
      from jsonb_array_elements(k.value) with ordinality x(one, i) left join app.responder o on o.id = (x.one ->> 'responder_id')::uuid
      left join app.responder r on r.id = coalesce(o.joined_to, o.id)) else k.value end)
    from jsonb_each(p_detail) k);
  end if;
  return p_detail;
end $$;

create view projection.verdict as
  select v.mutation_id as pk, array['user:' || v.login_id] as scopes, jsonb_build_object(
    'id', v.mutation_id, 'client_id', v.client_id, 'seq', v.seq, 'name', v.name, 'status', v.status, 'code', v.code,
    'detail', private.with_names(v.detail), 'args', v.args, 'at', v.at) as data
  from sync.result v where v.code is not null and v.dismissed_at is null;

create view projection.dead_letter as
  select v.mutation_id as pk, array['lead:' || v.community_id] as scopes, jsonb_build_object(
    'id', v.mutation_id, 'community_id', v.community_id, 'person_name', l.name, 'responder_id', r.id, 'name', v.name, 'code', v.code,
    'detail', v.detail, 'at', v.at) as data
  from sync.result v join app.login l on l.id = v.login_id left join app.responder r on r.login_id = l.id
  where v.status = 'failed' and v.community_id is not null;

create view projection.org_unit as
  select u.id as pk, array['org:' || u.community_id || ':open'] as scopes, jsonb_build_object(
    'id', u.id, 'community_id', u.community_id, 'level', u.level, 'name', u.name, 'parent_id', u.parent_id, 'sort', u.sort, 'duty_line', u.duty_line) as data
  from app.org_unit u where u.community_id is not null;

create view projection.door as
  select u.id as pk, array['lead:' || u.community_id] as scopes, jsonb_build_object(
    'id', u.id, 'community_id', u.community_id, 'door_code', u.door_code) as data
  from app.org_unit u where u.door_code is not null and u.community_id is not null;

create view projection.post as
  select p.id as pk, array['org:' || p.community_id || ':open'] as scopes, jsonb_build_object(
    'id', p.id, 'community_id', p.community_id, 'org_unit_id', p.org_unit_id, 'name', p.name, 'kind', p.kind, 'setting', p.setting,
    'task', p.task, 'kit', p.kit, 'contact', p.contact, 'night_minimum', p.night_minimum) as data
  from app.post p;

create view projection.roster as
  select r.id as pk, array['lead:' || r.community_id] || case when r.state = 'published' then array(
      select 'org:' || r.community_id || ':' || to_char(m, 'YYYYMM')
      from generate_series(date_trunc('month', r.starts_on), r.ends_on, interval '1 month') m) else '{}' end as scopes,
    jsonb_build_object('id', r.id, 'community_id', r.community_id, 'name', r.name, 'starts_on', r.starts_on, 'ends_on', r.ends_on,
      'state', r.state, 'version', r.version) as data
  from app.roster r;

create view projection.shift as
  select s.id as pk,
    case when s.state = 'draft' then array['lead:' || s.community_id]
      else array['org:' || s.community_id || ':' || private.month_of(s.starts_at),
        case when co.state in ('open', 'filled') then 'org:' || s.community_id || ':open' end] end as scopes,
    jsonb_build_object('id', s.id, 'community_id', s.community_id, 'post_id', s.post_id, 'org_unit_id', p.org_unit_id, 'roster_id', s.roster_id,
      'callout_id', s.callout_id, 'starts_at', s.starts_at, 'ends_at', s.ends_at, 'capacity', s.capacity, 'filled', s.filled, 'held', s.held, 'state', s.state) as data
  from app.shift s
  cross join lateral (select x.org_unit_id from app.post x where x.id = s.post_id offset 0) p
  left join lateral (select x.state from app.callout x where x.id = s.callout_id offset 0) co on true;

create view projection.assignment as
  select a.id as pk, array['org:' || s.community_id || ':' || private.month_of(a.starts_at)] as scopes, jsonb_build_object(
    'id', a.id, 'shift_id', a.shift_id, 'responder_id', a.responder_id, 'community_id', s.community_id, 'name', r.name,
    'starts_at', a.starts_at, 'ends_at', a.ends_at, 'state', a.state, 'on_post_at', a.on_post_at, 'off_post_at', a.off_post_at) as data
  from app.assignment a join app.shift s on s.id = a.shift_id join app.responder r on r.id = a.responder_id
  where a.state not in ('withdrawn', 'released');

create view projection.draft_assignment as
  select d.id as pk, array['lead:' || s.community_id] as scopes, jsonb_build_object(
    'id', d.id, 'community_id', s.community_id, 'shift_id', d.shift_id, 'responder_id', d.responder_id, 'name', r.name) as data
  from app.draft_assignment d join app.shift s on s.id = d.shift_id join app.responder r on r.id = d.responder_id;

create view projection.callout as
  select c.id as pk, array['lead:' || c.community_id, case when c.state <> 'closed' then 'org:' || c.community_id || ':open' end] as scopes,
    jsonb_build_object('id', c.id, 'community_id', c.community_id, 'kind', c.kind, 'title', c.title, 'state', c.state, 'attention', c.attention,
      'mode_id', c.mode_id, 'ground', m.ground, 'document_no', m.document_no, 'opened_by_name', l.name, 'opened_at', c.opened_at,
      'stood_down_at', c.stood_down_at, 'policy', c.policy) as data
  from app.callout c join app.login l on l.id = c.opened_by left join app.mode m on m.id = c.mode_id;

create view projection.mode as
  select m.id as pk, (
      select array_agg('org:' || c.id || ':open') || array_agg('sum:' || c.id) from app.org_unit c
      where c.level = 'community' and (c.path operator(extensions.<@) u.path or c.id = u.community_id)) as scopes,
    jsonb_build_object('id', m.id, 'org_unit_id', m.org_unit_id, 'org_unit_name', u.name, 'level', u.level, 'state', m.state, 'ground', m.ground,
      'document_no', m.document_no, 'opened_by_name', l.name, 'opened_by', m.opened_by, 'opened_at', m.opened_at, 'expires_at', m.expires_at,
      'renewals', m.renewals) as data
  from app.mode m join app.org_unit u on u.id = m.org_unit_id join app.login l on l.id = m.opened_by;

create view projection.responder_lead as
  select r.id as pk, (
      select array_agg(distinct 'lead:' || n.id) from app.report_in ri
      join app.org_unit n on n.id = ri.community_id
        or (n.community_id = ri.community_id and exists (select from app.org_unit h where h.id = r.home_building_id and h.path operator(extensions.<@) n.path))
      where ri.responder_id = r.id and ri.state <> 'ended') as scopes,
    jsonb_build_object('id', r.id,
      'community_ids', (select coalesce(jsonb_agg(ri.community_id order by ri.community_id), '[]') from app.report_in ri where ri.responder_id = r.id and ri.state <> 'ended'),
      'name', r.name, 'display_name', r.display_name, 'pinyin', r.pinyin, 'initials', r.initials, 'kind', r.kind,
      'phone_masked', private.mask_phone(c.phone), 'phone_tail', private.phone_tail(c.phone), 'skills', to_jsonb(r.skills), 'night', r.night,
      'home_building_id', r.home_building_id, 'home_label', h.name, 'partner_unit_name', pu.name, 'party_org_name', po.name, 'state', r.state,
      'login', case when r.login_id is not null then 'active' when exists (
          select from app.invitation i where i.responder_id = r.id and i.used_at is null and i.revoked_at is null) then 'invited' else 'none' end,
      'report_in', (select max(ri.state)::text from app.report_in ri where ri.responder_id = r.id and ri.state <> 'ended'),
      'public_display', exists (select from app.consent k where k.responder_id = r.id and k.purpose = 'public_display' and k.withdrawn_at is null)) as data
  from app.responder r
  left join app.responder_contact c on c.responder_id = r.id
  left join private.place h on h.id = r.home_building_id
  left join app.partner_unit pu on pu.id = r.partner_unit_id
  left join app.party_org po on po.id = r.party_org_id;

create view projection.offer_lead as
  select o.id as pk, array['lead:' || co.community_id] as scopes, jsonb_build_object(
    'id', o.id, 'community_id', co.community_id, 'callout_id', o.callout_id, 'responder_id', o.responder_id, 'name', r.name, 'shift_id', o.shift_id,
    'slot_starts_at', o.slot_starts_at, 'slot_ends_at', o.slot_ends_at, 'wave', o.wave, 'state', o.state, 'sent_at', o.sent_at,
    'expires_at', o.expires_at, 'answered_at', o.answered_at) as data
  from app.offer o join app.callout co on co.id = o.callout_id join app.responder r on r.id = o.responder_id;

create view projection.waitlist_lead as
  select w.id as pk, array['lead:' || s.community_id] as scopes, jsonb_build_object(
    'id', w.id, 'community_id', s.community_id, 'shift_id', w.shift_id, 'responder_id', w.responder_id, 'name', r.name, 'rank', w.rank,
    'state', w.state, 'hold_until', w.hold_until) as data
  from app.waitlist_entry w join app.shift s on s.id = w.shift_id join app.responder r on r.id = w.responder_id;

-- Only what a coordinator has to act on.
create view projection.lead_event as
  select e.id as pk, array['lead:' || e.community_id] as scopes, jsonb_build_object(
    'id', e.id, 'community_id', e.community_id, 'kind', e.kind, 'shift_id', e.shift_id, 'responder_id', e.responder_id, 'name', r.name,
    'at', e.at, 'detail', case when e.kind = 'help_request' then (
      select jsonb_build_object('text', q.text, 'contact', private.mask_phone(q.contact), 'building_id', q.building_id) from app.request q where q.id = e.subject_id)
      else e.detail end) as data
  from app.event e left join app.responder r on r.id = e.responder_id
  where e.community_id is not null
    and e.kind in ('no_relief', 'disputed', 'mode_expiring', 'mode_expired', 'left_community', 'account_closed', 'help_request');

create view projection.shift_count as
  select s.id as pk, array['sum:' || s.community_id] as scopes, jsonb_build_object(
    'id', s.id, 'community_id', s.community_id, 'org_unit_id', p.org_unit_id, 'place_name', pl.name, 'post_name', p.name,
    'starts_at', s.starts_at, 'ends_at', s.ends_at, 'capacity', s.capacity, 'state', s.state, 'callout_id', s.callout_id,
    'accepted', (select count(*) from app.assignment a where a.shift_id = s.id and a.state in ('assigned', 'accepted')),
    'on_post', (select count(*) from app.assignment a where a.shift_id = s.id and a.state = 'on_post')) as data
  from app.shift s
  cross join lateral (select * from app.post x where x.id = s.post_id offset 0) p
  cross join lateral (select * from private.place x where x.id = p.org_unit_id offset 0) pl
  where s.state <> 'draft';

create view projection.community_sum as
  select u.id as pk, array['sum:' || u.id] as scopes, jsonb_build_object(
    'id', u.id, 'name', u.name, 'street_name', p.name, 'duty_line', u.duty_line,
    'buildings', (select count(*) from app.org_unit b where b.community_id = u.id and b.level = 'building'),
    'people', (select count(*) from app.report_in ri where ri.community_id = u.id and ri.state = 'confirmed')) as data
  from app.org_unit u left join app.org_unit p on p.id = u.parent_id where u.level = 'community';

-- The projection of some rows of one table; a static branch each, so the plans are kept.
create function sync.project(p_tbl text, p_pks uuid[]) returns table (pk uuid, scopes text[], data jsonb)
language plpgsql stable as $$
begin
  case p_tbl
    when 'shift' then return query select v.pk, v.scopes, v.data from projection.shift v where v.pk = any (p_pks);
    when 'assignment' then return query select v.pk, v.scopes, v.data from projection.assignment v where v.pk = any (p_pks);
    when 'my_assignment' then return query select v.pk, v.scopes, v.data from projection.my_assignment v where v.pk = any (p_pks);
    when 'shift_count' then return query select v.pk, v.scopes, v.data from projection.shift_count v where v.pk = any (p_pks);
    when 'my_offer' then return query select v.pk, v.scopes, v.data from projection.my_offer v where v.pk = any (p_pks);
    when 'offer_lead' then return query select v.pk, v.scopes, v.data from projection.offer_lead v where v.pk = any (p_pks);
    when 'my_waitlist' then return query select v.pk, v.scopes, v.data from projection.my_waitlist v where v.pk = any (p_pks);
    when 'waitlist_lead' then return query select v.pk, v.scopes, v.data from projection.waitlist_lead v where v.pk = any (p_pks);
    when 'verdict' then return query select v.pk, v.scopes, v.data from projection.verdict v where v.pk = any (p_pks);
    when 'dead_letter' then return query select v.pk, v.scopes, v.data from projection.dead_letter v where v.pk = any (p_pks);
    when 'lead_event' then return query select v.pk, v.scopes, v.data from projection.lead_event v where v.pk = any (p_pks);
    when 'draft_assignment' then return query select v.pk, v.scopes, v.data from projection.draft_assignment v where v.pk = any (p_pks);
    when 'roster' then return query select v.pk, v.scopes, v.data from projection.roster v where v.pk = any (p_pks);
    when 'callout' then return query select v.pk, v.scopes, v.data from projection.callout v where v.pk = any (p_pks);
    when 'mode' then return query select v.pk, v.scopes, v.data from projection.mode v where v.pk = any (p_pks);
    when 'me' then return query select v.pk, v.scopes, v.data from projection.me v where v.pk = any (p_pks);
    when 'responder_lead' then return query select v.pk, v.scopes, v.data from projection.responder_lead v where v.pk = any (p_pks);
    when 'post' then return query select v.pk, v.scopes, v.data from projection.post v where v.pk = any (p_pks);
    when 'org_unit' then return query select v.pk, v.scopes, v.data from projection.org_unit v where v.pk = any (p_pks);
    when 'door' then return query select v.pk, v.scopes, v.data from projection.door v where v.pk = any (p_pks);
    when 'community_sum' then return query select v.pk, v.scopes, v.data from projection.community_sum v where v.pk = any (p_pks);
  end case;
end $$;
