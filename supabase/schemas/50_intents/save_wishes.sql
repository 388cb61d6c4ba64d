-- 值班意愿: what a person wishes of the automatic roster. It binds nobody, and nobody else says it for them. To wish for
-- nothing in particular leaves no row.
select private.learn_shape('save_wishes', '{"turns":"one fewer as_usual more","nights":"one yes no"}');

create function mutator.save_wishes(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  v_turns app.wish_turns := (p_args ->> 'turns')::app.wish_turns;
  v_nights app.yes_no := (p_args ->> 'nights')::app.yes_no;
begin
  if v_turns is null then return private.invalid('turns'); end if;
  if v_nights is null then return private.invalid('nights'); end if;
  perform from app.responder where id = p_actor.responder_id for no key update;
  if not exists (
    select from app.report_in i where i.responder_id = p_actor.responder_id and i.state <> 'ended') then
    return private.refused('not_eligible');
  end if;
  if not private.is_latest_word(p_actor, p_actor.responder_id, 'save_wishes') then
    return private.refused('outdated');
  end if;
  if (v_turns, v_nights) = ('as_usual', 'yes') then
    delete from app.wish where id = p_actor.responder_id;
  else
    insert into app.wish (id, turns, nights, updated_at)
    values (p_actor.responder_id, v_turns, v_nights, p_actor.now)
    on conflict (id) do update
    set turns = excluded.turns, nights = excluded.nights, updated_at = excluded.updated_at;
  end if;
  return private.applied();
end $$;
