-- decline_report: the community says no to a report, and why.
begin;
select plan(38);
select tests.make_world();
select tests.make_report('r_wei', 'wei', 'community'), tests.make_report('confirmed', 'wei', 'other_community');
update app.report_form set state = 'confirmed', settled_at = now() where id = tests.id('confirmed');
select tests.commit();
create function tests.declining(p_name text, p_reason text default 'not_here') returns jsonb language sql as $$
  select jsonb_build_object('report_id', '@' || p_name, 'reason', p_reason)
$$;
grant execute on all functions in schema tests to anon, authenticated;
select tests.act_as_anon();
select is(tests.said(tests.sends_report('by_page')), 'applied', 'Somebody reports in without a login');

-- Acting as those who do not coordinate the community, the person too
select tests.shuts_out('decline_report', tests.declining('r_wei'));
select tests.forbids('decline_report', tests.declining('r_wei'), 'wei', 'ping', 'grid_lead', 'officer', 'admin',
  'other_coordinator');
select tests.forbids('decline_report', tests.declining('confirmed'), 'coordinator');

-- Acting as the coordinator
select tests.refuses('decline_report', tests.declining('no_such'), 'refused:gone', 'What is not there is not declined');
select tests.refuses('decline_report', tests.declining('r_wei', null), 'refused:invalid', 'A no has a reason');
select tests.refuses('decline_report', tests.declining('r_wei', 'ugly'), 'refused:invalid', 'That there is');
select is(tests.detail(), '{"field":"reason"}', 'The refusal says which field it is');
select is(tests.push('decline_report', tests.declining('r_wei')), 'applied', 'Wei does not live here');
select is(tests.push('decline_report', tests.declining('r_wei', 'twin')), 'applied:already', 'Once');
select is(tests.push('decline_report', tests.declining('by_page', 'unreachable')), 'applied', 'Nobody answers there');
select is((select string_agg(concat_ws(' ', data ->> 'state', data ->> 'declined'), ', ' order by data ->> 'number')
    from tests.visible() where tbl = 'report_lead'), 'ended not_here, ended unreachable', 'The first reason counts');
select is(tests.value($$select count(*) from app.responder where name = '石新到'$$), '0', 'Nobody is put on the list');
select is(tests.value($$select string_agg(reason, ' ' order by reason) from app.event where kind = 'report_declined'$$),
  'not_here unreachable', 'The log has each, and why');
-- Acting as wei
select tests.act_as('wei');
select is((select concat_ws(' ', data ->> 'state', data ->> 'declined') from tests.visible() where tbl = 'my_report'
    and data ->> 'community_name' = '甲社区'), 'ended not_here', 'Wei''s receipt says so');
select is(tests.push('report_in', '{"report_id":"@again","community_id":"@community","skills":[],"consents":[]}'),
  'applied', 'They may report in again');
select is(tests.heard_of_reports(), 'coordinator report_asked, coordinator report_asked, '
  || 'wei report_settled declined 甲社区', 'They were told of the answer; who has no login sees it behind the link');
-- Acting as the coordinator next door
select tests.act_as('other_coordinator');
select tests.refuses('decline_report', tests.declining('confirmed'), 'refused:wrong_state',
  'What was confirmed is not declined');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
