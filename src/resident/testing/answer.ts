import type { DoorAnswer } from '../answer.ts'

/** 14:32 on a Monday in an emergency: two people on post, the second without consent to their name. */
export const ANSWER: DoorAnswer = {
  now: '2026-11-23T06:32:00+00:00',
  found: true,
  building: '梧桐苑 6栋',
  estate: '梧桐苑',
  grid: '第一网格',
  community: '梧桐里社区',
  street: '宁海路街道',
  duty_line: '02500830016',
  mode: { ground: '寒潮冰冻Ⅲ级', opened_by_name: '陈立群', expires_at: '2026-11-25T10:00:00+00:00' },
  demo: false,
  vacant: false,
  now_on: [
    { name: '王老师', role: 'party_member_in_service', post: '单元门岗', until: '2026-11-23T09:00:00+00:00' },
    { name: null, role: 'volunteer', post: '楼内巡访', until: '2026-11-23T18:00:00+00:00' },
  ],
  next: {
    starts_at: '2026-11-23T09:00:00+00:00',
    ends_at: '2026-11-23T12:00:00+00:00',
    people: [
      { name: '李老师', role: 'volunteer', post: '单元门岗' },
      { name: null, role: 'volunteer', post: '单元门岗' },
    ],
  },
  helps: ['送药代买', '搬重物'],
}
