-- withdraw_report: who reported in takes it back, as long as nobody has answered.
begin;
select plan(35);
select tests.make_world();
select tests.make_report('r_ping', 'ping', 'other_community'), tests.make_report('r_mei', 'mei', 'other_community'),
  tests.make_report('r_qiang', 'qiang', 'other_community');
update app.report_form set state = 'confirmed', settled_at = now() where id = tests.id('r_mei');
update app.report_form set state = 'ended', declined = 'twin', settled_at = now() where id = tests.id('r_qiang');
select tests.commit();
create function tests.taking_back(p_name text) returns jsonb language sql as $$
  select jsonb_build_object('report_id', '@' || p_name)
$$;
grant execute on all functions in schema tests to anon, authenticated;
-- One that came by the page of a door, without a login
select tests.act_as_anon();
select is(tests.said(tests.sends_report('by_page')), 'applied', 'Somebody reports in without a login');

-- Acting as all but the person
select tests.shuts_out('withdraw_report', tests.taking_back('r_ping'));
select tests.forbids('withdraw_report', tests.taking_back('r_ping'), 'mei', 'wei', 'grid_lead', 'coordinator',
  'officer', 'admin', 'other_coordinator');
select tests.forbids('withdraw_report', tests.taking_back('by_page'), 'ping', 'coordinator');
-- Acting as the people
select tests.act_as('mei');
select tests.refuses('withdraw_report', tests.taking_back('r_mei'), 'refused:wrong_state',
  'What was confirmed is not taken back');
select tests.act_as('qiang');
select tests.refuses('withdraw_report', tests.taking_back('r_qiang'), 'refused:wrong_state',
  'Nor what was declined');
select tests.act_as('ping');
select is((select count(*) from tests.visible() where tbl = 'my_report'), 1::bigint, 'Ping has a receipt');
select is(tests.push('withdraw_report', tests.taking_back('r_ping')), 'applied', 'Ping takes it back');
select is((select count(*) from tests.visible() where tbl = 'my_report'), 0::bigint, 'The receipt is gone');
select is(tests.push('withdraw_report', tests.taking_back('r_ping')), 'applied:already', 'Once');
select is(tests.push('withdraw_report', tests.taking_back('no_such')), 'applied:already',
  'What is not there need not be taken back');
select is(tests.events('report_withdrawn'), 1::bigint, 'The log has it');
-- Acting as the coordinator there
select tests.act_as('other_coordinator');
select is((select string_agg(data ->> 'name', ' ' order by data ->> 'number') from tests.visible()
    where tbl = 'report_lead'), '赵梅 王强', 'The community has the others');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
