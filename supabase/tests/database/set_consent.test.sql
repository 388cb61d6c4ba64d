-- set_consent: each purpose apart, given and withdrawn by the person alone.
begin;
select plan(24);
select tests.make_world();

-- Acting as ping
select tests.act_as('ping');
select is(tests.push('set_consent', '{"purpose":"public_display","given":true}'),
  'applied', 'A person consents to public display');
select is(tests.value($$
    select withdrawn_at is null
    from app.consent
    where responder_id = tests.id('ping.person') and purpose = 'public_display'
  $$),
  'true', 'The consent stands');
select is((select data -> 'consents' from tests.visible() where tbl = 'me'),
  '["public_display"]', 'The person''s own record shows the consent');
select is(tests.push('set_consent', '{"purpose":"location","given":false}'),
  'applied', 'A consent never given may be withdrawn');
select is(tests.push('set_consent', '{"purpose":"public_display","given":false}'),
  'applied', 'A consent is withdrawn at any time');
select is(tests.value($$
    select withdrawn_at = now()
    from app.consent
    where responder_id = tests.id('ping.person') and purpose = 'public_display'
  $$),
  'true', 'The row says when the consent was withdrawn');
select is((select data -> 'consents' from tests.visible() where tbl = 'me'), '[]',
  'The person''s own record shows no consent');
select tests.refuses('set_consent', '{"purpose":"public_display","given":true}', 'refused:outdated',
  'A consent tapped before the withdrawal, and heard after it, gives nothing',
  jsonb_build_object('device_at', now() - interval '20 minutes'));
select is(tests.push('set_consent', '{"purpose":"unit_sharing","given":true}',
  jsonb_build_object('device_at', now() - interval '20 minutes')), 'applied',
  'Another purpose has a word of its own');
select is(tests.push('set_consent', '{"purpose":"unit_sharing","given":false}'), 'applied', 'Which is withdrawn');
select is(tests.push('set_consent', '{"purpose":"public_display","given":true}'), 'applied',
  'The consent is given again');
select is(tests.value($$
    select count(*) from app.consent where responder_id = tests.id('ping.person') and withdrawn_at is null
  $$),
  '1', 'Only what was given stands');
select tests.refuses('set_consent', '{"purpose":"marketing","given":true}', 'refused:invalid',
  'There is no consent to other purposes');
select tests.refuses('set_consent', '{"purpose":"location"}', 'refused:invalid', 'Silence is no consent');
select tests.refuses('set_consent', '{"purpose":"location","given":"maybe"}', 'refused:invalid',
  'A value other than yes or no is no consent');
select is(tests.value($$select count(*) from app.consent where responder_id <> tests.id('ping.person')$$),
  '0', 'No other person''s consent was touched');

-- Acting as the officer, who is no responder
select tests.act_as('officer');
select tests.refuses('set_consent', '{"purpose":"public_display","given":true}', 'refused:not_eligible',
  'A person who is not shown has nothing to consent to');
-- Acting as a login that belongs nowhere
select tests.act_as('uninvited');
select tests.keeps_out('set_consent', '{"purpose":"public_display","given":true}',
  'A login that belongs nowhere has nothing to consent to');
select * from finish();
rollback;
