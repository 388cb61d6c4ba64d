-- seal_key: a person's own, the same each time, and nobody else's.
begin;
select plan(6);
select tests.make_world();
select tests.act_as_anon();
select throws_ok($$select api.seal_key()$$, '42501', null, 'Anon gets no key');
select tests.act_as('uninvited');
select throws_ok($$select api.seal_key()$$, '42501', null, 'A login that belongs nowhere gets no key');
select tests.act_as('ping');
select is(api.seal_key() ->> 'key',
  tests.value($$select encode(seal_key, 'base64') from app.login where id = tests.id('ping')$$),
  'A person gets their own key');
select is(length(decode(api.seal_key() ->> 'key', 'base64')), 32, 'A key has 256 bits');
select is_empty($$select * from tests.visible() where data::text like '%seal%'$$, 'A key never syncs');
select tests.act_as('qiang');
select isnt(api.seal_key() ->> 'key',
  tests.value($$select encode(seal_key, 'base64') from app.login where id = tests.id('ping')$$),
  'Another person has another key');
select * from finish();
rollback;
