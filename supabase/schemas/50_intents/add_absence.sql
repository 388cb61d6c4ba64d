-- 请假: a person says when they are away, or a coordinator of theirs says it for them. Shifts that lie inside stay theirs
-- until somebody else has them; the coordinators are told of each. The reason reaches only them and the person.
select private.learn_shape('add_absence', '{"absence_id":"id","responder_id":"id","starts_at":"time","ends_at":"time",
  "reason":"text 2000"}');

create function mutator.add_absence(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  x app.absence;
begin
  x.id := private.try_uuid(p_args ->> 'absence_id');
  x.starts_at := (p_args ->> 'starts_at')::timestamptz;
  x.ends_at := (p_args ->> 'ends_at')::timestamptz;
  select id into x.responder_id from app.responder
  where id = private.try_uuid(p_args ->> 'responder_id') for no key update;
  if not found then return private.refused('gone'); end if;
  perform private.require_say_over(p_actor, x.responder_id);
  if x.id is null then return private.invalid('absence_id'); end if;
  if x.starts_at is null then return private.invalid('starts_at'); end if;
  if x.ends_at is null or x.ends_at <= x.starts_at then return private.invalid('ends_at'); end if;
  if exists (select from app.absence where id = x.id and responder_id = x.responder_id) then
    return private.applied('already');
  end if;
  if not exists (select from app.report_in where responder_id = x.responder_id and state <> 'ended') then
    return private.refused('not_eligible');
  end if;
  -- more than anybody needs; it bounds what a phone out of order can store
  if (select count(*) from app.absence
    where responder_id = x.responder_id and ended_at is null and ends_at > p_actor.now) >= 40 then
    return private.refused('over_capacity');
  end if;
  perform private.tell_of_duty_inside(p_actor, x);
  insert into app.absence (id, responder_id, starts_at, ends_at, reason, created_at, created_by)
  values (x.id, x.responder_id, x.starts_at, x.ends_at, nullif(private.plain_words(p_args ->> 'reason'), ''),
    p_actor.now, p_actor.login_id);
  perform private.log_event(p_actor, 'absence_added', null, x.responder_id, null, x.id);
  return private.applied();
end $$;

-- One line for the coordinators of each shift that the person has and that begins to lie inside an absence; a notice
-- follows it (private.notice_events). One that lies inside another absence already was told with that, and who changes
-- their mind is not told of twice in two hours. Where they had changed it before the notice was sent, it is sent now.
create function private.tell_of_duty_inside(p_actor private.actor, p_absence app.absence) returns void
language sql as $$
  update app.notice n set next_at = p_actor.now
  from app.assignment a
  where n.kind = 'away_on_duty' and n.subject_id = a.id and n.rung = 0 and n.next_at is null and n.read_at is null
    and a.responder_id = p_absence.responder_id
    and a.starts_at < p_absence.ends_at and a.ends_at > p_absence.starts_at;
  insert into app.event (id, at, kind, login_id, community_id, responder_id, shift_id, subject_id, mutation_id)
  select private.uuid_v7(), p_actor.now, 'away_on_duty', p_actor.login_id, s.community_id, a.responder_id, s.id, a.id,
    p_actor.mutation_id
  from app.assignment a
  join app.shift s on s.id = a.shift_id
  where a.responder_id = p_absence.responder_id and a.state in ('assigned', 'accepted') and a.ends_at > p_actor.now
    and a.starts_at < p_absence.ends_at and a.ends_at > p_absence.starts_at
    and not private.is_away(a.responder_id, a.starts_at, a.ends_at)
    and not exists (
      select from app.event e
      where e.responder_id = a.responder_id and e.kind = 'away_on_duty' and e.subject_id = a.id
        and e.at > p_actor.now - interval '2 hours')
  order by s.starts_at, s.id
$$;
