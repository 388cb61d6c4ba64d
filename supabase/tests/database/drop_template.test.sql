-- drop_template goes back to the template of the app.
begin;
select plan(9);
select tests.make_world();
select tests.act_as('coordinator');
select is(tests.push('save_template',
    '{"template_id":"@t1","community_id":"@community","key":"typhoon","name":"台风","ground":"台风","kind":"patrol",
     "capacity":2,"pattern":"8x3","task":"","kit":""}'),
  'applied', 'An edition is saved');
select tests.act_as('ping');
select tests.refuses('drop_template', '{"template_id":"@t1"}', 'refused:forbidden', 'A responder drops no edition');
select tests.act_as('other_coordinator');
select tests.refuses('drop_template', '{"template_id":"@t1"}', 'refused:forbidden',
  'The coordinator next door drops no edition');
select tests.act_as('coordinator');
select is(tests.push('drop_template', '{"template_id":"@t1"}'), 'applied', 'Its coordinator drops it');
select is(tests.value($$select count(*) from app.callout_template$$), '0', 'The edition is gone');
select is(tests.push('drop_template', '{"template_id":"@t1"}'), 'applied:already', 'Dropping twice answers already');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
