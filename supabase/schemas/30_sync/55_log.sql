-- What an intent leaves behind besides its rows: a line in the event log, and notices.

-- Writes one line into the event log.
create function private.log_event(
  p_actor private.actor,
  p_kind text,
  p_community uuid,
  p_responder uuid default null,
  p_shift uuid default null,
  p_subject uuid default null,
  p_reason text default null,
  p_detail jsonb default null
) returns void language plpgsql as $$
begin
  insert into app.event (
    id, at, kind, login_id, community_id, responder_id, shift_id, subject_id, mutation_id, reason, detail)
  values (
    private.uuid_v7(), p_actor.now, p_kind, p_actor.login_id, p_community, p_responder, p_shift, p_subject,
    p_actor.mutation_id, private.only_code(p_reason), p_detail);
end $$;

-- Tells these logins something about a subject. Each login hears of one kind, subject and step only once.
create function private.notify(
  p_now timestamptz,
  p_logins uuid[],
  p_kind app.notice_kind,
  p_community uuid,
  p_callout uuid,
  p_shift uuid,
  p_subject uuid,
  p_step text default ''
) returns void language sql as $$
  insert into app.notice (id, login_id, kind, community_id, callout_id, shift_id, subject_id, step, created_at)
  select private.uuid_v7(), l, p_kind, p_community, p_callout, p_shift, p_subject, p_step, p_now
  from unnest(p_logins) l
  where l is not null
  order by l
  on conflict on constraint notice_once do nothing
$$;
