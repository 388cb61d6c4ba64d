-- Who may serve at a shift: they belong there, and they are what it asks for.

-- May this person serve at this shift?
create function private.may_serve(p_responder uuid, p_shift app.shift) returns boolean language plpgsql stable as $$
begin
  return private.serves_there(p_responder, p_shift) and private.meets(p_responder, p_shift);
end $$;

-- Does the person belong to the shift's community, by a confirmed report-in, or were they asked for its call-out?
create function private.serves_there(p_responder uuid, p_shift app.shift) returns boolean language plpgsql stable as $$
begin
  return exists (select from app.responder r where r.id = p_responder and r.state = 'active')
    and (
      exists (
        select from app.report_in ri
        where ri.responder_id = p_responder and ri.community_id = p_shift.community_id and ri.state = 'confirmed')
      or exists (
        select from app.offer o
        where o.responder_id = p_responder and o.callout_id = p_shift.callout_id
          and o.state in ('sent', 'expired', 'declined')));
end $$;

-- The requirement of shifts whose people must be able to do this; null: none.
create function private.requirement_of(p_skill text) returns jsonb language sql immutable as $$
  select case when p_skill is not null then jsonb_build_object('skill', p_skill) end
$$;

-- Is the person what the shift asks for? src/domain/person.ts lackedSkill says the same of skills.
create function private.meets(p_responder uuid, p_shift app.shift) returns boolean language plpgsql stable as $$
begin
  return p_shift.requirement is null or exists (
    select from app.responder r
    where r.id = p_responder
      and (p_shift.requirement ->> 'skill' is null or p_shift.requirement ->> 'skill' = any (r.skills))
      and (p_shift.requirement ->> 'kind' is null or p_shift.requirement ->> 'kind' = r.kind::text));
end $$;
