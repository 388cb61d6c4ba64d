-- 报到 (R25): a report becomes a place on the community's list when a coordinator confirms it.

-- The next number of a community's reports: BD, the day, and a count of the year. It tells the number of reports, and
-- nothing of a person.
create function private.next_report_number(p_community uuid, p_now timestamptz) returns text language sql volatile as $$
  insert into app.report_count as c (community_id, year, last)
  values (p_community, extract(year from private.day_of(p_now))::int, 1)
  on conflict (community_id, year) do update set last = c.last + 1
  returning 'BD-' || to_char(private.day_of(p_now), 'MMDD') || '-' || lpad(last::text, 4, '0')
$$;

-- The consents of a list that came from outside, each once.
create function private.consents_of(p_list jsonb) returns app.consent_purpose[] language sql immutable as $$
  select coalesce(array_agg(distinct p), '{}')
  from jsonb_array_elements_text(case when jsonb_typeof(p_list) = 'array' then p_list else '[]' end) e(word)
  join unnest(enum_range(null::app.consent_purpose)) p on p::text = e.word
$$;

-- The words of a list that came from outside, without numbers, at most 20 of 20 characters.
create function private.skills_of(p_list jsonb) returns text[] language sql immutable as $$
  select coalesce(array_agg(w order by i), '{}') from (
    select distinct on (w) w, i
    from jsonb_array_elements_text(case when jsonb_typeof(p_list) = 'array' then p_list else '[]' end)
      with ordinality e(word, i)
    cross join lateral (select left(trim(private.strip_numbers(e.word)), 20) as w) s
    where w <> '' and i <= 20
    order by w, i) x
$$;

-- The grid in which a building lies; null where there is none.
create function private.grid_of(p_building uuid) returns uuid language sql stable as $$
  select g.id from app.org_unit b
  join app.org_unit g on g.level = 'grid' and b.path operator(extensions.<@) g.path
  where b.id = p_building
$$;

-- What a record says where the person has not given their name: trade and number. It is kept in the language of the
-- database, like 管理员.
create function private.trade_name(p_trade app.trade, p_number text) returns text language sql immutable as $$
  select case p_trade when 'parcel' then '快递员' when 'rider' then '骑手' when 'ride_hailing' then '网约车司机'
    when 'truck' then '货车司机' else '新就业群体' end || ' ' || right(p_number, 4)
$$;

-- Tells the coordinators of a community that somebody reported in; step tells two lists of one unit apart.
create function private.tell_of_report(p_community uuid, p_subject uuid, p_now timestamptz, p_step text default '')
returns void language sql as $$
  select private.notify(p_now, private.coordinators_of(p_community), 'report_asked', p_community, null, null, p_subject,
    p_step)
$$;

-- Tells who reported in that the community has answered; the notice says which community.
create function private.tell_reporter(p_form app.report_form, p_now timestamptz) returns void language sql as $$
  insert into app.notice (id, login_id, kind, community_id, subject_id, step, org_unit_id, place_name, created_at)
  select private.uuid_v7(), coalesce(p_form.login_id, r.login_id), 'report_settled', u.id, p_form.id,
    case p_form.state when 'confirmed' then 'confirmed' else 'declined' end, u.id, u.name, p_now
  from app.org_unit u
  left join app.responder r on r.id = p_form.responder_id
  where u.id = p_form.community_id and coalesce(p_form.login_id, r.login_id) is not null
  on conflict on constraint notice_once do nothing
$$;

-- The record that a report is about, locked: the person's own where they have one, else the community's record of the
-- number; nulls where there is none yet.
create function private.record_of_report(p_form app.report_form) returns app.responder language plpgsql as $$
declare r app.responder;
begin
  if p_form.responder_id is null then return private.own_record(p_form.community_id, p_form.phone); end if;
  select * into r from app.responder where id = p_form.responder_id for no key update;
  return r;
end $$;

-- Does a record say the name of the report? A number may stand on the list under another name; then a coordinator has to
-- look first.
create function private.names_same(p_form app.report_form, p_person app.responder) returns boolean
language sql stable as $$
  select (p_form).responder_id is not null or (p_person).name = (p_form).name or exists (
    select from app.withheld_name w where w.responder_id = (p_person).id and w.name = (p_form).name)
$$;

-- Makes the record of a report.
create function private.make_record(p_form app.report_form, p_by uuid) returns app.responder language plpgsql as $$
declare r app.responder;
begin
  r.id := private.uuid_v7();
  insert into app.responder (id, kind, name, created_by) values (r.id, p_form.kind, p_form.name, p_by);
  insert into app.responder_contact (responder_id, phone, community_id, created_by)
  values (r.id, p_form.phone, p_form.community_id, p_by);
  select * into r from app.responder where id = r.id;
  return r;
end $$;

-- Writes what a report says into its record: home, employer and skills. Consents, hours and how somebody is named are
-- the person's own word: they are taken where the report made the record, or came from their own login. A report without
-- a login that names somebody who is on the list already could be written by anybody.
create function private.take_report(p_form app.report_form, p_person app.responder, p_made app.yes_no, p_by uuid)
returns void language plpgsql as $$
declare
  v_batch app.import_batch;
  v_own boolean := p_made = 'yes' or p_form.login_id is not null;
begin
  v_batch.community_id := p_form.community_id;
  v_batch.created_by := p_by;
  update app.responder set
    home_building_id = case when v_own then coalesce(p_form.building_id, home_building_id)
      else coalesce(home_building_id, p_form.building_id) end,
    -- whom the list has with another unit stays there: the word they gave that unit is none to the liaison of this one
    partner_unit_id = coalesce(partner_unit_id, p_form.partner_unit_id,
      private.partner_named(v_batch, p_form.unit)),
    skills = array(select distinct s from unnest(skills || p_form.skills) s order by s),
    updated_at = clock_timestamp()
  where id = p_person.id;
  if not v_own then return; end if;
  insert into app.consent (responder_id, purpose, given_at, created_by)
  select p_person.id, c, p_form.created_at, p_form.login_id from unnest(p_form.consents) c
  on conflict (responder_id, purpose) do nothing;
  if p_form.fits is not null then
    insert into app.availability (id, fits, by_login) values (p_person.id, p_form.fits, p_form.login_id)
    on conflict (id) do nothing;
  end if;
  if p_form.trade is not null then
    insert into app.withheld_name (responder_id, name, shown_as)
    values (p_person.id, coalesce(p_form.name, p_person.name), private.trade_name(p_form.trade, p_form.number))
    on conflict (responder_id) do nothing;
    perform private.show_reported_name(p_person.id);
  end if;
end $$;

-- The name on the record of somebody in 新就业群体: theirs while they agree to it (report_name), else trade and number.
-- Their login goes by the same name, because logs say who did something. The letters by which a name is found go.
create function private.show_reported_name(p_responder uuid) returns void language plpgsql as $$
declare
  w app.withheld_name;
  r app.responder;
  v_name text;
begin
  select * into w from app.withheld_name where responder_id = p_responder;
  if not found then return; end if;
  select * into r from app.responder where id = p_responder for no key update;
  v_name := case
    when exists (
      select from app.consent k
      where k.responder_id = r.id and k.purpose = 'report_name' and k.withdrawn_at is null) then w.name
    else w.shown_as end;
  if r.name = v_name then return; end if;
  update app.login set name = v_name where id = r.login_id and name = r.name;
  update app.responder set name = v_name, pinyin = '', initials = '', updated_at = clock_timestamp() where id = r.id;
end $$;
