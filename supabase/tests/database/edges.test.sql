-- Edges between features: a queue and an assignment, two lists and one person, a leader of two places, a plan that
-- ends, a renamed unit.
begin;
select plan(18);
select tests.make_world();
select tests.make_shift('one', now() + interval '20 hours', 3, 1),
  tests.make_shift('pair', now() + interval '40 hours', 3, 2),
  tests.make_shift('over', now() - interval '30 hours', 3, 1);
select tests.make_waiting('w_one', 'ping', 'one', 1), tests.make_waiting('w_pair', 'ping', 'pair', 1);
update app.waitlist_entry
set state = 'held', hold_until = now() + interval '2 hours'
where responder_id = tests.id('ping.person');
update app.shift set held = 1 where id in (tests.id('one'), tests.id('pair'));
select tests.make_assignment('a_over', 'mei', 'over');

create function tests.bring(p_batch text) returns text language sql as $$
  select r ->> 'status'
  from api.import_rows(tests.id(p_batch), 'responder',
    '[{"row":1,"name":"郑新","phone":"13800000001","kind":"volunteer","estate":"梧桐苑","building":"1栋",
     "partner_unit":"区财政局","party_org":"第一支部"}]',
    jsonb_build_object('community_id', tests.id('community'), 'file_name', p_batch, 'demo', false)) a,
  jsonb_array_elements(a -> 'results') r
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as ping, who takes the place held for them by either button
select tests.act_as('ping');
select is(tests.push('accept_shift', '{"assignment_id":"@a_one","shift_id":"@one","on_full":"refuse"}'),
  'applied', 'Accepting a shift takes the place that is held for the person');
select is(tests.places('one'), '1 filled, 0 held of 1', 'The held place became the assignment');
select is(tests.state_of('waitlist_entry', 'w_one'), 'taken', 'The waitlist says so');

-- Acting as the coordinator: assigning a person who has a held place
select tests.act_as('coordinator');
select is(tests.push('assign', '{"assignment_id":"@a_pair","shift_id":"@pair","responder_id":"@ping.person"}'),
  'applied', 'A coordinator assigns the person a place is held for');
select is(tests.places('pair'), '1 filled, 0 held of 2', 'No second place stays held for a person who serves already');
select is(tests.state_of('waitlist_entry', 'w_pair'), 'taken', 'They wait no longer');

-- Acting as the coordinator: two lists with the same person
select is(tests.bring('wrong list') || ' ' || tests.bring('right list'),
  'created unchanged', 'Two lists name the same person');
select is(api.revert_import(tests.id('wrong list')) #>> '{kept,0,reason}',
  'in_another_import', 'Reverting the first keeps a person whom the second names');
select is(api.revert_import(tests.id('right list')) ->> 'status', 'applied', 'The second is reverted too');
select is(tests.bring('third list'), 'unchanged', 'The person is still there');
select tests.act_as_owner();

-- A renamed unit and party organisation show on the record of their people
select is((select count(*) from tests.drift()), 0::bigint, 'Nothing differs before');
update app.partner_unit set name = '区财政局(新)';
update app.party_org set name = '第二支部';
select is((select string_agg(tbl, ' ') from tests.drift()), null, 'Nothing differs after their names changed');

-- a lead elsewhere is not reset by the coordinator of another community they report to: the link would lend their
-- rights
insert into app.report_in (id, responder_id, community_id, state)
values (gen_random_uuid(), tests.id('wei.person'), tests.id('community'), 'confirmed');
select tests.act_as('coordinator');
select is(tests.said(api.issue_reset(tests.id('wei.person'))),
  'refused:forbidden', 'A coordinator resets nobody whom another community invited');
select tests.act_as_owner();
select tests.grant_role('wei', 'other_building', 'building_lead');
update app.login set invited_from = tests.id('community') where id = tests.id('wei');
select tests.act_as('coordinator');
select tests.denies($$select api.issue_reset(tests.id('wei.person'))$$,
  'refused:forbidden', 'A coordinator resets no lead of another community');

-- a plan has an end
select tests.refuses('draft_shifts',
  jsonb_build_object('roster_id', '@endless', 'community_id', '@community', 'name', '无期', 'starts_on', 'infinity',
    'ends_on', 'infinity', 'shifts', '[]'::jsonb),
  'refused:invalid', 'A roster has a first and a last day');

-- Acting as mei: leaving releases what is to come, not what was
select tests.act_as('mei');
select is(api.leave_community(tests.id('community')) -> 'released', '[]',
  'No coming duty of the person who left remains');
select * from finish();
rollback;
