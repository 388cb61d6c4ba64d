-- save_wishes (值班意愿): the person alone says what they wish, and colleagues never read it.
begin;
select plan(32);
select tests.make_world();
-- what the acting person reads of wishes: 'turns nights', by person
create function tests.wishes() returns text language sql stable as $$
  select string_agg(concat_ws(' ', data ->> 'turns', data ->> 'nights'), ', ' order by data ->> 'id')
  from tests.visible() where tbl = 'wish'
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as ping
select tests.act_as('ping');
select is(tests.push('save_wishes', '{"turns":"fewer","nights":"no"}'), 'applied', 'A person wishes for less');
select is(tests.wishes(), 'fewer no', 'It stands on their own phone');
select is(tests.push('save_wishes', '{"turns":"more","nights":"no"}'), 'applied', 'They change it');
select is(tests.wishes(), 'more no', 'There is one wish of a person');
select tests.refuses('save_wishes', '{"turns":"fewer","nights":"no"}', 'refused:outdated',
  'A word of another phone that was tapped before comes too late',
  jsonb_build_object('device_at', now() - interval '20 minutes'));
select is(tests.wishes(), 'more no', 'The newer wish stands');
select tests.refuses('save_wishes', '{"turns":"none","nights":"no"}', 'refused:invalid', 'Nobody wishes for none');
select tests.refuses('save_wishes', '{"turns":"more","nights":"maybe"}', 'refused:invalid', 'Nights are yes or no');
select tests.refuses('save_wishes', '{"turns":"more"}', 'refused:invalid', 'Both are said');
select tests.refuses('save_wishes', '{"nights":"no"}', 'refused:invalid', 'Both are said, the other way round');
select tests.refuses('save_wishes', '{"turns":"more","nights":"no","responder_id":"@qiang.person"}',
  'refused:invalid', 'Nobody says it for somebody else');

-- Who reads it
select tests.act_as('qiang');
select is(tests.wishes(), null, 'A colleague reads nothing of it');
select tests.act_as('grid_lead');
select is(tests.wishes(), null, 'A grid lead reads nothing of it');
select tests.act_as('officer');
select is(tests.wishes(), null, 'An officer reads nothing of it');
select tests.act_as('other_coordinator');
select is(tests.wishes(), null, 'A coordinator elsewhere reads nothing of it');
select tests.act_as('coordinator');
select is(tests.wishes(), 'more no', 'The coordinator of their community reads it');

-- Acting as those who cannot
select tests.act_as('officer');
select tests.refuses('save_wishes', '{"turns":"more","nights":"no"}', 'refused:not_eligible',
  'Who is on no list is put on no roster');
select tests.act_as('uninvited');
select tests.keeps_out('save_wishes', '{"turns":"more","nights":"no"}', 'A login that belongs nowhere wishes nothing');

-- What ends it
select tests.act_as('ping');
select is(tests.push('save_wishes', '{"turns":"as_usual","nights":"yes"}'), 'applied', 'They wish for nothing any more');
select tests.act_as('coordinator');
select is(tests.wishes(), null, 'Nothing is left of it');
select tests.act_as('ping');
select is(tests.push('save_wishes', '{"turns":"as_usual","nights":"no"}'), 'applied', 'Once more');
select is(tests.said(api.leave_community(tests.id('community'))), 'applied', 'They leave the community');
select tests.act_as_owner();
select is((select count(*) from app.wish), 0::bigint, 'With the last membership it goes');
select tests.commit();
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
