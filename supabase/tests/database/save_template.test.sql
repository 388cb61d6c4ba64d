-- save_template: a community's own edition of a call-out template.
begin;
select plan(21);
select tests.make_world();
create function tests.a_template(p_over jsonb default '{}') returns jsonb language sql as $$
  select '{"template_id":"@t1","community_id":"@community","key":"typhoon","name":"台风","ground":"台风Ⅲ级应急响应",
   "kind":"patrol","capacity":2,"pattern":"8x3","task":"查窗、劝返，有事打 13800001111","kit":"雨衣"}'::jsonb
    || p_over
$$;
grant execute on all functions in schema tests to authenticated;
select tests.act_as('ping');
select tests.refuses('save_template', tests.a_template(), 'refused:forbidden', 'A responder keeps no template');
select tests.act_as('other_coordinator');
select tests.refuses('save_template', tests.a_template(), 'refused:forbidden',
  'The coordinator next door keeps no template');
select tests.act_as('coordinator');
select tests.refuses('save_template', tests.a_template('{"template_id":"t"}'), 'refused:invalid',
  'A template needs an id');
select tests.refuses('save_template', tests.a_template('{"capacity":0}'), 'refused:invalid',
  'A post for nobody is refused');
select tests.refuses('save_template', tests.a_template('{"pattern":"5x5"}'), 'refused:invalid',
  'A pattern that does not exist is refused');
select tests.refuses('save_template', tests.a_template('{"key":"../x"}'), 'failed:bad_data',
  'A key of punctuation is refused');
select is(tests.push('save_template', tests.a_template()), 'applied', 'A coordinator keeps their community''s edition');
select is(tests.value($$select task || ' ' || kit from app.callout_template where id = tests.id('t1')$$),
  '查窗、劝返，有事打 *** 雨衣', 'The edition is kept without numbers');
select is((select data ->> 'ground' from tests.visible() where tbl = 'callout_template'), '台风Ⅲ级应急响应',
  'The coordinator sees the edition');
select is(tests.push('save_template', tests.a_template('{"template_id":"@t2","ground":"台风Ⅱ级应急响应","capacity":3}')),
  'applied', 'Another phone keeps another edition');
select is(tests.value($$select string_agg(ground || ' ' || capacity, ', ') from app.callout_template$$),
  '台风Ⅱ级应急响应 3', 'A key has one edition, the newest');
select tests.act_as('ping');
select is((select count(*) from tests.visible() where tbl = 'callout_template'), 0::bigint,
  'A responder sees no template');
select tests.act_as_owner();
insert into app.callout_template (id, community_id, key, name, ground, kind, capacity, pattern, updated_at, updated_by)
select gen_random_uuid(), tests.id('community'), gen_random_uuid()::text, '自定', '自定', 'patrol', 1, 'day', now(),
  tests.id('coordinator')
from generate_series(1, 20);
select tests.act_as('coordinator');
select tests.refuses('save_template', tests.a_template('{"key":"flood"}'), 'refused:over_capacity',
  'A community keeps at most twenty templates');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
