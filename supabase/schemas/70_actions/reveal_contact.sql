-- Why no number is shown for this reason, as an answer; null where one may be. A reason is words, and a login has 20
-- looks an hour at numbers of every kind, so that nobody copies a list person by person.
create function private.why_hidden(p_login uuid, p_reason text) returns jsonb language plpgsql as $$
begin
  if length(p_reason) > 2000 or not private.says_something(p_reason) then
    return private.no('invalid', '{"field":"reason"}');
  end if;
  if not private.take_token('reveal:' || p_login, 20, 3600) then
    return private.no('too_many_tries', '{"retry_after_s":3600}');
  end if;
  return null;
end $$;

-- Shows a person's number to somebody who may see it, with a reason that is logged (R14). The reveal ends with the
-- shift they share, or after 15 minutes.
create function private.reveal_contact(p_responder uuid, p_reason text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  v_no jsonb;
  v_phone text;
  v_until timestamptz;
begin
  if not private.may_reveal(me, p_responder) then return private.no('not_on_duty_together'); end if;
  v_no := private.why_hidden(me, p_reason);
  if v_no is not null then return v_no; end if;
  select phone into v_phone from app.responder_contact where responder_id = p_responder;
  if v_phone is null then return private.no('no_contact'); end if;
  select coalesce(min(ends_at), now() + interval '15 minutes') into v_until from app.assignment
  where responder_id = p_responder and state in ('accepted', 'on_post')
    and now() between starts_at - private.soon() and ends_at;
  insert into app.contact_reveal (id, responder_id, login_id, reason, until)
  values (private.uuid_v7(), p_responder, me, left(trim(p_reason), 200), v_until);
  return private.ok(jsonb_build_object('phone', v_phone, 'until', v_until));
end $$;
create function api.reveal_contact(p_responder_id uuid, p_reason text) returns jsonb language sql volatile as $$
  select private.reveal_contact(p_responder_id, p_reason)
$$;

-- Shows the contact that a resident left with a request to a coordinator of the community, with a reason that is
-- logged. Everybody else is answered alike, whether there is such a request or not. The look ends after 15 minutes; the
-- contact itself goes 30 days after the request (R38).
create function private.reveal_request(p_request uuid, p_reason text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  v_no jsonb;
  q app.request;
  v_until timestamptz := now() + interval '15 minutes';
begin
  select * into q from app.request where id = p_request;
  if not found or not private.coordinates(me, q.community_id) then return private.no('forbidden'); end if;
  v_no := private.why_hidden(me, p_reason);
  if v_no is not null then return v_no; end if;
  if q.contact is null then return private.no('no_contact'); end if;
  insert into app.request_reveal (id, request_id, login_id, reason, until)
  values (private.uuid_v7(), q.id, me, left(trim(p_reason), 200), v_until);
  return private.ok(jsonb_build_object('contact', q.contact, 'until', v_until));
end $$;
create function api.reveal_request(p_request_id uuid, p_reason text) returns jsonb language sql volatile as $$
  select private.reveal_request(p_request_id, p_reason)
$$;

-- Shows the number of somebody who reports in to a coordinator of the community, who has to talk to them before saying
-- yes. Logged, within the same 20 an hour; everybody else is answered alike, whether there is such a report or not. The
-- number of a record is theirs to see while the report waits, and then while its person is on their list.
create function private.reveal_report(p_report uuid, p_reason text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  v_no jsonb;
  x app.report_form;
  v_phone text;
  v_until timestamptz := now() + interval '15 minutes';
begin
  select * into x from app.report_form where id = p_report;
  if not found or not private.coordinates(me, x.community_id) then return private.no('forbidden'); end if;
  v_no := private.why_hidden(me, p_reason);
  if v_no is not null then return v_no; end if;
  v_phone := coalesce(x.phone, (
    select c.phone from app.responder_contact c
    where c.responder_id = x.responder_id
      and (x.state = 'requested' or private.coordinates_person(me, x.responder_id))));
  if v_phone is null then return private.no('no_contact'); end if;
  insert into app.report_reveal (id, report_id, community_id, login_id, reason, until)
  values (private.uuid_v7(), x.id, x.community_id, me, left(trim(p_reason), 200), v_until);
  return private.ok(jsonb_build_object('phone', v_phone, 'until', v_until));
end $$;
create function api.reveal_report(p_report_id uuid, p_reason text) returns jsonb language sql volatile as $$
  select private.reveal_report(p_report_id, p_reason)
$$;
