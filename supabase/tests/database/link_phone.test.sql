-- Sign-in by a code sent to the phone: a number that the session proved by a code is linked to the person imported with
-- it; nothing else is linked.
begin;
select plan(33);
select tests.make_world();
update app.responder set state = 'active', login_id = null where id = tests.id('nobody.person');
insert into app.responder_contact (responder_id, phone)
values (tests.id('nobody.person'), '19955550001')
on conflict (responder_id) do update set phone = excluded.phone;
-- a code was sent ten minutes ago and entered at once
create function tests.confirmed(p_login text, p_phone text, p_sent timestamptz default now() - interval '10 minutes',
  p_at timestamptz default now() - interval '9 minutes') returns void language sql as $$
  insert into auth.users (id, phone, confirmation_sent_at, phone_confirmed_at) values (tests.id(p_login), p_phone,
    p_sent, p_at)
$$;
-- signed in by this method so many minutes ago
create function tests.act_by(p_login text, p_method text, p_minutes numeric) returns void language sql as $$
  select tests.act_as(p_login), set_config('request.jwt.claims', (current_setting('request.jwt.claims')::jsonb ||
    jsonb_build_object('amr',
    jsonb_build_array(jsonb_build_object('method', p_method, 'timestamp', floor(extract(epoch from now() - p_minutes *
      interval '1 minute'))))))::text, true)
$$;
grant execute on all functions in schema tests to anon, authenticated;
select tests.confirmed('by_code', '8619955550001'), tests.confirmed('with_plus', '+8619955550001'),
  tests.confirmed('unproved', '8619955550001', now() - interval '10 minutes', null),
  tests.confirmed('unlisted', '8619955550009'), tests.confirmed('changed', '8619955550001', now() - interval '1 hour',
    now() - interval '1 minute');

-- Acting as anon
select tests.act_as_anon();
select throws_ok($$select api.link_phone()$$, '42501', null, 'Anon is linked to nobody');
select throws_ok($$select private.switch_phone_sign_in(true)$$, '42501', null,
  'Anon does not switch sign-in by code on');

-- Off by default
select tests.act_by('by_code', 'otp', 9);
select tests.denies($$select api.link_phone()$$, 'refused:forbidden',
  'Nobody is linked before the operator switches it on');
select throws_ok($$select private.switch_phone_sign_in(true)$$, '42501', null, 'Nobody switches it on through the API');
select tests.act_as_owner();
select private.switch_phone_sign_in(true);

-- Foreign numbers, whatever their last eleven digits, and every number other than 861 and ten digits
select is(private.mainland_number(n), null, format('%L is no mainland number', n))
from unnest('{119955550001,+119955550001,4419955550001,19955550001,008619955550001,86199555500011,861995555000,
   8629955550001,"86 19955550001",861995555000x}'::text[]) n;
select is(private.mainland_number(n), '19955550001', format('%L is one', n)) from
  unnest('{8619955550001,+8619955550001}'::text[]) n;

-- Numbers that prove nothing
select tests.act_by('unproved', 'otp', 9);
select tests.denies($$select api.link_phone()$$, 'refused:gone', 'An unconfirmed number is linked to nobody');
select tests.act_by('by_code', 'password', 9);
select tests.denies($$select api.link_phone()$$, 'refused:gone',
  'A confirmed number in a session begun by a password is linked to nobody');
select tests.act_by('changed', 'otp', 59);
select tests.denies($$select api.link_phone()$$, 'refused:gone',
  'A number confirmed without a code after the session began is linked to nobody');
select tests.act_by('unlisted', 'otp', 9);
select tests.denies($$select api.link_phone()$$, 'refused:gone',
  'A number nobody was imported with is linked to nobody');

-- Where numbers are confirmed without a code
select tests.act_as_owner();
select tests.confirmed('by_itself', '8619955550077', null);
select tests.act_by('by_code', 'otp', 9);
select tests.denies($$select api.link_phone()$$, 'refused:forbidden',
  'Where Auth confirms numbers without a code nobody is linked');
select tests.act_as_owner();
select throws_ok($$select private.switch_phone_sign_in(true)$$, 'P0001', null, 'There nobody can switch it on');
delete from auth.users where id = tests.id('by_itself');

-- Acting as the owner of the number
select tests.act_by('by_code', 'otp', 9);
select is(api.link_phone() ->> 'status', 'applied', 'The proved number is linked');
select is(api.link_phone() ->> 'status', 'applied', 'A repeat answers the same');
select tests.act_as_owner();
select is((select login_id from app.responder where id = tests.id('nobody.person')),
  tests.id('by_code'), 'The person has this login now');
select is((select sign_in_name from app.login where id = tests.id('by_code')),
  '19955550001', 'The number is the login''s sign-in name');
select tests.act_by('with_plus', 'otp', 9);
select is(api.link_phone(), '{"status":"refused","code":"gone","detail":null}',
  'A second login with the same number is answered like a stranger');
select * from finish();
rollback;
