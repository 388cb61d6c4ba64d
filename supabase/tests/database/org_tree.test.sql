-- The tree of units: which unit may lie in which, and that rights follow when a node moves.
begin;
select plan(32);
select tests.make_world();

-- Acting as ping and anon: nobody touches the tree
select tests.act_as('ping');
select tests.raises($$update app.org_unit set name = '我家' where id = tests.id('estate')$$,
  '42501', 'Nobody writes the tree past the API');
select tests.act_as_anon();
select tests.raises($$insert into app.org_unit (id, level, name) values (gen_random_uuid(), 'city', '城')$$,
  '42501', 'Nobody adds to the tree past the API');

-- Acting as the owner
select tests.act_as_owner();
select throws_ok(format($$select tests.make_unit('x', %L, '甲', %L)$$, level, parent),
  '23514', null, format('A %s does not lie in a %s', level, parent))
from (values ('community', 'grid'), ('grid', 'estate'), ('grid', 'street'), ('estate', 'building_1'),
        ('estate', 'street'), ('building', 'street'), ('building', 'building_1'), ('street', 'community'),
        ('city', 'city')) v(level, parent);
select lives_ok(format($$select tests.make_unit(%L, %L, '甲', %L)$$, 'new ' || level || parent, level, parent),
  format('A %s lies in a %s', level, parent))
from (values ('grid', 'community'), ('estate', 'community'), ('estate', 'grid'), ('building', 'estate'),
        ('building', 'grid'), ('building', 'community')) v(level, parent);
select is((select community_id from app.org_unit where id = tests.id('building_1')),
  tests.id('community'), 'A building knows its community');
select is((select community_id from app.org_unit where id = tests.id('street')), null, 'A street has no community');
select is((select string_agg(u.name, ' > ' order by u.level)
           from app.org_unit b
           join app.org_unit u on b.path operator(extensions.<@) u.path
           where b.id = tests.id('building_1')),
  '南京市 > 鼓楼区 > 宁海路街道 > 甲社区 > 第一网格 > 梧桐苑 > 1栋', 'A unit''s path is the way up');

-- A node that moves takes its subtree along, and rights follow
select ok(private.reaches(tests.id('grid_lead'), tests.id('building_1'), '{grid_lead}'),
  'The lead of the grid reaches its buildings');
select tests.make_unit('grid_2', 'grid', '第二网格', 'community');
update app.org_unit set parent_id = tests.id('grid_2') where id = tests.id('estate');
select ok(not private.reaches(tests.id('grid_lead'), tests.id('building_1'), '{grid_lead}'),
  'Once the estate moved the grid''s lead does not reach its buildings');
select is((select string_agg(u.name, ' > ' order by u.level)
           from app.org_unit b
           join app.org_unit u on b.path operator(extensions.<@) u.path
           where b.id = tests.id('building_1') and u.level >= 'community'),
  '甲社区 > 第二网格 > 梧桐苑 > 1栋', 'Paths moved with it');
select ok(private.coordinates(tests.id('coordinator'), tests.id('building_1')),
  'The coordinator of the community still reaches them');
select ok(not private.coordinates(tests.id('coordinator'), tests.id('other_building'))
    and not private.coordinates(tests.id('coordinator'), tests.id('street')),
  'The coordinator reaches nothing beyond or above the community');
select ok(not private.reaches(tests.id('grid_lead'), tests.id('grid'), '{coordinator}'), 'A right needs its own role');
select ok(not private.reaches(tests.id('officer'), null, '{street_officer}'),
  'A login that belongs nowhere reaches nothing');
update app.org_unit set parent_id = tests.id('district') where id = tests.id('community');
select ok(not private.reaches(tests.id('officer'), tests.id('building_1'), '{street_officer}'),
  'A community that left the street is no longer the officer''s');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');

-- Acting as the officer
select tests.act_as('officer');
select is(tests.scopes(),
  array[tests.scope('desk', 'street'), tests.scope('sum', 'other_community'), tests.scope('user', 'officer')],
  'The officer no longer receives its summary');
select * from finish();
rollback;
