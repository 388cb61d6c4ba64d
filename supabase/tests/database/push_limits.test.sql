-- What one phone may ask for: pushes a second, phones a day.
begin;
select plan(9);
select tests.make_world();

-- Acting as ping
select tests.act_as('ping');
select is(tests.push('set_consent', '{"purpose":"location","given":true}'), 'applied', 'A first push needs no budget');
select tests.act_as_owner();
select is((select budget from sync.client), 199::real, 'It leaves 199 that may come at once');
update sync.client set budget = 0;
select tests.act_as('ping');
select throws_ok($$select tests.push('set_consent', '{"purpose":"location","given":false}')$$, 'PGRST', null, 'A phone that used them up is told to wait');
select tests.act_as_owner();
select is((select lmid from sync.client), 1::bigint, 'Nothing was consumed');
select tests.act_as('ping');
select is(tests.push('set_consent', '{"purpose":"location","given":false}', '{}', now() + interval '100 milliseconds'), 'applied', 'A tenth of a second later one more may come');
select tests.act_as_owner();
update sync.client set seen_at = now() + interval '2 days';
select tests.act_as('ping');
select throws_ok($$select tests.push('set_consent', '{"purpose":"location","given":true}')$$, 'PGRST', null, 'A server clock that stepped back gives nothing and takes nothing');

-- Acting as ping on many phones
select tests.act_as_owner();
insert into sync.client (id, login_id, created_at) select gen_random_uuid(), tests.id('ping'), now() - interval '25 hours' from generate_series(1, 60);
insert into sync.client (id, login_id) select gen_random_uuid(), tests.id('ping') from generate_series(1, 48);
select tests.act_as('ping');
select lives_ok($$select api.push(tests.id('phone 50'), 1, '[]')$$, 'A fiftieth phone in a day is a phone');
select throws_ok($$select api.push(tests.id('phone 51'), 1, '[]')$$, 'PGRST', null, 'After that it is a flood');
-- Acting as qiang
select tests.act_as('qiang');
select lives_ok($$select api.push(tests.id('qiang phone'), 1, '[]')$$, 'Which is nobody else''s problem');
select * from finish();
rollback;
