-- 日历订阅: who may have an address, what it shows of whose duty, and everything that ends it.
begin;
select plan(43);
select tests.make_world();
-- makes an address as the acting person, and keeps its token
create function tests.make_link(p_locale text default 'zh-CN') returns text language plpgsql as $$
declare v jsonb := api.make_calendar_link(p_locale);
begin
  perform set_config('tests.token', coalesce(v ->> 'token', ''), true);
  return tests.said(v);
end $$;
-- the feed of the token kept last, or of another one, as the worker reads it
create function tests.feed(p_token text default null) returns jsonb language sql volatile security definer as $$
  select private.worker_calendar_feed(coalesce(p_token, current_setting('tests.token')))
$$;
-- its turns: 'post state', in order
create function tests.turns() returns text language sql volatile security definer as $$
  select string_agg(concat_ws(' ', t ->> 'post_name', t ->> 'state',
    case when (t ->> 'drill')::boolean then 'drill' end), ', ' order by t ->> 'starts_at')
  from jsonb_array_elements(tests.feed() -> 'turns') t
$$;
create function tests.links() returns int language sql stable security definer as $$
  select count(*)::int from app.calendar_link
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Who may
select tests.act_as_anon();
select throws_ok($$select api.make_calendar_link('en')$$, '42501', null, 'Anon has no calendar');
select throws_ok($$select api.worker_calendar_feed('x')$$, '42501', null, 'Anon reads no feed: the function does');
select tests.act_as('uninvited');
select throws_ok($$select api.make_calendar_link('en')$$, '42501', null, 'A login that belongs nowhere has none');
select tests.act_as('officer');
select is(tests.make_link(), 'refused:forbidden', 'An officer serves nowhere');
select tests.act_as('ping');
select throws_ok($$select api.worker_calendar_feed('x')$$, '42501', null, 'A person reads no feed by the Data API');
select is(api.calendar_link(), '{"status":"applied","link":null}', 'At first nobody has an address');
select is(tests.make_link('en'), 'applied', 'A responder makes one');
select matches(current_setting('tests.token'), '^[0-9A-HJKMNP-TV-Z]{26}$', 'Its token has 130 bits');
select is(api.calendar_link() #>> '{link,read_at}', null, 'No calendar has read it');
select isnt(api.calendar_link() #>> '{link,made_at}', null, 'It says since when it is');
select is(api.calendar_link() -> 'token', null, 'The token is never shown again');
select tests.act_as_owner();
select is((select count(*)::int from app.calendar_link k where k::text like '%' || current_setting('tests.token') || '%'),
  0, 'It is kept as a hash alone');

-- What the feed says
select is(tests.feed(), '{"status":"applied","locale":"en","turns":[]}', 'Without duty it is empty, in its language');
select is(tests.feed(lower(current_setting('tests.token'))) ->> 'status', 'applied', 'Small letters are the same');
select is(tests.feed(x), null, format('%s opens nothing', left(x, 30)))
from unnest(array['', 'NOSUCHTOKEN000000000000000', repeat('A', 100000)]) x;
select is(tests.feed(null::text) ->> 'status', 'applied', 'The address still works');
select tests.make_callout('fire drill');
select tests.make_shift('old', now() - interval '31 days', 3, 1),
  tests.make_shift('past', now() - interval '9 days', 3, 1),
  tests.make_shift('asked', now() + interval '2 days', 3, 2), tests.make_shift('soon', now() + interval '4 days', 3, 2),
  tests.make_shift('drill', now() + interval '6 days', 1, 1, 'gate', 'fire drill'),
  tests.make_shift('far', now() + interval '181 days', 3, 1);
select tests.make_assignment('p1', 'ping', 'old', 'done'), tests.make_assignment('p2', 'ping', 'past', 'done'),
  tests.make_assignment('p3', 'ping', 'asked', 'assigned'), tests.make_assignment('p4', 'ping', 'soon'),
  tests.make_assignment('p5', 'ping', 'drill'), tests.make_assignment('p6', 'ping', 'far'),
  tests.make_assignment('m1', 'mei', 'soon');
select is(tests.turns(), '单元门岗 confirmed, 单元门岗 tentative, 单元门岗 confirmed, 大门 confirmed drill',
  'The person''s own turns, from 30 days back to 180 ahead');
select is((select array_agg(k order by k) from jsonb_object_keys(tests.feed() #> '{turns,0}') k),
  '{changed_at,community_name,drill,ends_at,id,place_name,post_name,starts_at,state}', 'Nothing else is told');
select unalike(tests.feed()::text, '%' || name || '%', 'No colleague is named')
from app.responder where id = tests.id('mei.person');
select tests.act_as('ping');
select is(tests.push('withdraw', '{"assignment_id":"@p4","reason":"ill"}'), 'applied', 'A place is given back');
select is(tests.turns(), '单元门岗 confirmed, 单元门岗 tentative, 单元门岗 cancelled, 大门 confirmed drill',
  'It stays as cancelled');
select is(tests.feed() #>> '{turns,2,changed_at}', to_jsonb(now()) #>> '{}', 'It says when that was');
select tests.act_as_owner();
update app.assignment set state = 'withdrawn' where id = tests.id('p4');
alter table app.assignment disable trigger assignment_notes_change;
update app.assignment set changed_at = now() - interval '31 days' where id = tests.id('p4');
alter table app.assignment enable trigger assignment_notes_change;
select unalike(tests.turns(), '%cancelled%', 'For 30 days');
update app.assignment set eta_min = 5, changed_at = now() - interval '1 day' where id = tests.id('p5');
select is((select changed_at from app.assignment where id = tests.id('p5')), now() - interval '1 day',
  'What no calendar shows is no change');

-- What ends an address
select tests.act_as('ping');
select isnt(api.calendar_link() #>> '{link,read_at}', null, 'Its person sees that a calendar reads it');
select set_config('tests.before', current_setting('tests.token'), true);
select is(tests.make_link(), 'applied', 'A new address');
select is(tests.feed(current_setting('tests.before')), null, 'The one before has ended');
select is(tests.feed() ->> 'locale', 'zh-CN', 'The new one has its own language');
select is(tests.said(api.drop_calendar_link()), 'applied', 'It is switched off');
select is(tests.feed(), null, 'That ends it');
select is(tests.said(api.drop_calendar_link()), 'applied', 'Twice is no fault');
select is(tests.make_link(), 'applied', 'Again');
select tests.act_as_owner();
select private.set_password(tests.id('ping'), 'Willow-lamp-93');
select is(tests.links(), 0, 'A new password ends it');
select tests.act_as('ping');
select is(tests.make_link(), 'applied', 'Again');
select is(tests.said(api.leave_community(tests.id('community'))), 'applied', 'Ping leaves the only community');
select is(tests.links(), 0, 'The last membership ends it');
select is(tests.make_link(), 'refused:forbidden', 'Then there is none to be had');
select tests.act_as('mei');
select is(tests.make_link(), 'applied', 'Mei has one');
select is(tests.said(api.close_account()), 'applied', 'Mei closes the account');
select is(tests.links(), 0, 'A closed account has none');

-- How often
select tests.act_as('qiang');
select tests.make_link() from generate_series(1, 10);
select is(tests.make_link(), 'refused:too_many_tries', 'Ten new addresses an hour are enough');
select * from finish();
rollback;
