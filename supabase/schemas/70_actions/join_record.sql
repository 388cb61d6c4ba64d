-- A person joins a record that another community made for their number to their own (R46), or declines it.

-- The person says that a record is theirs, and gives its community's link. Locks as everywhere: shifts, then people,
-- then links.
create function private.join_record(p_record uuid, p_token text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  mine app.responder;
  x app.responder;
  v_community uuid;
  clash jsonb;
  v_problem app.action_code;
begin
  perform from app.shift
  where id in (
    select a.shift_id from app.assignment a
    join app.responder r on r.id = a.responder_id
    where r.id = p_record or r.login_id = me
    union
    select w.shift_id from app.waitlist_entry w
    join app.responder r on r.id = w.responder_id
    where r.id = p_record or r.login_id = me
    union
    select c.shift_id from app.cover_request c
    join app.responder r on r.id = c.taker_id
    where r.id = p_record or r.login_id = me)
  order by id for no key update;
  perform from app.responder where id = p_record or login_id = me order by id for no key update;
  select community_id into v_community from private.listing where record_id = p_record and login_id = me;
  -- the same answer for a record of another number, one that is joined already, and none at all
  if not found then return private.no('gone'); end if;
  select * into mine from app.responder where login_id = me;
  select * into x from app.responder where id = p_record;
  -- before any answer about the record's assignments
  v_problem := private.link_problem(x.id, me, p_token);
  if v_problem is not null then return private.no(v_problem); end if;
  clash := private.clash_of_records(x.id, mine.id);
  if clash is not null then return private.no('overlap', clash); end if;
  update app.invitation set used_at = now() where token_hash = private.hash_token(left(p_token, 200));
  perform private.merge_record(x, mine);
  perform private.tell_communities(me,
    array(select ri.community_id from app.report_in ri where ri.responder_id = mine.id and ri.state <> 'ended'),
    'record_joined', mine.id, x.id, jsonb_build_object('org_unit_id', v_community));
  return private.ok(jsonb_build_object('community_id', v_community));
end $$;
create function api.join_record(p_record_id uuid, p_token text) returns jsonb language sql volatile as $$
  select private.join_record(p_record_id, p_token)
$$;

-- The person says that a record is not theirs, or that they do not want it joined. It stays its community's, which is
-- not told.
create function private.decline_record(p_record uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare me uuid := private.require_login();
begin
  insert into app.join_refusal (responder_id, login_id)
  select record_id, login_id from private.listing where record_id = p_record and login_id = me
  on conflict do nothing;
  return case
    when found or exists (select from app.join_refusal where responder_id = p_record and login_id = me)
      then private.ok()
    else private.no('gone') end;
end $$;
create function api.decline_record(p_record_id uuid) returns jsonb language sql volatile as $$
  select private.decline_record(p_record_id)
$$;

-- Why a token is not the live link that a community made for this record; null when it is. A list only claims that a
-- number is the person's; the link proves it. Tokens that are wrong, used, expired, revoked or of another record get
-- the same answer and count alike: five a minute by address and by login.
create function private.link_problem(p_record uuid, p_login uuid, p_token text) returns app.action_code
language plpgsql as $$
declare
  f record;
  v_address text := 'invitation:' || private.caller_address();
begin
  select * into f from private.find_invitation(p_token);
  if f.problem is null and (f.inv).purpose = 'responder' and (f.inv).responder_id = p_record then return null; end if;
  -- find_invitation has already counted a token that no invitation has
  if f.problem = 'too_many_tries' or (f.inv).id is not null and not private.take_token(v_address, 5, 60) then
    return 'too_many_tries';
  end if;
  return case when private.take_token('join:' || p_login, 5, 60) then 'invitation_invalid' else 'too_many_tries' end;
end $$;

-- The first binding assignment of the record that overlaps one of the person's own, with both times and places; null
-- where they fit together.
create function private.clash_of_records(p_record uuid, p_person uuid) returns jsonb language sql stable as $$
  select jsonb_build_object('theirs', private.duty_in_words(t), 'mine', private.duty_in_words(m))
  from app.assignment t
  join app.assignment m
    on m.responder_id = p_person and tstzrange(m.starts_at, m.ends_at) && tstzrange(t.starts_at, t.ends_at)
  where t.responder_id = p_record and private.is_binding(t.state) and private.is_binding(m.state)
  order by t.starts_at limit 1
$$;

-- When and where an assignment is.
create function private.duty_in_words(p_duty app.assignment) returns jsonb language sql stable as $$
  select jsonb_build_object('starts_at', (p_duty).starts_at, 'ends_at', (p_duty).ends_at, 'place_name', pl.name)
  from app.shift s
  join app.post p on p.id = s.post_id
  join private.place pl on pl.id = p.org_unit_id
  where s.id = (p_duty).shift_id
$$;

-- Two records become one. The person's own goes on and takes from the other what it lacks; the other is closed and only
-- says which record it was joined to.
create function private.merge_record(p_record app.responder, p_person app.responder) returns void language plpgsql as $$
begin
  perform private.drop_doubles((p_record).id, (p_person).id);
  perform private.move_record((p_record).id, (p_person).id);
  delete from app.responder_contact where responder_id = (p_record).id;
  delete from app.join_refusal where responder_id = (p_record).id;
  delete from app.import_change where record_id = (p_record).id;
  update app.invitation set revoked_at = now()
  where responder_id = (p_record).id and used_at is null and revoked_at is null;
  update app.responder
  set state = 'closed', joined_to = (p_person).id, name = '已并入本人', display_name = null, pinyin = '', initials = '',
    skills = '{}', home_building_id = null, partner_unit_id = null, party_org_id = null, updated_at = clock_timestamp()
  where id = (p_record).id;
  update app.responder
  set home_building_id = coalesce((p_person).home_building_id, (p_record).home_building_id),
    partner_unit_id = coalesce((p_person).partner_unit_id, (p_record).partner_unit_id),
    party_org_id = coalesce((p_person).party_org_id, (p_record).party_org_id),
    display_name = coalesce((p_person).display_name, (p_record).display_name),
    skills = array(select distinct s from unnest((p_person).skills || (p_record).skills) s order by s),
    updated_at = clock_timestamp()
  where id = (p_person).id;
end $$;

-- Moves everything that points to one person over to another. It reads the foreign keys of the database, so that a new
-- table cannot be forgotten. Logs stay as they were written, and are read through joined_to.
create function private.move_record(p_from uuid, p_to uuid) returns void language plpgsql as $$
declare f record;
begin
  for f in
    select k.conrelid::regclass as tbl, a.attname as col from pg_catalog.pg_constraint k
    join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
    where k.contype = 'f' and k.confrelid = 'app.responder'::regclass and k.conrelid not in (
      'app.responder'::regclass, 'app.responder_contact'::regclass, 'app.invitation'::regclass,
      'app.join_refusal'::regclass, 'app.contact_reveal'::regclass, 'app.override'::regclass)
    order by 1, 2
  loop
    execute format('update %s set %I = $2 where %I = $1', f.tbl, f.col, f.col) using p_from, p_to;
  end loop;
end $$;

-- Where both records have a row and one person may have only one, removes the record's row before the rest moves over.
create function private.drop_doubles(p_record uuid, p_person uuid) returns void language plpgsql as $$
begin
  perform private.drop_double_waits(p_record, p_person);
  delete from app.withheld_name w
  where w.responder_id = p_record and exists (select from app.withheld_name o where o.responder_id = p_person);
  delete from app.draft_assignment d
  where d.responder_id = p_record and exists (
    select from app.draft_assignment o where o.responder_id = p_person and o.shift_id = d.shift_id);
  update app.offer x set state = 'withdrawn', reason = 'joined'
  where x.responder_id = p_record and x.state = 'sent' and exists (
    select from app.offer o where o.responder_id = p_person and o.callout_id = x.callout_id and o.state = 'sent');
  -- nobody covers their own place
  update app.cover_request c set state = 'open', taker_id = null, taker_assignment_id = null,
    back_assignment_id = null, claimed_at = null
  where c.state = 'claimed' and c.responder_id in (p_record, p_person) and c.taker_id in (p_record, p_person);
  -- consents, wishes and hours are the person's own word and hold in every community; one community's list cannot give
  -- them for the others
  delete from app.consent where responder_id = p_record;
  delete from app.wish where id = p_record;
  delete from app.availability where id = p_record;
  delete from app.last_word where responder_id = p_record;
  -- where the person once left the community and now joins again, the community's new report-in counts
  delete from app.report_in p using app.report_in x
  where p.responder_id = p_person and x.responder_id = p_record and p.community_id = x.community_id;
end $$;

-- Nobody waits twice for one shift, nor for one on which they have a place: ends such a turn in the queue, and passes
-- on a place that was held for it.
create function private.drop_double_waits(p_record uuid, p_person uuid) returns void language plpgsql as $$
declare w app.waitlist_entry;
begin
  for w in
    select x.* from app.waitlist_entry x
    where x.responder_id in (p_record, p_person) and x.state in ('waiting', 'held') and (
      x.responder_id = p_record and exists (
        select from app.waitlist_entry o
        where o.responder_id = p_person and o.shift_id = x.shift_id and o.state in ('waiting', 'held'))
      or exists (
        select from app.assignment a
        where a.responder_id in (p_record, p_person) and a.responder_id <> x.responder_id
          and a.shift_id = x.shift_id and private.is_binding(a.state)))
    order by x.shift_id, x.id
  loop
    update app.waitlist_entry set state = 'left', hold_until = null where id = w.id;
    if w.state = 'held' then update app.shift set held = held - 1 where id = w.shift_id; end if;
    perform private.hold_next(w.shift_id, now());
    perform private.tell_place_open(w.shift_id, now(), null, w.created_at);
  end loop;
end $$;
