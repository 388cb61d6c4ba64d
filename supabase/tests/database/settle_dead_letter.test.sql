-- settle_dead_letter: a mutation the server could not handle stays with the coordinators until one of them has dealt
-- with it.
begin;
select plan(15);
select tests.make_world();
select tests.make_shift('s', now() + interval '2 hours', 3, 2),
  tests.make_shift('t', now() + interval '60 hours', 3, 2);
-- an id that is taken: the first of two phones that share it wins
select tests.make_assignment('taken', 'mei', 't');

-- Acting as ping
select tests.act_as('ping');
select is(tests.push('accept_shift', '{"assignment_id":"@taken","shift_id":"@s","on_full":"refuse","eta_min":5}',
    '{"id":"@m1"}'),
  'failed:bad_data', 'Ping sends a mutation no server can handle');
select tests.refuses('settle_dead_letter', '{"mutation_id":"@m1"}', 'refused:forbidden',
  'Ping does not settle their own');

-- Acting as the officer and the coordinator of another community
select tests.act_as('officer');
select tests.refuses('settle_dead_letter', '{"mutation_id":"@m1"}', 'refused:forbidden',
  'An officer settles nothing of a community');
select tests.act_as('other_coordinator');
select tests.refuses('settle_dead_letter', '{"mutation_id":"@m1"}', 'refused:forbidden',
  'A coordinator settles in their own community only');

-- Acting as the coordinator
select tests.act_as('coordinator');
select is((select data ->> 'person_name' from tests.visible() where tbl = 'dead_letter'),
  tests.value($$select name from app.login where id = tests.id('ping')$$), 'The coordinator sees whose mutation it is');
select tests.refuses('settle_dead_letter', '{"mutation_id":"@no_such"}', 'refused:gone',
  'A dead letter that does not exist is gone');
select is(tests.push('settle_dead_letter', '{"mutation_id":"@m1"}'), 'applied',
  'The coordinator settles the dead letter');
select is((select count(*) from tests.visible() where tbl = 'dead_letter'), 0::bigint, 'It leaves the list');
select is(tests.value($$
    select status || ' ' || (settled_at = now()) || ' ' || (settled_by = tests.id('coordinator')) || ' '
      || (args is not null)
    from sync.result
    where mutation_id = tests.id('m1')
  $$),
  'failed true true true', 'The dead letter stays on record');
select is(tests.push('settle_dead_letter', '{"mutation_id":"@m1"}'),
  'applied', 'Settling it on a second phone answers already');

-- Acting as ping
select tests.act_as('ping');
select is((select data ->> 'code' from tests.visible() where tbl = 'verdict' and pk = tests.id('m1')),
  'bad_data', 'The person''s own notice stays until they dismiss it');
select * from finish();
rollback;
