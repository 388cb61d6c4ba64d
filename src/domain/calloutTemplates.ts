import type { CalloutTemplate } from './rows.ts'
import type { PostKind, ShiftPattern } from './words.ts'

/** 台风, 暴雪, 停水停电, 防疫, 防汛, 消防排查; their words stand in i18n callout.template. */
export const CALLOUT_TEMPLATES = ['typhoon', 'snow', 'outage', 'epidemic', 'flood', 'fire'] as const
export type TemplateKey = typeof CALLOUT_TEMPLATES[number]

interface CalloutStart { kind: Exclude<PostKind, 'hotline'>, capacity: number, pattern: ShiftPattern }
/** What a call-out starts from where no template is chosen; readiness is reckoned for it, too. */
export const BLANK_START: CalloutStart = { kind: 'unit_door', capacity: 2, pattern: '8x3' }
/** What a call-out of each kind starts from: post, people per post, how the day is cut. */
const STARTS: Record<TemplateKey, CalloutStart> = {
  typhoon: { kind: 'patrol', capacity: 2, pattern: '6x4' },
  snow: { kind: 'supplies', capacity: 2, pattern: '8x3' },
  outage: { kind: 'supplies', capacity: 2, pattern: '6x4' },
  epidemic: { kind: 'unit_door', capacity: 2, pattern: '6x4' },
  flood: { kind: 'patrol', capacity: 3, pattern: '6x4' },
  fire: { kind: 'patrol', capacity: 2, pattern: 'day' },
}
export type TemplateStart =
  & Pick<CalloutTemplate, 'key' | 'name' | 'ground' | 'kind' | 'capacity' | 'pattern' | 'task' | 'kit'>
  & { id: string | null }

/**
 * The templates a coordinator may start from: the six, each as the community has made it, then its own ones by name.
 * @param own the community's templates
 * @param word the app's words for one of the six
 */
export function templateStarts(
  own: readonly CalloutTemplate[],
  word: (key: TemplateKey, part: 'name' | 'ground' | 'task' | 'kit') => string,
): TemplateStart[] {
  const start = (key: TemplateKey): TemplateStart => {
    const words = { name: word(key, 'name'), ground: word(key, 'ground') }
    return { id: null, key, ...STARTS[key], ...words, task: word(key, 'task'), kit: word(key, 'kit') }
  }
  const six = CALLOUT_TEMPLATES.map(key => own.find(t => t.key === key) ?? start(key))
  const others = own.filter(t => !(CALLOUT_TEMPLATES as readonly string[]).includes(t.key))
  return [...six, ...others.sort((a, b) => a.name < b.name ? -1 : 1)]
}
