-- How often a crowd is rung, and that a pull follows every ring that is kept back.
begin;
select plan(13);
select tests.make_world();
-- Acting as ping, who changes what everybody sees; rings are counted
create function tests.rings(p_topic text) returns table (spread_ms int) language sql security definer as $$
  with s as (delete from realtime.sent where topic = p_topic returning payload)
  select (payload ->> 'spread_ms')::int
  from s
$$;
create function tests.town() returns text language sql stable security definer as $$
  select 'org:' || tests.id('community')
$$;
create function tests.later(p_ms int) returns void language sql security definer as $$
  update sync.scope set rung_at = rung_at - p_ms * interval '1 millisecond';
  update sync.bell set rung_at = rung_at - p_ms * interval '1 millisecond'
$$;
create function tests.change() returns void language plpgsql security definer as $$
begin
  update app.org_unit
  set duty_line = '0258' || (1000000 + floor(random() * 8999999))::text
  where id = tests.id('community');
  perform tests.commit();
end $$;

-- A small community
select private.tick_bells();
select is((select count(*) from sync.bell), 0::bigint, 'A community of five has no crowd');
select tests.later(9000); delete from realtime.sent;
select tests.change();
select results_eq($$select * from tests.rings(tests.town())$$, array[0],
  'A ring comes at once, and phones pull at once');
select tests.change();
select is_empty($$select * from tests.rings(tests.town())$$, 'No second ring comes within 300 ms');
select tests.later(301); select tests.change();
select results_eq($$select * from tests.rings(tests.town())$$, array[0], 'Another ring comes after 300 ms');

-- Two hundred phones
insert into auth.users (id, email)
select tests.id('l' || n), 'ul' || n || '@login.invalid'
from generate_series(1, 196) n;
insert into app.login (id, sign_in_name, email, name)
select tests.id('l' || n), 'l' || n, 'ul' || n || '@login.invalid', 'L' || n
from generate_series(1, 196) n;
insert into app.responder (id, login_id, kind, name)
select tests.id('r' || n), tests.id('l' || n), 'volunteer', 'L' || n
from generate_series(1, 196) n;
insert into app.report_in (id, responder_id, community_id, state)
select gen_random_uuid(), tests.id('r' || n), tests.id('community'), 'confirmed'
from generate_series(1, 196) n;
select tests.commit();
select private.tick_bells();
select results_eq('select topic, spread_ms from sync.bell',
  $$select tests.town(), 2010$$,
  '201 logins listen: 2 s; a person who only leads listens too, one of another community does not');
select tests.later(9000); delete from realtime.sent;
select tests.change();
select results_eq($$select * from tests.rings(tests.town())$$, array[2010], 'The ring tells how far to spread');
select tests.later(1800); select tests.change();
select is_empty($$select * from tests.rings(tests.town())$$, 'No second ring comes for a while');
select tests.later(600); select tests.change();
select results_eq($$select * from tests.rings(tests.town())$$, array[2010], 'After 2.3 s it rings again');
select tests.change(); select tests.change();
select is((select rung_at > now() - interval '1 second' from sync.bell),
  true, 'A ring that is kept back does not extend the window');

-- Acting as ping, whose own bell is theirs alone
select tests.later(9000); delete from realtime.sent;
select tests.act_as('ping');
select is(tests.push('set_consent', '{"purpose":"location","given":true}'), 'applied',
  'A tap changes what the crowd sees');
select tests.act_as_owner();
select tests.commit();
select results_eq($$select * from tests.rings('user:' || tests.id('ping'))$$,
  array[0], 'A person''s other phones are rung at once');

-- People leave
delete from app.report_in where responder_id in (select tests.id('r' || n) from generate_series(1, 180) n);
select tests.commit();
select private.tick_bells();
select is((select count(*) from sync.bell), 0::bigint, 'A crowd that has left is no crowd');
select tests.later(9000); delete from realtime.sent;
select tests.change();
select results_eq($$select * from tests.rings(tests.town())$$, array[0], 'It is rung like any small community');
select * from finish();
rollback;
