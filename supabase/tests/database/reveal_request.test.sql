-- reveal_request: the contact of a resident's request, for a coordinator of that community alone, logged (R14), and
-- gone after 30 days (R38).
begin;
select plan(31);
select tests.make_world();
select tests.act_as_anon();
select is(tests.said(api.request_help('D00RC0DE11', '老人摔倒了', '王阿姨 13912345678')), 'applied', 'A resident asks');
select tests.act_as_owner();
select set_config('tests.request', (select id::text from app.request), true);
create function tests.reveal(p_request text default current_setting('tests.request'), p_reason text default '回复居民求助')
returns jsonb language sql as $$ select api.reveal_request(p_request::uuid, p_reason) $$;
-- what a phone of the acting person holds of the request
create function tests.held() returns text language sql as $$
  select string_agg(data #>> '{detail,contact}', ',') from tests.visible()
  where tbl = 'lead_event' and data ->> 'kind' = 'help_request'
$$;
-- what residents wrote under 意见反馈 that it holds
create function tests.feedback() returns text language sql as $$
  select string_agg(concat_ws(' ', data #>> '{detail,building_id}', data #>> '{detail,text}'), ',') from tests.visible()
  where tbl = 'lead_event' and data ->> 'kind' in ('door_feedback', 'member_feedback')
$$;
grant execute on all functions in schema tests to anon, authenticated;
select tests.commit();

select tests.act_as_anon();
select throws_ok('select tests.reveal()', '42501', null, 'Anon sees no contact');
select tests.act_as('ping');
select is(tests.said(tests.reveal()), 'refused:forbidden', 'A responder sees no contact');
select is(tests.held(), null, 'A responder''s phone holds no request');
select tests.act_as('grid_lead');
select is(tests.said(tests.reveal()), 'refused:forbidden', 'A grid lead sees no contact');
select tests.act_as('officer');
select is(tests.said(tests.reveal()), 'refused:forbidden', 'An officer sees no contact');
select tests.act_as('admin');
select is(tests.said(tests.reveal()), 'refused:forbidden', 'An admin sees no contact');
select tests.act_as('other_coordinator');
select is(tests.said(tests.reveal()), 'refused:forbidden', 'The coordinator next door sees no contact');
select is(tests.reveal(), tests.reveal(tests.id('no such request')::text),
  'and does not learn whether there is a request');
select is(tests.held(), null, 'Their phone holds no request');

select tests.act_as('coordinator');
select is(tests.held(), '139****5678', 'The coordinator''s phone holds it masked');
select is(tests.value($$
    select data #>> '{detail,building_id}' from tests.visible() where data ->> 'kind' = 'help_request'
  $$),
  tests.id('building_1')::text, 'with its building');
select is(tests.said(tests.reveal(p_reason => '123')), 'refused:invalid', 'A reason is words');
select is(tests.reveal() ->> 'contact', '王阿姨 13912345678', 'A coordinator sees it in full');
select is((tests.reveal() ->> 'until')::timestamptz, now() + interval '15 minutes', 'for a quarter of an hour');
select is(tests.value($$
    select string_agg(distinct concat_ws(' ', login_id = tests.id('coordinator'), reason), ', ') from app.request_reveal
  $$),
  't 回复居民求助', 'Each look is logged with who and why');
select tests.act_as_owner();
select throws_ok('delete from app.request_reveal', '23514', null, 'The log is append-only');
select tests.act_as('coordinator');
select tests.reveal() from generate_series(1, 18);
select is(tests.said(tests.reveal()), 'refused:too_many_tries', 'Twenty an hour, and no more');
select tests.act_as_owner();
delete from app.rate_window where true;
select private.expire_request_contacts(now() + interval '31 days');
select tests.commit();
select tests.act_as('coordinator');
select is(tests.said(tests.reveal()), 'refused:no_contact', 'After 30 days there is nothing to see');
select is(tests.held(), null, 'and nothing on the phone');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');

select tests.act_as_anon();
select is(tests.said(api.request_help('D00RC0DE11', '买药', '１３８ ００１３ ８０００')), 'applied',
  'A resident writes a number with full-width digits');
select tests.act_as_owner();
select is(tests.value($$select contact from app.request where text = '买药'$$), '138 0013 8000',
  'It is kept in plain ones, which a phone can dial');

-- what residents think of the page is read by the coordinators of their community
select tests.act_as_anon();
select api.feedback('字太小', '/b', 'D00RC0DE11'), api.feedback('不知在哪', '/b', 'NOSUCHCODE'), tests.commit();
select tests.act_as('coordinator');
select is(tests.feedback(), tests.id('building_1') || ' 字太小', 'The coordinator reads it, with its building');
select tests.act_as('other_coordinator');
select is(tests.feedback(), null, 'The coordinator next door does not');
select tests.act_as_owner();
-- two days more than a year: from 28 February a year may end on the 29th
select private.expire_feedback(now() + interval '1 year 2 days'), tests.commit();
select tests.act_as('coordinator');
select is(tests.feedback(), tests.id('building_1')::text, 'After a year its words are gone');

-- what the people of a community write is read by its coordinators, without a name
select tests.act_as('ping');
select is(tests.said(api.feedback('排得太密', '/me', null, tests.id('community'))), 'applied', 'Ping writes');
select is(tests.said(api.feedback('排得太密', '/me', null, tests.id('other_community'))), 'refused:forbidden',
  'and to no community but their own');
select tests.commit();
select tests.act_as('coordinator');
select ok(tests.feedback() like '%排得太密%', 'The coordinator reads it');
select is((select count(*) from tests.visible() where tbl = 'lead_event' and data ->> 'kind' = 'member_feedback'
  and (data ->> 'responder_id', data ->> 'name') is distinct from (null, null)), 0::bigint, 'without a name');
select tests.act_as_anon();
select is(tests.said(api.feedback('排得太密', '/me', null, tests.id('community'))), 'refused:forbidden',
  'Nobody writes to a community unless signed in there');
select * from finish();
rollback;
