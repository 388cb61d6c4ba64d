-- 可值守时间: the parts of a week that suit a person, said by them or by a coordinator of theirs; all of it at once. null
-- takes it back: every time suits again. Shifts they have stay theirs.
select private.learn_shape('save_availability', '{"responder_id":"id","fits":["text 20",24]}');

create function mutator.save_availability(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  v_who uuid;
  v_fits text[] := case when jsonb_typeof(p_args -> 'fits') = 'array' then
    array(select distinct jsonb_array_elements_text(p_args -> 'fits') order by 1) end;
begin
  select id into v_who from app.responder where id = private.try_uuid(p_args ->> 'responder_id') for no key update;
  if not found then return private.refused('gone'); end if;
  perform private.require_say_over(p_actor, v_who);
  if not p_args ? 'fits' or not v_fits <@ private.week_parts() then return private.invalid('fits'); end if;
  if not exists (select from app.report_in where responder_id = v_who and state <> 'ended') then
    return private.refused('not_eligible');
  end if;
  if not private.is_latest_word(p_actor, v_who, 'save_availability') then return private.refused('outdated'); end if;
  if v_fits is null then
    delete from app.availability where id = v_who and ready_until is null;
    update app.availability set fits = null, by_login = null, updated_at = p_actor.now where id = v_who;
  else
    insert into app.availability (id, fits, by_login, updated_at)
    values (v_who, v_fits, p_actor.login_id, p_actor.now)
    on conflict (id) do update
    set fits = excluded.fits, by_login = excluded.by_login, updated_at = excluded.updated_at;
  end if;
  perform private.log_event(p_actor, 'availability_saved', null, v_who, null, v_who);
  return private.applied();
end $$;
