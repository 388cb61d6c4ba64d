-- resume_callout: a call-out whose mode ended goes on when a coordinator decides so.
begin;
select plan(24);
select tests.make_world();
grant execute on all functions in schema tests to authenticated;
select tests.act_as('coordinator');
select is(tests.push('open_callout', tests.a_line('c1', '{"capacity":3,"mode_hours":1}')),
  'applied', 'A call-out opens');
select is(tests.push('resume_callout', '{"callout_id":"@c1","mode_id":"@m2","mode_hours":24}'),
  'applied:already', 'A call-out under an open mode needs no decision');
select is(tests.push('close_mode', '{"mode_id":"@c1.mode"}'), 'applied', 'The mode is closed');
select is(tests.value($$select state || ' ' || attention from app.callout where id = tests.id('c1')$$),
  'open undecided', 'The call-out keeps its shifts and waits for a decision');
select is(tests.value($$
    select string_agg(distinct state || ' ' || reason, ', ') from app.offer where callout_id = tests.id('c1')
  $$),
  'withdrawn mode_expired', 'No offer waits for an answer any more');

-- Acting as people who may not
select tests.act_as('ping');
select tests.refuses('resume_callout', '{"callout_id":"@c1","mode_id":"@m2","mode_hours":24}', 'refused:forbidden',
  'A responder decides nothing');
select tests.act_as('officer');
select tests.refuses('resume_callout', '{"callout_id":"@c1","mode_id":"@m2","mode_hours":24}', 'refused:forbidden',
  'An officer decides nothing');
select tests.act_as('other_coordinator');
select tests.refuses('resume_callout', '{"callout_id":"@c1","mode_id":"@m2","mode_hours":24}', 'refused:forbidden',
  'The coordinator next door decides nothing');

-- Acting as the coordinator
select tests.act_as('coordinator');
select tests.refuses('resume_callout', '{"callout_id":"@no_such","mode_id":"@m2","mode_hours":24}', 'refused:gone',
  'A call-out that does not exist is gone');
select tests.refuses('resume_callout', '{"callout_id":"@c1","mode_id":"m","mode_hours":24}', 'refused:invalid',
  'A new mode needs an id');
select is(tests.push('resume_callout', '{"callout_id":"@c1","mode_id":"@m2","mode_hours":24}'),
  'applied', 'The call-out goes on');
select is(tests.value($$
    select c.attention || ' ' || m.state || ' ' || m.ground || ' ' || m.document_no || ' ' || (m.expires_at - now())
    from app.callout c
    join app.mode m on m.id = c.mode_id
    where c.id = tests.id('c1')
  $$),
  'none open 防汛 7号 1 day', 'It goes on under a new mode with the same ground and document');
select is(tests.events('callout_resumed') || ' ' || tests.events('mode_opened'), '1 1', 'The log has the decision');
select tests.act_as_owner();
select private.tick(now() + interval '1 second');
select is(tests.value($$select count(*) from app.offer where callout_id = tests.id('c1') and state = 'sent'$$),
  '5', 'People whose offers ended are asked again');
select tests.act_as('coordinator');
select is(tests.push('close_mode', '{"mode_id":"@m2"}') || ' '
    || tests.push('open_mode',
      '{"mode_id":"@m3","org_unit_id":"@community","ground":"防汛Ⅰ级","document_no":"9号","hours":24}'),
  'applied applied', 'Another mode is opened');
select is(tests.push('resume_callout', '{"callout_id":"@c1","mode_id":"@m4","mode_hours":24}') || ' '
    || tests.value($$select mode_id = tests.id('m3') from app.callout where id = tests.id('c1')$$),
  'applied true', 'The call-out goes on under that mode');
select is((select string_agg(distinct tbl, ', ') from tests.drift()),
  null, 'Every card shows ground and document of the mode it now stands under');
select is(tests.push('stand_down', '{"callout_id":"@c1","reason":null}'), 'applied', 'The call-out is stood down');
select is(tests.push('resume_callout', '{"callout_id":"@c1","mode_id":"@m4","mode_hours":24}'),
  'refused:not_open', 'A call-out that is over does not go on');
select * from finish();
rollback;
