-- end_party_post: a post ends on a day; one that leads is vacant from then on.
begin;
select plan(36);
select tests.make_world();
select tests.make_party_org('branch', '第一支部'), tests.make_party_org('union', '机关党总支', 'general_branch', null,
  'street'), tests.make_party_post('p1', 'branch', 'secretary', 'ping'),
  tests.make_party_post('d1', 'branch', 'deputy', 'mei'), tests.make_party_post('u1', 'union', 'secretary', 'qiang'),
  tests.commit();
create function tests.ending(p_name text, p_day text) returns jsonb language sql as $$
  select jsonb_build_object('party_post_id', '@' || p_name, 'ends_on', p_day)
$$;
create function tests.ended(p_name text) returns text language sql as $$
  select p ->> 'ends_on' from tests.visible(), jsonb_array_elements(data -> 'posts') p
  where tbl = 'party_org' and p ->> 'id' = tests.id(p_name)::text
$$;
create function tests.gaps() returns text language sql as $$
  select string_agg(concat_ws(' ', data ->> 'community_name', data ->> 'name', data ->> 'since'), ', '
    order by data ->> 'name')
  from tests.visible()
  where tbl = 'party_gap'
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as those who do not keep the community, the holder too
select tests.shuts_out('end_party_post', tests.ending('p1', '2026-07-01'));
select tests.forbids('end_party_post', tests.ending('p1', '2026-07-01'), 'ping', 'mei', 'grid_lead', 'officer', 'admin',
  'other_coordinator');
select tests.forbids('end_party_post', tests.ending('u1', '2026-07-01'), 'coordinator');
select tests.act_as('officer');
select is(tests.gaps(), null, 'The street sees no gap yet');

-- Acting as the coordinator
select tests.act_as('coordinator');
select tests.refuses('end_party_post', tests.ending('no_such', '2026-07-01'), 'refused:gone',
  'A post that is not there does not end');
select tests.refuses('end_party_post', tests.ending('p1', '2021-06-30'), 'refused:invalid',
  'It does not end before it began');
select tests.refuses('end_party_post', tests.ending('p1', 'soon'), 'refused:invalid', 'The day is a day');
select is(tests.detail(), '{"field":"ends_on"}', 'The refusal says which field it is');
select is(tests.push('end_party_post', tests.ending('p1', '2021-07-01')), 'applied', 'It ends on the day it began');
select is(tests.ended('p1'), '2021-07-01', 'The desk says so');
select is(tests.push('end_party_post', tests.ending('p1', '2024-07-01')), 'applied:already', 'Once');
select is(tests.ended('p1'), '2021-07-01', 'The first day counts');
select is(tests.push('end_party_post', tests.ending('d1', null)), 'applied', 'Without a day it is today');
select is(tests.ended('d1'), tests.at(0, '12:00')::date::text, 'So it is');
select is(tests.events('party_post_ended'), 2::bigint, 'The log has each');
-- Acting as the officer
select tests.act_as('officer');
select is(tests.gaps(), '甲社区 第一支部 2021-07-01', 'The street sees what nobody leads, and since when; no person');
select is(tests.push('end_party_post', tests.ending('u1', null)), 'applied',
  'An officer ends a post of the street');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
