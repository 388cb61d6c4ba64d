-- Shows the numbers of a list of people for an export (R14): to a coordinator of their community, with a reason that is
-- logged for each of them. Whom the caller does not coordinate, or who left no number, is left out.
create function private.reveal_list(p_responders uuid[], p_reason text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  v_people uuid[];
begin
  if coalesce(cardinality(p_responders), 0) not between 1 and 300 then
    return private.no('invalid', '{"field":"responders"}');
  end if;
  v_people := array(
    select c.responder_id from app.responder_contact c
    where c.responder_id = any (p_responders) and private.coordinates_person(me, c.responder_id));
  if cardinality(v_people) = 0 then return private.no('forbidden'); end if;
  if p_reason is null or length(p_reason) > 2000 or not private.says_something(p_reason) then
    return private.no('invalid', '{"field":"reason"}');
  end if;
  -- a ledger or two an hour; person by person there are twenty
  if not private.take_token('reveal_list:' || me, 3, 3600) then
    return private.no('too_many_tries', '{"retry_after_s":3600}');
  end if;
  insert into app.contact_reveal (id, responder_id, login_id, reason, until)
  select private.uuid_v7(), x, me, left(trim(p_reason), 200), now() + interval '15 minutes' from unnest(v_people) x;
  return private.ok(jsonb_build_object('contacts', (
    select jsonb_agg(jsonb_build_object('responder_id', c.responder_id, 'phone', c.phone) order by c.responder_id)
    from app.responder_contact c where c.responder_id = any (v_people))));
end $$;
create function api.reveal_list(p_responder_ids uuid[], p_reason text) returns jsonb language sql volatile as $$
  select private.reveal_list(p_responder_ids, p_reason)
$$;
