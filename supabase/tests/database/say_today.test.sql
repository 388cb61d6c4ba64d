-- say_today: 今天可以, 今天不行 and taking either back, by the person alone; it holds until 06:00.
begin;
select plan(42);
select tests.make_world();
select tests.make_shift('now', now() - interval '1 minute', 3, 2), tests.make_assignment('a_now', 'ping', 'now');
create function tests.say(p_answer text, p_id text default 'x') returns jsonb language sql immutable as $$
  select jsonb_build_object('absence_id', '@' || p_id, 'answer', p_answer)
$$;
create function tests.until() returns timestamptz language sql stable security definer as $$
  select private.night_end(now())
$$;
-- what the person's phone shows
create function tests.today() returns text language sql stable as $$
  select concat_ws(', ',
    (select 'can, hours ' || coalesce(data ->> 'fits', 'any') from tests.visible()
      where tbl = 'availability' and (data ->> 'ready_until')::timestamptz = tests.until()),
    (select 'cannot' from tests.visible()
      where tbl = 'absence' and data -> 'today' = 'true'
        and (data ->> 'ends_at')::timestamptz = tests.until()))
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as those who serve nowhere
select tests.act_as('uninvited');
select tests.keeps_out('say_today', tests.say('can'), 'A login that belongs nowhere says nothing');
select tests.act_as('admin');
select tests.refuses('say_today', tests.say('can'), 'refused:not_eligible', 'Admin is nobody who serves');

-- Acting as ping
select tests.act_as('ping');
select tests.refuses('say_today', tests.say(null), 'refused:invalid', 'Something has to be said');
select tests.refuses('say_today', tests.say('maybe'), 'refused:invalid', 'And one of three words');
select tests.refuses('say_today', '{"absence_id":null,"answer":"cannot"}', 'refused:invalid', 'With an id');
select tests.refuses('say_today', tests.say('cannot'), 'refused:stale', 'What was said before last 06:00 is over',
  jsonb_build_object('device_at', now() - interval '24 hours'));
select is(tests.push('say_today', tests.say('can')), 'applied', 'Ping can');
select is(tests.today(), 'can, hours any', 'Their phone shows it');
select is(tests.push('say_today', tests.say('cannot', 'x1')), 'applied', 'Ping cannot after all');
select is(tests.today(), 'cannot', 'The one ends the other');
select tests.refuses('say_today', tests.say('can', 'x0'), 'refused:outdated',
  'A yes that was tapped before the no comes too late',
  jsonb_build_object('device_at', now() - interval '1 millisecond'));
select is(tests.today(), 'cannot', 'The no stands');
select is(tests.push('say_today', tests.say('cannot', 'x1')), 'applied:already', 'The same absence is made once');
select is(tests.value($$
    select string_agg(subject_id::text, ' ') from app.event where kind = 'away_on_duty'$$),
  tests.id('a_now')::text, 'The shift inside stays theirs, and its coordinators are told');
select is(tests.push('say_today', tests.say('cannot', 'x2')), 'applied', 'Said again');
select is(tests.value($$select count(*) from app.absence where responder_id = tests.id('ping.person')$$), '1',
  'It is still one absence');

-- Who else sees it
select tests.act_as('qiang');
select is((select count(*) from tests.visible() where tbl in ('absence', 'availability')), 0::bigint,
  'A colleague sees nothing of it');
select tests.act_as('coordinator');
select is(tests.today(), 'cannot', 'The coordinator sees it');
select tests.act_as('ping');
select is(tests.push('say_today', tests.say('nothing', 'x3')), 'applied', 'Ping takes it back');
select is(tests.today(), '', 'Nothing is left of it');
select is(tests.push('say_today', tests.say('cannot', 'x8')), 'applied', 'And cannot again');
select is(tests.value($$select count(*) from app.event where kind = 'away_on_duty'$$), '1',
  'The coordinators have been told of that shift already');
select is(tests.push('say_today', tests.say('nothing', 'x9')), 'applied', 'And takes it back again');
select is(tests.push('save_availability', '{"responder_id":"@ping.person","fits":["mon.day"]}'), 'applied',
  'Ping has hours');
select is(tests.push('say_today', tests.say('can', 'x4')), 'applied', 'And can today, whatever they are');
select is(tests.today(), 'can, hours ["mon.day"]', 'The hours stay');
select is(tests.push('save_availability', '{"responder_id":"@ping.person","fits":null}'), 'applied',
  'Taking the hours back');
select is(tests.today(), 'can, hours any', 'Leaves the word for today');
select is(tests.push('say_today', tests.say('nothing', 'x5')), 'applied', 'And that is taken back too');
select is(tests.value($$select count(*) from app.availability where id = tests.id('ping.person')$$), '0',
  'So that nothing is left');
select is(tests.push('say_today', tests.say('can', 'x6')), 'applied', 'Ping can once more');

-- Somebody whom no community has confirmed yet
select tests.act_as_owner();
update app.report_in set state = 'requested' where responder_id = tests.id('qiang.person');
select tests.commit();
select tests.act_as('qiang');
select tests.refuses('say_today', tests.say('can', 'x7'), 'refused:not_eligible', 'Nobody asks them yet');

-- At night what is over goes
select tests.act_as_owner();
select is(private.expire_ready(private.night_end(now())), 1, 'What was said of a day that is over goes');
select tests.commit();
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
