-- 报到 without a login: by the code of a door or of the wall of a 党群服务中心, from a page that anybody may open. A report
-- may be written without a network and is sent when there is one.

select private.learn_shape('send_report.fields', '{"name":"text 200","phone":"text 100",
  "kind":"one sent_cadre party_member_in_service party_member_resident volunteer new_employment",
  "trade":"one parcel rider ride_hailing truck other","rest_from":"text 5","rest_to":"text 5","building_id":"id",
  "address":"text 200","unit":"text 200",
  "unit_kind":"one government office enterprise institution two_new tower park market platform service_centre",
  "people":"int 1 9999","skills":["text 100",20],"fits":["text 20",40],"consents":["text 20",6]}');

-- The community and the wall behind a code; nulls for a code that opens nothing.
create function private.behind_code(p_code text, out community uuid, out wall uuid) language sql stable as $$
  select x.community_id, x.wall from (select private.normal_code(p_code) as code) c
  left join lateral (
    select b.community_id, null::uuid as wall from app.org_unit b where b.door_code = c.code
    union all
    select u.org_unit_id, u.id from app.partner_unit u
    join app.org_unit k on k.id = u.org_unit_id and k.level = 'community'
    where u.wall_code = c.code and u.state = 'active') x on true
$$;

-- What the page needs to ask somebody: the community, its line, and the buildings to pick from. Anybody can read these
-- on the doors themselves. A wrong code is answered alike, without a place.
create function private.report_place(p_code text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  d record;
  c app.org_unit;
begin
  select * into d from private.behind_code(p_code);
  select * into c from app.org_unit where id = d.community;
  return private.ok(jsonb_build_object('found', c.id is not null, 'community_id', c.id, 'community_name', c.name,
    'street_name', (select name from app.org_unit where id = c.parent_id), 'duty_line', c.duty_line,
    'wall', (select name from app.partner_unit where id = d.wall),
    'here', (select b.id from app.org_unit b where b.door_code = private.normal_code(p_code)),
    'demo', exists (select from app.setting where key = 'data' and value = '"demo"'),
    'buildings', (
      select coalesce(jsonb_agg(jsonb_build_object('id', b.id, 'name', pl.name, 'grid', (
          select g.name from app.org_unit g where g.id = private.grid_of(b.id))) order by pl.name, b.id), '[]')
      from app.org_unit b
      join private.place pl on pl.id = b.id
      where b.community_id = c.id and b.level = 'building')));
end $$;
create function api.report_place(p_code text) returns jsonb language sql stable as $$
  select private.report_place(p_code)
$$;

-- Takes a report. The phone makes its id and the token of the receipt, so that one sent twice is one. Whether the number
-- stands on a list already, nothing in the answer tells. Ten an hour from one address at one code, sixty in all.
create function private.send_report(p_id uuid, p_token text, p_code text, p_fields jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  d record;
  x app.report_form;
  old app.report_form;
  v_field text;
begin
  if p_id is null or length(coalesce(p_token, '')) not between 20 and 60 then
    return private.no('invalid', '{"field":"id"}');
  end if;
  select * into old from app.report_form where id = p_id;
  if old.token_hash = private.hash_token(p_token) then
    return private.ok(jsonb_build_object('number', old.number));
  end if;
  if not private.take_token('report_from:' || private.caller_address(), 60, 3600)
    or not private.take_token('report:' || private.caller_address() || private.normal_code(p_code), 10, 3600) then
    return private.no('too_many_tries', '{"retry_after_s":3600}');
  end if;
  if old.id is not null or not private.fits_door(p_fields, 'send_report.fields', 8192) then
    return private.no('invalid', '{"field":"fields"}');
  end if;
  select * into d from private.behind_code(p_code);
  if d.community is null then return private.no('gone'); end if;
  x := private.report_said(p_fields);
  x.id := p_id;
  x.token_hash := private.hash_token(p_token);
  x.community_id := d.community;
  x.wall_unit_id := d.wall;
  v_field := private.fault_of_report(x, p_fields);
  if v_field is not null then return private.no('invalid', jsonb_build_object('field', v_field)); end if;
  if (select count(*) from app.report_form
    where community_id = d.community and state = 'requested' and token_hash is not null) >= 500 then
    return private.no('too_many_tries', '{"retry_after_s":3600}');
  end if;
  x.number := private.next_report_number(d.community, now());
  x.state := 'requested';
  x.created_at := now();
  insert into app.report_form select x.*;
  perform private.tell_of_report(d.community, x.id, now());
  return private.ok(jsonb_build_object('number', x.number));
end $$;
create function api.send_report(p_id uuid, p_token text, p_code text, p_fields jsonb) returns jsonb
language sql volatile as $$
  select private.send_report(p_id, p_token, p_code, p_fields)
$$;

-- What the fields of a report say, in the form in which it is kept.
create function private.report_said(p_fields jsonb) returns app.report_form language plpgsql stable as $$
declare x app.report_form;
begin
  x.name := nullif(left(trim(private.strip_numbers(p_fields ->> 'name')), 40), '');
  x.phone := p_fields ->> 'phone';
  x.trade := (p_fields ->> 'trade')::app.trade;
  x.unit := nullif(left(trim(private.strip_numbers(p_fields ->> 'unit')), 80), '');
  x.unit_kind := (p_fields ->> 'unit_kind')::app.partner_unit_kind;
  x.people := (p_fields ->> 'people')::int;
  x.kind := case when x.trade is not null then 'new_employment' else (p_fields ->> 'kind')::app.responder_kind end;
  x.building_id := private.try_uuid(p_fields ->> 'building_id');
  x.address := nullif(left(trim(private.strip_numbers(p_fields ->> 'address')), 100), '');
  x.rest_from := private.try_time(p_fields ->> 'rest_from');
  x.rest_to := private.try_time(p_fields ->> 'rest_to');
  x.skills := private.skills_of(p_fields -> 'skills');
  if jsonb_typeof(p_fields -> 'fits') = 'array' and private.are_week_parts(p_fields -> 'fits') then
    x.fits := array(select jsonb_array_elements_text(p_fields -> 'fits'));
  end if;
  x.consents := private.consents_of(p_fields -> 'consents');
  return x;
end $$;

-- A text as a time of day, or null if it is none.
create function private.try_time(p_text text) returns time language sql immutable as $$
  select case when p_text ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$' then p_text::time end
$$;

-- The first field of a report that cannot be taken; null when all can.
create function private.fault_of_report(x app.report_form, p_fields jsonb) returns text language sql stable as $$
  select case
    when (x).name is null then 'name'
    when coalesce((x).phone, '') !~ '^1[0-9]{10}$' then 'phone'
    when (x).unit_kind is null and (x).kind is null then 'kind'
    when (x).unit_kind is not null and (x).unit is null then 'unit'
    when num_nonnulls((x).rest_from, (x).rest_to) = 1 then 'rest_from'
    when not private.are_week_parts(p_fields -> 'fits') then 'fits'
    when (x).building_id is not null and not exists (
      select from app.org_unit b
      where b.id = (x).building_id and b.level = 'building' and b.community_id = (x).community_id)
      then 'building_id' end
$$;

-- The receipt behind a private link, for the phone that sent the report. Wrong tokens count, ten a minute from one
-- address; a right one always opens.
create function private.report_receipt(p_token text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare x app.report_form;
begin
  select * into x from app.report_form where token_hash = private.hash_token(left(p_token, 200));
  if not found then
    if not private.take_token('receipt:' || private.caller_address(), 10, 60) then
      return private.no('too_many_tries', '{"retry_after_s":60}');
    end if;
    return private.no('gone');
  end if;
  return private.ok(jsonb_build_object('receipt', private.receipt_of(x), 'may_join', private.may_join_by(x)));
end $$;
create function api.report_receipt(p_token text) returns jsonb language sql volatile as $$
  select private.report_receipt(p_token)
$$;

-- May the receipt's holder make a login for the record? Only where their own report made it: a record that the community
-- had before may be somebody else's with the same name and number, so there a coordinator sends the link.
create function private.may_join_by(p_form app.report_form) returns boolean language sql stable as $$
  select (p_form).state = 'confirmed' and (p_form).made = 'yes' and exists (
    select from app.responder r where r.id = (p_form).responder_id and r.login_id is null and r.state = 'active')
$$;

-- A link to make that login, valid for a day, in the name of the coordinator who confirmed the report.
create function private.join_by_receipt(p_token text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare x app.report_form;
begin
  if not private.take_token('receipt:' || private.caller_address(), 10, 60) then
    return private.no('too_many_tries', '{"retry_after_s":60}');
  end if;
  select * into x from app.report_form where token_hash = private.hash_token(left(p_token, 200));
  if not found then return private.no('gone'); end if;
  perform from app.responder where id = x.responder_id for no key update;
  if not private.may_join_by(x) then return private.no('forbidden'); end if;
  return private.ok(private.write_invitation(x.settled_by, 'responder', 24, p_responder => x.responder_id,
    p_unit => x.community_id));
end $$;
create function api.join_by_receipt(p_token text) returns jsonb language sql volatile as $$
  select private.join_by_receipt(p_token)
$$;
