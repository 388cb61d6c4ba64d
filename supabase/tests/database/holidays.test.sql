-- The statutory calendar: who reads and keeps it, what a list of days must be, and what phones receive of a change.
begin;
select plan(32);
select tests.make_world();
create function tests.save(p_year int, p_days jsonb) returns text language sql as $$
  select tests.said(api.save_holidays(p_year, p_days))
$$;
create function tests.year(p_year int) returns text[] language sql as $$
  select array(
    select concat_ws(' ', d ->> 'day', d ->> 'kind', d ->> 'name')
    from jsonb_array_elements(api.holidays(p_year) -> 'days') d)
$$;
create function tests.held(p_like text) returns text[] language sql as $$
  select array(
    select concat_ws(' ', data ->> 'day', data ->> 'kind', data ->> 'name')
    from tests.visible('calendar')
    where data ->> 'day' like p_like order by 1)
$$;
create function tests.a_year() returns jsonb language sql as $$
  select '[{"day":"2029-12-31","kind":"rest","name":"元旦"},{"day":"2030-01-01","kind":"rest","name":" 元旦 "},
    {"day":"2030-01-05","kind":"work","name":"元旦"}]'::jsonb
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Who may
select tests.act_as_anon();
select throws_ok($$select api.holidays(2026)$$, '42501', null, 'Anon reads no calendar');
select throws_ok($$select api.save_holidays(2030, '[]')$$, '42501', null, 'Anon keeps no calendar');
select tests.act_as('uninvited');
select throws_ok($$select api.save_holidays(2030, '[]')$$, '42501', null, 'A login that belongs nowhere keeps none');
select tests.act_as('ping');
select is(tests.save(2030, tests.a_year()), 'refused:forbidden', 'A responder keeps none');
select tests.act_as('grid_lead');
select is(tests.save(2030, tests.a_year()), 'refused:forbidden', 'A grid lead keeps none');
select tests.act_as('officer');
select is(tests.save(2030, tests.a_year()), 'refused:forbidden', 'An officer keeps none');
select tests.act_as('coordinator');
select is(tests.save(2030, tests.a_year()), 'refused:forbidden', 'A coordinator keeps none');
select is(tests.said(api.holidays(2026)), 'refused:forbidden', 'A coordinator has it on the phone, not from here');
select tests.act_as('admin');
select is(tests.said(api.holidays(2026)), 'applied', 'An admin reads a year');
select is(array_length(tests.year(2026), 1), 39, 'A year that the app brings is there');
select is(tests.year(2030), '{}', 'A year that nobody entered has no day');

-- What a list must be
select is(tests.save(y, '[]'), 'refused:invalid', 'A year out of reach is invalid')
from unnest('{null,2019,2101}'::int[]) y;
select is(tests.save(2030, d), 'refused:invalid', s)
from (values
  (null::jsonb, 'No list'),
  ('null', 'A null'),
  ('{}', 'An object'),
  ('[1]', 'Numbers'),
  ('[{"day":"2030-02-30","kind":"rest","name":"春节"}]', 'A day that no calendar has'),
  ('[{"day":"2031-01-01","kind":"rest","name":"元旦"}]', 'A day of the year after'),
  ('[{"day":"2029-11-30","kind":"rest","name":"元旦"}]', 'A day of the year before, not in December'),
  ('[{"day":"2030-01-01","kind":"free","name":"元旦"}]', 'A kind that does not exist'),
  ('[{"day":"2030-01-01","kind":"rest","name":" "}]', 'A day without a name'),
  ('[{"day":"2030-01-01","kind":"rest","name":"元旦","note":"x"}]', 'A key that does not belong'),
  ('[{"day":"2030-01-01","kind":"rest","name":"元旦"},{"day":"2030-01-01","kind":"work","name":"元旦"}]', 'A day twice'))
  v (d, s);

-- What is kept, and what phones receive
select is(tests.save(2030, tests.a_year()), 'applied', 'An admin keeps a year');
select is(tests.year(2030), '{2029-12-31 rest 元旦,2030-01-01 rest 元旦,2030-01-05 work 元旦}',
  'December before and weekends worked belong to it');
select tests.commit();
select tests.act_as('ping');
select is(tests.held('2030%'), '{2030-01-01 rest 元旦,2030-01-05 work 元旦}', 'Everybody in a community receives it');
select tests.act_as('admin');
select set_config('tests.head', tests.value($$select head from sync.scope where id = 'calendar'$$), true);
select is(tests.save(2030, tests.a_year()), 'applied', 'The same list once more is fine');
select tests.commit();
select is(tests.value($$select head from sync.scope where id = 'calendar'$$), current_setting('tests.head'),
  'The same list once more moves nothing on phones');
select tests.save(2030, '[{"day":"2030-01-05","kind":"work","name":"春节"}]');
select tests.commit();
select tests.act_as('ping');
select is(tests.held('2030%') || tests.held('2029-12%'), '{2030-01-05 work 春节}', 'Days that are not in the list go');
select is(array_length(tests.held('2026%'), 1), 39, 'Other years stay');
select * from finish();
rollback;
