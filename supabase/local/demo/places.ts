import type { BuildingRow, PostRow } from '#domain/importRows.ts'
import type { Pattern } from '#domain/pattern.ts'

/** A landline number that no exchange serves. */
export const DUTY_LINE = '02500830016'
export const STREET_CODE = '320106001'

const ESTATES: [estate: string, grid: string, buildings: number][] = [
  ['梧桐苑', '第一网格', 24],
  ['宁和家园', '第二网格', 19],
  ['云锦里', '第三网格', 18],
]

/** The rows of an import of 61 buildings in three invented estates. */
export function buildingRows(): BuildingRow[] {
  const all = ESTATES.flatMap(([estate, grid, n]) =>
    Array.from({ length: n }, (_, i) => ({ estate, grid, building: `${i + 1}栋`, duty_line: DUTY_LINE })),
  )
  return all.map((row, i) => ({ row: i + 2, ...row }))
}

/**
 * How a post is staffed: time of its first shift, pattern, people per shift. Without a pattern it has one shift a day
 * of `hours` hours.
 */
export interface Staffing { from: string, pattern: Pattern | null, hours: number, capacity: number }
/** A post of the demonstration: its row of an import and how it is staffed. */
export interface DemoPost { row: PostRow, staffing: Staffing }

const HELP = '送药代买、搬重物、报修水管冻裂、陪同就医'
/** Longer than the residents' page takes for a list of help: it tells staff what to do there. */
const GATE = '进出询问和车辆引导并搀扶老人过坡道'
const KIT = '红马甲、手电；融雪盐到岗领取'

function post(
  estate: string,
  building: string | null,
  name: string,
  kind: PostRow['kind'],
  staffing: Staffing,
  more: Partial<PostRow> = {},
): Omit<DemoPost, 'row'> & { row: Omit<PostRow, 'row'> } {
  const row = { estate, name, kind, kit: KIT, contact: '网格长', ...(building ? { building } : {}), ...more }
  return { staffing, row }
}

const allDay = (capacity: number): Staffing => ({ from: '08:00', pattern: '4x6', hours: 6, capacity })
const gate = (estate: string, name: string) =>
  post(estate, null, name, 'gate', allDay(2), { task: GATE, night_minimum: 2 })
const door = (estate: string, building: string, capacity: number) =>
  post(estate, building, '单元门岗', 'unit_door', allDay(capacity), { task: HELP, night_minimum: 1 })

/** Twelve posts: four gates, five unit doors, a patrol, supplies and the duty room. */
export const DEMO_POSTS: DemoPost[] = [
  gate('梧桐苑', '北门大门岗'),
  gate('梧桐苑', '南门大门岗'),
  gate('宁和家园', '东门大门岗'),
  gate('云锦里', '南门大门岗'),
  door('梧桐苑', '1栋', 1),
  door('梧桐苑', '6栋', 2),
  door('梧桐苑', '9栋', 1),
  door('宁和家园', '3栋', 2),
  door('云锦里', '8栋', 1),
  post('梧桐苑', null, '夜间巡访', 'patrol', { from: '19:00', pattern: null, hours: 3, capacity: 2 }, {
    task: '独居老人敲门并查看楼道堆物和路面结冰',
  }),
  post('宁和家园', null, '物资点', 'supplies', { from: '09:00', pattern: null, hours: 4, capacity: 2 }, {
    task: '领取物资、送货上门',
    setting: 'indoor',
  }),
  post('云锦里', null, '社区值班室', 'hotline', { from: '08:00', pattern: '3x8', hours: 8, capacity: 1 }, {
    task: '接听来电并登记居民求助事项和去向',
    setting: 'indoor',
    kit: '登记本',
  }),
].map((p, i) => ({ ...p, row: { ...p.row, row: i + 2 } }))
