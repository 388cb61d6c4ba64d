-- drop_template: back to the template as it stands in the app.
begin;
select plan(9);
select tests.make_world();
select tests.act_as('coordinator');
select is(tests.push('save_template',
    '{"template_id":"@t1","community_id":"@community","key":"typhoon","name":"台风","ground":"台风","kind":"patrol",
     "capacity":2,"pattern":"8x3","task":"","kit":""}'),
  'applied', 'An edition is kept');
select tests.act_as('ping');
select tests.refuses('drop_template', '{"template_id":"@t1"}', 'refused:forbidden', 'A responder drops none');
select tests.act_as('other_coordinator');
select tests.refuses('drop_template', '{"template_id":"@t1"}', 'refused:forbidden', 'Nor the coordinator next door');
select tests.act_as('coordinator');
select is(tests.push('drop_template', '{"template_id":"@t1"}'), 'applied', 'Its coordinator does');
select is(tests.value($$select count(*) from app.callout_template$$), '0', 'It is gone');
select is(tests.push('drop_template', '{"template_id":"@t1"}'), 'applied:already', 'Twice is once');
select is((select count(*) from tests.drift()), 0::bigint, 'What phones hold is what is kept');
select * from finish();
rollback;
