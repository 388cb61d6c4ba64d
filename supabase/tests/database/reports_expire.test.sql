-- A report keeps a name and a number only while somebody works on it: 30 days after its answer it goes, and after 60
-- days without one.
begin;
select plan(26);
select tests.make_world();
create function tests.night(p_days int) returns text language sql security definer as $$
  select private.nightly(now() + make_interval(days => p_days));
  select expired ->> 'report_forms'
  from sync.nightly
  where day = ((now() + make_interval(days => p_days)) at time zone interval '+08:00')::date
$$;
create function tests.forms() returns text language sql stable security definer as $$
  select string_agg(concat_ws(' ', name, phone, state), ', ' order by phone) from app.report_form
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as anon and ping
select tests.act_as_anon();
select throws_ok($$select private.expire_report_forms(now() + interval '1 year')$$, '42501', null,
  'Nobody makes reports expire through the API');
select is((select string_agg(tests.said(x), ' ') from (values
    (tests.sends_report('waits', '{"name":"甲一","phone":"13800000001"}')),
    (tests.sends_report('yes', '{"name":"甲二","phone":"13800000002","trade":"rider"}')),
    (tests.sends_report('no', '{"name":"甲三","phone":"13800000003"}'))) v(x)), 'applied applied applied',
  'Three report in without a login');
select tests.act_as('wei');
select throws_ok($$select private.expire_report_forms(now() + interval '1 year')$$, '42501', null,
  'A responder makes no report expire');
select is(tests.push('report_in', '{"report_id":"@own","community_id":"@community","skills":[],"consents":[]}'),
  'applied', 'Wei reports in');
-- Acting as the coordinator, who answers three of them
select tests.act_as('coordinator');
select is(tests.push('confirm_report', '{"report_id":"@yes","grid_id":null}')
    || tests.push('confirm_report', '{"report_id":"@own","grid_id":null}')
    || tests.push('decline_report', '{"report_id":"@no","reason":"unreachable"}'), 'appliedappliedapplied',
  'Two are confirmed, one is declined');
select is((select count(*) from tests.visible() where tbl = 'report_lead'), 4::bigint, 'The desk has all four');
select tests.act_as_owner();
select is(tests.forms(), '甲一 13800000001 requested, 甲二 13800000002 confirmed, 甲三 13800000003 ended, confirmed',
  'So has the database');

select is(tests.night(29), '0', 'In 29 days none is over');
select is(tests.night(31), '3', 'Those that were answered go after 30');
select is(tests.forms(), '甲一 13800000001 requested', 'One waits still');
select is(tests.holding('甲三|13800000003'), '{}', 'Of who was declined no name and no number is left anywhere');
select is(tests.value($$select r.name || ' ' || c.phone from app.responder r
    join app.responder_contact c on c.responder_id = r.id where c.phone = '13800000002'$$), '骑手 0002 13800000002',
  'Who was confirmed stays on the list, under trade and number');
select is(tests.value($$select name || ' ' || shown_as from app.withheld_name$$), '甲二 骑手 0002',
  'Their name waits for their word');
select is(private.expire_report_forms(now() + interval '31 days'), 0, 'A second run finds nothing');
select tests.commit();
select tests.act_as('wei');
select is((select count(*) from tests.visible() where tbl = 'my_report'), 0::bigint, 'Wei''s receipt is gone');
select ok(tests.scope('org', 'community') = any (tests.scopes()), 'And the place on the list stays');
select tests.act_as('coordinator');
select is((select string_agg(data ->> 'name', ' ') from tests.visible() where tbl = 'report_lead'), '甲一',
  'The desk has the one that waits');
select tests.act_as_anon();
select is(tests.said(api.report_receipt(tests.link_of('yes'))), 'refused:gone',
  'The private link opens nothing any more');
select is(tests.said(api.report_receipt(tests.link_of('waits'))), 'applied', 'That of the one that waits does');
select tests.act_as_owner();
select is(tests.night(59), '0', 'In 59 days it waits still');
select is(tests.night(61), '1', 'After 60 it goes, too');
select is(tests.forms(), null, 'None is left');
select is(tests.holding('甲一|13800000001'), '{}', 'Nor its name and number');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
-- The word of a courier counts after the report has gone
insert into app.consent (responder_id, purpose) select responder_id, 'report_name' from app.withheld_name;
select private.show_reported_name(responder_id) from app.withheld_name;
select is(tests.value($$select count(*) from app.responder where name = '甲二'$$), '1',
  'A courier lets their name be read later');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
