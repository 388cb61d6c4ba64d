-- A development database begins empty: make the first admin's link with `npm run admin -- setup-link`.
-- Demo data goes through the real API instead (supabase/local/demo), so there is nothing to seed here.
select 'redwhistle: no seed' as note;
