-- What every text of the database holds, in one list that a test compares with the catalogue: a column that is not in
-- it fails supabase/tests/database/texts.test.sql. Triggers made from this list (85_generated/strip.sql) take phone
-- numbers out of what people type, at the table, so that no path leads around them. docs/adr/0015 says which columns
-- keep a number on purpose.

-- holds:
--   words    what a person wrote: no number, and no name of a person who has closed their account
--   label    the name of a thing or a person: no number
--   number   meant to hold a number
--   code     made by the server: codes, ids, figures
--   secret   addresses and keys
--   copy     of other columns; the marks keep it right
-- belongs, for words only: a condition that is true if row x may speak of a person of the communities $1 whose login is
-- $2.
create function private.texts() returns table (tbl text, col text, holds text, belongs text)
language sql immutable as $$
  values
    ('app.absence', 'reason', 'words', 'exists (select from app.report_in i
      where i.responder_id = x.responder_id and i.community_id = any ($1))'),
    ('app.assignment', 'left_because', 'words',
      '(select s.community_id from app.shift s where s.id = x.shift_id) = any ($1)'),
    ('app.calendar_link', 'token_hash', 'secret', null),
    ('app.calendar_link', 'locale', 'code', null),
    ('app.availability', 'fits', 'code', null),
    ('app.callout', 'title', 'words', 'x.community_id = any ($1)'),
    ('app.callout', 'stood_down_because', 'words', 'x.community_id = any ($1)'),
    ('app.callout', 'policy', 'label', null),
    ('app.callout_template', 'key', 'code', null),
    ('app.callout_template', 'name', 'words', 'x.community_id = any ($1)'),
    ('app.callout_template', 'ground', 'words', 'x.community_id = any ($1)'),
    ('app.callout_template', 'task', 'words', 'x.community_id = any ($1)'),
    ('app.callout_template', 'kit', 'words', 'x.community_id = any ($1)'),
    ('app.contact_reveal', 'reason', 'words', 'x.login_id = $2 or exists (select from app.report_in i
      where i.responder_id = x.responder_id and i.community_id = any ($1))'),
    ('app.delivery', 'content', 'code', null),
    ('app.delivery', 'error', 'code', null),
    ('app.event', 'kind', 'code', null),
    ('app.event', 'reason', 'code', null),
    ('app.event', 'detail', 'code', null),
    ('app.feedback', 'text', 'words', 'x.community_id = any ($1) or x.login_id = $2'),
    ('app.feedback', 'page', 'label', null),
    ('app.handover', 'done', 'words', 'x.community_id = any ($1)'),
    ('app.handover', 'todo', 'words', 'x.community_id = any ($1)'),
    ('app.handover', 'supplies', 'words', 'x.community_id = any ($1)'),
    ('app.handover', 'risks', 'words', 'x.community_id = any ($1)'),
    ('app.handover', 'forced_reason', 'words', 'x.community_id = any ($1)'),
    ('app.holiday', 'name', 'label', null),
    ('app.import_batch', 'file_name', 'words', 'x.community_id = any ($1)'),
    ('app.import_change', 'record_table', 'code', null),
    ('app.import_change', 'field', 'code', null),
    ('app.import_change', 'before', 'number', null),
    ('app.import_change', 'after', 'number', null),
    ('app.import_row', 'status', 'code', null),
    ('app.import_row', 'code', 'code', null),
    ('app.import_row', 'field', 'code', null),
    ('app.import_row', 'record_table', 'code', null),
    ('app.import_row', 'fingerprint', 'code', null),
    ('app.last_word', 'about', 'code', null),
    ('app.invitation', 'token_hash', 'secret', null),
    ('app.invitation', 'email', 'secret', null),
    ('app.invitation', 'person', 'label', null),
    ('app.login', 'sign_in_name', 'number', null),
    ('app.login', 'email', 'secret', null),
    ('app.login', 'name', 'label', null),
    ('app.login', 'seal_key', 'secret', null),
    ('app.mode', 'ground', 'words',
      '(select u.community_id from app.org_unit u where u.id = x.org_unit_id) = any ($1)'),
    ('app.mode', 'document_no', 'words',
      '(select u.community_id from app.org_unit u where u.id = x.org_unit_id) = any ($1)'),
    ('app.notice', 'reason', 'words', 'x.community_id = any ($1)'),
    ('app.notice', 'step', 'code', null),
    ('app.notice', 'place_name', 'copy', null),
    ('app.notice', 'post_name', 'copy', null),
    ('app.offer', 'reason', 'words', '(select c.community_id from app.callout c where c.id = x.callout_id) = any ($1)'),
    ('app.offer', 'why', 'code', null),
    ('app.org_unit', 'code', 'code', null),
    ('app.org_unit', 'name', 'label', null),
    ('app.org_unit', 'duty_line', 'number', null),
    ('app.org_unit', 'door_code', 'code', null),
    ('app.override', 'limits', 'code', null),
    ('app.override', 'reason', 'words',
      '(select s.community_id from app.assignment a join app.shift s on s.id = a.shift_id
      where a.id = x.id) = any ($1)'),
    ('app.partner_unit', 'name', 'label', null),
    ('app.partner_unit', 'address', 'label', null),
    ('app.partner_unit', 'line', 'number', null),
    ('app.partner_unit', 'wall_code', 'code', null),
    ('app.party_org', 'name', 'label', null),
    ('app.party_post', 'holder', 'words', 'x.holder is not null
      and (select o.keeper_id from app.party_org o where o.id = x.party_org_id) = any ($1)'),
    ('app.post', 'name', 'label', null),
    ('app.post', 'task', 'words', 'x.community_id = any ($1)'),
    ('app.post', 'kit', 'words', 'x.community_id = any ($1)'),
    ('app.post', 'contact', 'number', null),
    ('app.post', 'skill', 'label', null),
    ('app.push_subscription', 'endpoint', 'secret', null),
    ('app.push_subscription', 'p256dh', 'secret', null),
    ('app.push_subscription', 'auth', 'secret', null),
    ('app.push_subscription', 'locale', 'code', null),
    ('app.reinforcement', 'note', 'words', 'x.from_community_id = any ($1) or x.to_community_id = any ($1)'),
    ('app.report_form', 'token_hash', 'secret', null),
    ('app.report_form', 'number', 'code', null),
    ('app.report_form', 'name', 'label', null),
    ('app.report_form', 'phone', 'number', null),
    ('app.report_form', 'address', 'label', null),
    ('app.report_form', 'unit', 'label', null),
    ('app.report_form', 'skills', 'label', null),
    ('app.report_form', 'fits', 'code', null),
    ('app.report_reveal', 'reason', 'words', 'x.login_id = $2 or x.community_id = any ($1)'),
    ('app.request', 'text', 'words', 'x.community_id = any ($1)'),
    ('app.request', 'contact', 'number', null),
    ('app.request_reveal', 'reason', 'words', 'x.login_id = $2
      or (select q.community_id from app.request q where q.id = x.request_id) = any ($1)'),
    ('app.responder', 'name', 'label', null),
    ('app.responder', 'display_name', 'label', null),
    ('app.responder', 'pinyin', 'label', null),
    ('app.responder', 'initials', 'label', null),
    ('app.responder', 'skills', 'label', null),
    ('app.responder_contact', 'phone', 'number', null),
    ('app.robot', 'webhook', 'secret', null),
    ('app.robot', 'secret', 'secret', null),
    ('app.roster', 'name', 'words', 'x.community_id = any ($1)'),
    ('app.seat', 'title', 'label', null),
    ('app.seat', 'holder', 'words', 'x.holder is not null and x.council_id = any ($1)'),
    ('app.seat', 'substitute', 'words', 'x.council_id = any ($1)'),
    ('app.setting', 'key', 'code', null),
    ('app.setting', 'value', 'code', null),
    ('app.shift', 'requirement', 'label', null),
    ('app.sign_in_try', 'account', 'secret', null),
    ('app.sign_in_try', 'address', 'secret', null),
    ('app.withheld_name', 'name', 'label', null),
    ('app.withheld_name', 'shown_as', 'label', null),
    ('sync.bell', 'topic', 'code', null),
    ('sync.entry', 'scope', 'code', null),
    ('sync.entry', 'tbl', 'code', null),
    ('sync.entry', 'data', 'copy', null),
    ('sync.era', 'place', 'code', null),
    ('sync.head_mark', 'scope', 'code', null),
    ('sync.nightly', 'expired', 'code', null),
    ('sync.nightly', 'findings', 'code', null),
    ('sync.result', 'name', 'code', null),
    ('sync.result', 'status', 'code', null),
    ('sync.result', 'detail', 'words', 'x.login_id = $2 or private.is_among(x.login_id, $1)'),
    ('sync.result', 'args', 'words', 'x.login_id = $2 or private.is_among(x.login_id, $1)'),
    ('sync.scope', 'id', 'code', null),
    ('sync.tombstones_gone', 'scope', 'code', null)
$$;

-- Does a login serve, or hold a role, in one of these communities?
create function private.is_among(p_login uuid, p_communities uuid[]) returns boolean language sql stable as $$
  select exists (
      select from app.responder r
      join app.report_in i on i.responder_id = r.id
      where r.login_id = p_login and i.community_id = any (p_communities))
    or exists (
      select from app.role_grant g
      join app.org_unit u on u.id = g.org_unit_id
      where g.login_id = p_login and u.community_id = any (p_communities))
$$;
