-- dismiss_verdict: a verdict stays until its author has read it.
begin;
select plan(15);
select tests.make_world();
select tests.make_shift('full', now() + interval '2 hours', 3, 1);
select tests.make_assignment('a_qiang', 'qiang', 'full');

-- Acting as ping
select tests.act_as('ping');
select is(tests.push('accept_shift', '{"assignment_id":"@a1","shift_id":"@full","on_full":"refuse"}', '{"id":"@m1"}'),
  'refused:full', 'Ping is refused');
select is((select data ->> 'code' from tests.visible() where tbl = 'verdict' and pk = tests.id('m1')),
  'full', 'The refusal is shown to ping');

-- Acting as qiang and as the coordinator
select tests.act_as('qiang');
select is((select count(*) from tests.visible() where tbl = 'verdict'), 0::bigint, 'Nobody else receives it');
select tests.refuses('dismiss_verdict', '{"mutation_id":"@m1"}', 'refused:gone',
  'Nobody dismisses another person''s verdict');
select tests.act_as('coordinator');
select tests.refuses('dismiss_verdict', '{"mutation_id":"@m1"}', 'refused:gone',
  'The coordinator does not dismiss it either');
select is(tests.value($$select dismissed_at is null from sync.result where mutation_id = tests.id('m1')$$),
  'true', 'The verdict is still shown');

-- Acting as ping
select tests.act_as('ping');
select is(tests.push('dismiss_verdict', '{"mutation_id":"@m1"}'), 'applied', 'Its author dismisses it');
select is((select count(*) from tests.visible() where tbl = 'verdict'), 0::bigint, 'It is no longer shown');
select is(tests.value($$select status || ' ' || code from sync.result where mutation_id = tests.id('m1')$$),
  'refused full', 'The decision stays');
select is(tests.push('dismiss_verdict', '{"mutation_id":"@m1"}'), 'applied',
  'Dismissing it on a second phone is applied');
select is((select count(*) from tests.visible() where tbl = 'verdict'),
  0::bigint, 'Dismissing makes no verdict of its own');
select tests.refuses('dismiss_verdict', '{"mutation_id":"@no_such"}', 'refused:gone',
  'A verdict that does not exist is gone');
select * from finish();
rollback;
