-- 今天可以, 今天不行, and taking either back: a person's word for today, until 06:00. The one ends the other. 今天不行 is an
-- absence from the tap on; 今天可以 lifts their weekly hours and puts them first among those of a tier.
select private.learn_shape('say_today', '{"absence_id":"id","answer":"one can cannot nothing"}');

create function mutator.say_today(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  x app.absence;
  v_answer text := p_args ->> 'answer';
begin
  x.id := private.try_uuid(p_args ->> 'absence_id');
  x.responder_id := p_actor.responder_id;
  x.starts_at := least(coalesce(p_actor.tapped_at, p_actor.now), p_actor.now);
  x.ends_at := private.night_end(x.starts_at);
  if v_answer is null then return private.invalid('answer'); end if;
  if x.id is null then return private.invalid('absence_id'); end if;
  perform from app.responder where id = x.responder_id for no key update;
  if not exists (select from app.report_in where responder_id = x.responder_id and state = 'confirmed') then
    return private.refused('not_eligible');
  end if;
  -- said last night, and heard today
  if x.ends_at <= p_actor.now then return private.refused('stale'); end if;
  if v_answer = 'cannot' and exists (select from app.absence where id = x.id) then
    return private.applied('already');
  end if;
  if not private.is_latest_word(p_actor, x.responder_id, 'say_today') then return private.refused('outdated'); end if;
  delete from app.absence
  where responder_id = x.responder_id and today and ended_at is null and ends_at > p_actor.now;
  delete from app.availability where id = x.responder_id and fits is null and v_answer <> 'can';
  update app.availability set ready_until = null
  where id = x.responder_id and ready_until is not null and v_answer <> 'can';
  if v_answer = 'can' then
    insert into app.availability (id, ready_until, updated_at) values (x.responder_id, x.ends_at, p_actor.now)
    on conflict (id) do update set ready_until = excluded.ready_until;
  elsif v_answer = 'cannot' then
    perform private.tell_of_duty_inside(p_actor, x);
    insert into app.absence (id, responder_id, starts_at, ends_at, today, created_at, created_by)
    values (x.id, x.responder_id, x.starts_at, x.ends_at, true, p_actor.now, p_actor.login_id);
  end if;
  return private.applied();
end $$;
