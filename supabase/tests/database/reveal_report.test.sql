-- reveal_report: the number of somebody who reports in, for a coordinator of that community alone, logged (R14).
begin;
select plan(23);
select tests.make_world();
create function tests.reveal(p_report text default 'new', p_reason text default '问一声住哪栋') returns jsonb
language sql as $$ select api.reveal_report(tests.id(p_report), p_reason) $$;
grant execute on all functions in schema tests to anon, authenticated;
select tests.act_as_anon();
select is(tests.said(tests.sends_report('new')), 'applied', 'Somebody reports in');
select tests.commit();
select throws_ok('select tests.reveal()', '42501', null, 'Anon sees no number');
select tests.act_as('ping');
select is(tests.said(tests.reveal()), 'refused:forbidden', 'A responder sees no number');
select tests.act_as('grid_lead');
select is(tests.said(tests.reveal()), 'refused:forbidden', 'A grid lead sees no number');
select tests.act_as('officer');
select is(tests.said(tests.reveal()), 'refused:forbidden', 'An officer sees no number');
select tests.act_as('admin');
select is(tests.said(tests.reveal()), 'refused:forbidden', 'An admin sees no number');
select tests.act_as('other_coordinator');
select is(tests.said(tests.reveal()), 'refused:forbidden', 'The coordinator next door sees no number');
select is(tests.reveal(), tests.reveal('no such report'), 'Nor learns whether there is a report');
select tests.act_as('coordinator');
select is((select data ->> 'phone_masked' from tests.visible() where tbl = 'report_lead'), '199****0010',
  'The coordinator''s phone holds it masked');
select is(tests.said(tests.reveal(p_reason => '123')), 'refused:invalid', 'A reason is words');
select is(tests.said(tests.reveal(p_reason => null)), 'refused:invalid', 'Silence is none');
select is(tests.reveal() ->> 'phone', '19900000010', 'A coordinator sees it in full');
select is((tests.reveal() ->> 'until')::timestamptz, now() + interval '15 minutes', 'For a quarter of an hour');
select is(tests.value($$
    select string_agg(distinct concat_ws(' ', login_id = tests.id('coordinator'), community_id = tests.id('community'),
      report_id = tests.id('new'), reason), ', ') from app.report_reveal
  $$), 't t t 问一声住哪栋', 'Each look is logged with who, which and why');
select is(tests.push('confirm_report', '{"report_id":"@new"}'), 'applied', 'The report is confirmed');
select is(tests.reveal() ->> 'phone', '19900000010', 'And its number is there still');
select tests.act_as_owner();
select throws_ok('delete from app.report_reveal', '23514', null, 'The log is append-only');
select tests.make_report('of mei', 'mei', 'community'), tests.commit();
select tests.act_as('coordinator');
select is(tests.reveal('of mei') ->> 'phone', '19900000004', 'Of somebody with a record it is the number of the record');
select tests.reveal() from generate_series(1, 17);
select is(tests.said(tests.reveal()), 'refused:too_many_tries', 'Twenty an hour, and no more');
select is(tests.value('select count(*) from app.report_reveal'), '20', 'Looks that were refused are not logged');
select tests.act_as_owner();
delete from app.rate_window;
select tests.make_report('of wei', 'wei', 'community'), tests.commit();
select tests.act_as('coordinator');
select is(tests.push('decline_report', '{"report_id":"@of wei","reason":"other"}'), 'applied',
  'Somebody of another community is declined');
select is(tests.said(tests.reveal('of wei')), 'refused:no_contact', 'Then the number of their record is not for here');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
