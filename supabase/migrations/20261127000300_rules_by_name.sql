-- Three lists that every new feature had to repeat, kept by a rule each, so that two features cannot undo each other's entry.

-- Makes sync.project anew: one static branch per view of schema `projection`, so that the plans are kept. A migration that adds a view calls it.
create function private.learn_projections() returns void language plpgsql as $$
begin
  execute (select format('create or replace function sync.project(p_tbl text, p_pks uuid[]) returns table (pk uuid, scopes text[], data jsonb) language plpgsql stable as
    %L', e'begin\n  case p_tbl\n' || string_agg(format(e'    when %L then return query select v.pk, v.scopes, v.data from projection.%I v where v.pk = any (p_pks);\n', c.relname, c.relname), '' order by c.relname)
      || e'  end case;\nend')
    from pg_class c where c.relnamespace = 'projection'::regnamespace and c.relkind = 'v');
end $$;
select private.learn_projections();

-- Every grant in one place. Functions of schema `api` are for people signed in, some also for visitors, and those named worker_… only for the server's
-- own workers; the function of the same name in `private` is what the wrapper calls, and is granted with it.
create or replace function private.apply_grants() returns void language plpgsql as $$
declare f record;
begin
  revoke all on all tables in schema app, sync, projection, private from public, anon, authenticated, service_role;
  revoke all on all sequences in schema app, sync from public, anon, authenticated, service_role;
  revoke execute on all functions in schema api, private, mutator, sync from public, anon, authenticated, service_role;
  revoke execute on all procedures in schema private from public, anon, authenticated, service_role;
  revoke all on schema app, mutator, projection from public, anon, authenticated, service_role;
  grant usage on schema api, private, extensions to anon, authenticated, service_role;
  grant usage on schema sync to authenticated;

  -- pull reads these three through their policies
  grant select on sync.entry, sync.scope, sync.client to authenticated;

  for f in
    select p.oid::regprocedure as signature, case
      when w.proname like 'worker\_%' then 'service_role'
      when w.proname in ('sign_in_name', 'invitation', 'judge_password', 'reset_password', 'feedback', 'request_help',
        'duty_board', 'who_am_i') then 'anon, authenticated'
      else 'authenticated' end as readers
    from pg_proc w join pg_proc p on p.proname = w.proname and p.pronamespace in ('api'::regnamespace, 'private'::regnamespace)
    where w.pronamespace = 'api'::regnamespace
  loop
    execute format('grant execute on function %s to %s', f.signature, f.readers);
  end loop;
  -- what the wrappers and the policies use besides
  grant execute on function private.login_id() to anon, authenticated, service_role;
  grant execute on function private.current_epoch(), private.known_epoch(uuid), private.admit_pull(jsonb), private.my_ranked_scopes(), private.my_scopes(), private.may_join(uuid, text) to authenticated;
  perform private.grant_auth_hooks();
end $$;

-- What a coordinator has to act on, or to know at once.
create function private.for_leads(p_kind text) returns boolean language sql immutable parallel safe as $$
  select p_kind in ('no_relief', 'disputed', 'mode_expiring', 'mode_expired', 'left_community', 'account_closed', 'help_request',
    'not_arrived', 'unconfirmed', 'relief_late', 'handover_forced', 'taken_over', 'escalated', 'rung_skipped', 'unfilled', 'reinforcement_asked', 'reinforcement_answered',
    'reset_issued', 'appointed', 'record_joined', 'stand_in_refused')
$$;

-- Ids in the log become names of today: of the person, of whoever acted, of the place.
create or replace view projection.lead_event as
  select e.id as pk, array['lead:' || e.community_id] as scopes, jsonb_build_object(
    'id', e.id, 'community_id', e.community_id, 'kind', e.kind, 'shift_id', e.shift_id, 'responder_id', e.responder_id,
    'name', coalesce(r.name, case e.kind when 'reset_issued' then (select l.name from app.login l where l.id = e.subject_id)
      when 'appointed' then (select i.person from app.invitation i where i.id = e.subject_id) end),
    'at', e.at, 'detail', case
      when e.kind = 'help_request' then (
        select jsonb_build_object('text', q.text, 'contact', private.mask_phone(q.contact), 'building_id', q.building_id) from app.request q where q.id = e.subject_id)
      when e.kind in ('reset_issued', 'appointed', 'record_joined') then coalesce(e.detail, '{}') || jsonb_build_object(
        'by_name', (select l.name from app.login l where l.id = e.login_id),
        'place_name', (select u.name from app.org_unit u where u.id = (e.detail ->> 'org_unit_id')::uuid))
      else e.detail end) as data
  from app.event e left join app.responder o on o.id = e.responder_id left join app.responder r on r.id = coalesce(o.joined_to, o.id)
  where e.community_id is not null and private.for_leads(e.kind);

create or replace function private.mark_event() returns trigger language plpgsql as $$
begin
  perform sync.mark('lead_event', array(select id from new_rows where private.for_leads(kind)));
  return null;
end $$;
select private.apply_grants();
