-- reveal_list: the numbers of many people at once, for an export; for a coordinator of theirs, with a reason (R14).
begin;
select plan(26);
select tests.make_world();
create function tests.list(variadic p_who text[]) returns jsonb language sql as $$
  select api.reveal_list(array(select tests.id(x || '.person') from unnest(p_who) x), '应急台账存档')
$$;
create function tests.numbers(p_answer jsonb) returns text language sql as $$
  select string_agg(x ->> 'phone', ' ' order by x ->> 'phone') from jsonb_array_elements(p_answer -> 'contacts') x
$$;
grant execute on all functions in schema tests to anon, authenticated;

select tests.act_as_anon();
select tests.raises($$select tests.list('ping')$$, '42501', 'Anon sees no numbers');
select tests.act_as('uninvited');
select tests.raises($$select tests.list('ping')$$, '42501', 'A login that belongs nowhere sees none');
select tests.act_as('ping');
select tests.denies($$select tests.list('ping', 'mei')$$, 'refused:forbidden', 'A responder sees none');
select tests.act_as('grid_lead');
select tests.denies($$select tests.list('ping')$$, 'refused:forbidden', 'A grid lead sees none');
select tests.act_as('officer');
select tests.denies($$select tests.list('ping')$$, 'refused:forbidden', 'An officer sees none');
select tests.act_as('other_coordinator');
select tests.denies($$select tests.list('ping', 'mei')$$, 'refused:forbidden', 'The coordinator next door sees none');

select tests.act_as('coordinator');
select tests.denies($$select api.reveal_list(array[tests.id('ping.person')], '12345')$$, 'refused:invalid',
  'A reason is words');
select tests.denies($$select api.reveal_list(array[tests.id('ping.person')], null)$$, 'refused:invalid',
  'A list needs a reason');
select tests.denies($$select api.reveal_list('{}', '应急台账存档')$$, 'refused:invalid', 'An empty list is none');
select tests.denies($$select api.reveal_list(array(select gen_random_uuid() from generate_series(1, 301)), '存档')$$,
  'refused:invalid', 'A list holds three hundred people at most');
select is(tests.numbers(tests.list('ping', 'mei', 'wei')), tests.value($$
    select string_agg(phone, ' ' order by phone) from app.responder_contact
    where responder_id in (tests.id('ping.person'), tests.id('mei.person'))
  $$), 'A coordinator sees the numbers of their own people, and of nobody else');
select is(tests.value($$select string_agg(distinct reason, ' ') || ' ' || count(*) from app.contact_reveal
  where login_id = tests.id('coordinator')$$), '应急台账存档 2', 'Each number shown is logged with the reason');
select is(tests.said(tests.list('ping')), 'applied', 'A second list');
select is(tests.said(tests.list('ping')), 'applied', 'and a third');
select tests.denies($$select tests.list('ping')$$, 'refused:too_many_tries', 'Three lists an hour, and no more');
select * from finish();
rollback;
