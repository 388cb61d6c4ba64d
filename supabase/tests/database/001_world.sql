-- The small world of the pgTAP files: units, people, posts. Loaded after the helpers, before the duty in it.
create function tests.make_unit(p_name text, p_level text, p_label text, p_parent text) returns void language sql as $$
  insert into app.org_unit (id, level, name, parent_id)
  values (tests.id(p_name), p_level::app.org_level, p_label, tests.id(p_parent))
$$;
create function tests.make_login(p_name text, p_label text) returns void language sql as $$
  insert into auth.users (id, email) values (tests.id(p_name), 'u' || p_name || '@login.invalid');
  insert into app.login (id, sign_in_name, email, name)
  values (tests.id(p_name), p_name, 'u' || p_name || '@login.invalid', p_label);
$$;
create function tests.make_responder(p_name text, p_label text, p_community text, p_home text, p_phone text)
returns void language sql as $$
  insert into app.responder (id, login_id, kind, name, home_building_id)
  values (tests.id(p_name || '.person'), (select id from app.login where id = tests.id(p_name)), 'volunteer', p_label,
    tests.id(p_home));
  insert into app.responder_contact (responder_id, phone, community_id)
  values (tests.id(p_name || '.person'), p_phone, tests.id(p_community));
  update app.login set invited_from = tests.id(p_community) where id = tests.id(p_name);
  insert into app.report_in (id, responder_id, community_id, state)
  values (gen_random_uuid(), tests.id(p_name || '.person'), tests.id(p_community), 'confirmed');
$$;
create function tests.grant_role(p_name text, p_unit text, p_role text) returns void language sql as $$
  insert into app.role_grant (id, login_id, org_unit_id, role)
  values (tests.id(p_name || p_unit || p_role), tests.id(p_name), tests.id(p_unit), p_role::app.role)
$$;
create function tests.make_post(p_name text, p_unit text, p_community text, p_label text, p_kind text)
returns void language sql as $$
  insert into app.post (id, org_unit_id, community_id, name, kind, task)
  values (tests.id(p_name), tests.id(p_unit), tests.id(p_community), p_label, p_kind::app.post_kind, '登记来访、代收快递')
$$;

-- A street with two communities. In `community`: a grid, an estate in it, two buildings, two posts; ping, qiang, mei
-- and the coordinator serve there. In `other_community`: a building, a post, wei and a coordinator. `uninvited` signed
-- up without an invitation. `nobody` has no login.
create function tests.make_world() returns void language plpgsql as $$
begin
  perform tests.make_unit('city', 'city', '南京市', null), tests.make_unit('district', 'district', '鼓楼区', 'city'),
    tests.make_unit('street', 'street', '宁海路街道', 'district'),
    tests.make_unit('community', 'community', '甲社区', 'street'),
    tests.make_unit('other_community', 'community', '乙社区', 'street'),
    tests.make_unit('grid', 'grid', '第一网格', 'community'), tests.make_unit('estate', 'estate', '梧桐苑', 'grid'),
    tests.make_unit('building_1', 'building', '1栋', 'estate'),
    tests.make_unit('building_2', 'building', '2栋', 'estate'),
    tests.make_unit('other_building', 'building', '9栋', 'other_community');
  update app.org_unit set duty_line = '02583001234' where id = tests.id('community');
  update app.org_unit set door_code = 'D00RC0DE11' where id = tests.id('building_1');
  perform tests.make_post('door', 'building_1', 'community', '单元门岗', 'unit_door'),
    tests.make_post('gate', 'estate', 'community', '大门', 'gate'),
    tests.make_post('other_door', 'other_building', 'other_community', '单元门岗', 'unit_door');
  perform tests.make_login('coordinator', '陈立群'), tests.make_login('ping', '李平'), tests.make_login('qiang', '王强'),
    tests.make_login('mei', '赵梅'), tests.make_login('grid_lead', '孙网格'), tests.make_login('other_coordinator', '周乙'),
    tests.make_login('wei', '吴伟'), tests.make_login('officer', '街道值班'), tests.make_login('admin', '管理员');
  insert into auth.users (id, email) values (tests.id('uninvited'), 'uuninvited@login.invalid');
  perform tests.make_responder('coordinator', '陈立群', 'community', null, '19900000001'),
    tests.make_responder('ping', '李平', 'community', 'building_1', '19900000002'),
    tests.make_responder('qiang', '王强', 'community', 'building_2', '19900000003'),
    tests.make_responder('mei', '赵梅', 'community', 'building_1', '19900000004'),
    tests.make_responder('wei', '吴伟', 'other_community', 'other_building', '19900000005'),
    tests.make_responder('nobody', '钱无号', 'community', 'building_2', '19900000006');
  perform tests.grant_role('coordinator', 'community', 'coordinator'),
    tests.grant_role('other_coordinator', 'other_community', 'coordinator'),
    tests.grant_role('grid_lead', 'grid', 'grid_lead'), tests.grant_role('officer', 'street', 'street_officer'),
    tests.grant_role('admin', 'city', 'admin');
  perform tests.commit();
end $$;
