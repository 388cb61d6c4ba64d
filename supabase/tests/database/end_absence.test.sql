-- end_absence (销假): the person takes an absence back, or a coordinator of theirs does.
begin;
select plan(22);
select tests.make_world();
insert into app.absence (id, responder_id, starts_at, ends_at, reason, created_by)
select tests.id(a || '.trip'), tests.id(a || '.person'), tests.at(2, '00:00'), tests.at(4, '00:00'), '探亲', tests.id(a)
from unnest('{ping,qiang}'::text[]) a;
select tests.commit();
create function tests.trip(p_of text) returns text language sql stable security definer as $$
  select concat_ws(' ', reason, case when ended_at is not null then 'ended' end)
  from app.absence where id = tests.id(p_of || '.trip')
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as those who have no say
select tests.act_as('uninvited');
select tests.keeps_out('end_absence', '{"absence_id":"@ping.trip"}', 'A login that belongs nowhere ends nothing');
select tests.act_as('qiang');
select tests.refuses('end_absence', '{"absence_id":"@ping.trip"}', 'refused:forbidden', 'A colleague ends nothing');
select tests.act_as('grid_lead');
select tests.refuses('end_absence', '{"absence_id":"@ping.trip"}', 'refused:forbidden',
  'The lead of a grid ends nothing');
select tests.act_as('officer');
select tests.refuses('end_absence', '{"absence_id":"@ping.trip"}', 'refused:forbidden', 'An officer ends nothing');
select tests.act_as('admin');
select tests.refuses('end_absence', '{"absence_id":"@ping.trip"}', 'refused:forbidden', 'Admin ends nothing');
select tests.act_as('other_coordinator');
select tests.refuses('end_absence', '{"absence_id":"@ping.trip"}', 'refused:forbidden',
  'The coordinator next door ends nothing');

-- Acting as ping
select tests.act_as('ping');
select tests.refuses('end_absence', '{"absence_id":"@no_such"}', 'refused:gone', 'What is not there cannot end');
select is(tests.push('end_absence', '{"absence_id":"@ping.trip"}'), 'applied', 'Ping takes it back');
select is(tests.trip('ping'), 'ended', 'Its reason is gone');
select is((select count(*) from tests.visible() where tbl = 'absence'), 0::bigint, 'And it is on no phone of theirs');
select is(tests.push('end_absence', '{"absence_id":"@ping.trip"}'), 'applied:already', 'Twice answers already');

-- Acting as the coordinator
select tests.act_as('coordinator');
select is((select string_agg(data ->> 'responder_id', ' ') from tests.visible() where tbl = 'absence'),
  tests.id('qiang.person')::text, 'The coordinator sees the other one only');
select is(tests.push('end_absence', '{"absence_id":"@qiang.trip"}'), 'applied', 'A coordinator ends it for somebody');
select is(tests.events('absence_ended'), 2::bigint, 'The log says who ended what');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
