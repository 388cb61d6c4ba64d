-- Lists of people, as a coordinator brings them: one row, the import of it, the record it made, and an invitation of
-- that record whose token is kept under a name.
create function tests.list_row(p_name text, p_phone text, p_over jsonb default '{}')
returns jsonb language sql immutable as $$
  select jsonb_build_array(jsonb_build_object('row', 1, 'name', p_name, 'phone', p_phone, 'kind', 'sent_cadre',
      'pinyin', 'x', 'initials', 'x', 'skills', '["急救"]'::jsonb)
      || p_over)
$$;
create function tests.bring_people(p_batch text, p_community text, p_rows jsonb) returns jsonb language sql as $$
  select api.import_rows(tests.id(p_batch), 'responder', p_rows,
    jsonb_build_object('community_id', tests.id(p_community), 'file_name', 'x.xlsx', 'demo', false))
$$;
create function tests.record(p_phone text, p_community text) returns uuid language sql stable security definer as $$
  select r.id
  from app.responder_contact c
  join app.responder r on r.id = c.responder_id
  join app.report_in i on i.responder_id = r.id
  where c.phone = p_phone and i.community_id = tests.id(p_community) and i.state <> 'ended'
$$;
create function tests.invite(p_key text, p_phone text, p_community text) returns text language sql as $$
  select set_config('tests.' || p_key,
    api.invite(array[tests.record(p_phone, p_community)]) #>> '{invitations,0,token}', true)
$$;
-- The communities that ask the acting person to join a record, by name.
create function tests.listings() returns text language sql as $$
  select string_agg(concat_ws(' ', data ->> 'community_name', data ->> 'name'), ', ' order by data ->> 'at')
  from tests.visible()
  where tbl = 'my_listing'
$$;

-- keeps the token of an answer for later scenes
create function tests.keep(p_name text, p_answer jsonb) returns text language sql as $$
  select tests.said(p_answer)
  from set_config('tests.' || p_name, coalesce(p_answer ->> 'token', p_answer #>> '{invitations,0,token}', ''), true)
$$;
create function tests.token(p_name text) returns text language sql stable as $$
  select current_setting('tests.' || p_name)
$$;
-- signs up under the address of an invitation, as supabase-js would
create function tests.sign_up(p_login text, p_token text) returns void language sql security definer as $$
  insert into auth.users (id, email)
  select tests.id(p_login), email
  from app.invitation
  where token_hash = private.hash_token(tests.token(p_token))
$$;
