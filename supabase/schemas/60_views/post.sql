-- A post with its task card and kit, for everybody in the community.
create view projection.post as
  select p.id as pk, array['org:' || p.community_id || ':open'] as scopes, jsonb_build_object(
    'id', p.id, 'community_id', p.community_id, 'org_unit_id', p.org_unit_id, 'name', p.name, 'kind', p.kind,
    'setting', p.setting, 'task', p.task, 'kit', p.kit, 'contact', p.contact,
    'night_minimum', p.night_minimum, 'waitlist_choice', p.waitlist_choice, 'skill', p.skill,
    'ended', p.ended_at is not null) as data
  from app.post p;

-- A changed post also changes the cards of the people there, and what is said of its shifts that somebody changed.
create function private.mark_post() returns trigger language plpgsql as $$
declare v_edits uuid[];
begin
  if tg_op = 'DELETE' then
    perform sync.mark('post', array(select id from old_rows));
    return null;
  end if;
  perform sync.mark('post', array(select id from new_rows));
  if tg_op = 'UPDATE' then
    perform private.mark_cards_at(array(select id from new_rows));
    select array_agg(x.id) into v_edits from (
      select e.id from app.shift_edit e
      where e.post_id in (select n.id from new_rows n) order by e.id for no key update) x;
    perform sync.mark('shift_edit', v_edits);
  end if;
  return null;
end $$;
call private.track('app.post', 'private.mark_post');
