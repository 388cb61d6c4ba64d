-- Every text of the database says what it holds; numbers that people type are removed at the table, whatever path they
-- come by.
begin;
select plan(8);
select tests.make_world();
create temp table text_columns as
  select n.nspname || '.' || c.relname as tbl, a.attname::text as col
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid
  join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('app', 'sync') and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
    and a.atttypid in ('text'::regtype, 'varchar'::regtype, 'jsonb'::regtype, 'json'::regtype, 'text[]'::regtype,
      'jsonb[]'::regtype, 'bytea'::regtype);
grant select on text_columns to anon, authenticated;

-- Acting as anon and ping
select tests.act_as_anon();
select throws_ok($$select * from private.texts()$$, '42501', null, 'Anon reads no list of columns');
select tests.act_as('ping');
select tests.act_as_owner();

select is_empty($$select tbl, col from text_columns except select tbl, col from private.texts()$$,
  'Every column that can hold words is in the list');
select is_empty($$select tbl, col from private.texts() except select tbl, col from text_columns$$,
  'The list names no other column');
select is_empty($$
    select tbl, col
    from private.texts()
    where holds not in ('words', 'label', 'number', 'person', 'code', 'secret', 'copy')
      or (holds = 'words') <> (belongs is not null)
  $$,
  'Each column says what it holds, and each text which people it may name');
select is((select string_agg(tbl || '.' || col, ' ' order by tbl, col) from private.texts() where holds = 'number'),
  'app.import_change.after app.import_change.before app.login.sign_in_name app.org_unit.duty_line '
    || 'app.partner_unit.line app.post.contact app.report_form.phone app.request.contact '
    || 'app.responder_contact.phone',
  'These nine keep a number on purpose');
select is_empty($$
    select distinct x.tbl
    from private.texts() x
    where holds in ('words', 'label')
      and not exists (select from pg_trigger g where g.tgrelid = x.tbl::regclass and g.tgname = 'strips_numbers')
  $$,
  'Each of the others has its trigger');

-- by any path
insert into app.feedback (id, text, page) values (tests.id('f'), '打１３８ ００１３ ８０００', '/x');
insert into sync.client (id, login_id) values (tests.id('k'), tests.id('ping'));
insert into sync.result (mutation_id, client_id, login_id, seq, name, v, status, code, args, detail, at)
values (tests.id('m'), tests.id('k'), tests.id('ping'), 1, 'x', 1, 'refused', 'gone',
  '{"note":{"risks":"幺三八零零幺三八零零零"}}', '{"said":["025-83001234"]}', now());
update app.post set name = '门岗13800138000', task = '找13800138000', contact = '025-83001234' where id = tests.id('gate');
select is((select text from app.feedback where id = tests.id('f'))
    || (select args::text || detail from sync.result where mutation_id = tests.id('m')),
  '打***{"note": {"risks": "***"}}{"said": ["***"]}', 'Words and refused intents keep no number');
select is((select name || ' ' || task || ' ' || contact from app.post where name like '门岗%***'),
  '门岗*** 找*** 025-83001234', 'A task card keeps no number; the contact of a post does');
select * from finish();
rollback;
