import type { Ref } from 'vue'
import type { Near } from './slices.ts'
import { onMounted, onScopeDispose, shallowReactive, watch } from 'vue'
import { nearOf, stepTo } from './slices.ts'

/** Which rows and which days are near the eye. */
export interface NearEye { rows: Near, days: Near }

/** How many come onto the page in one frame, at either end: few, as a key that is pressed in between waits for it. */
const STEP = { rows: 2, days: 1 }
/** How many more than are in sight, at either end. */
const MORE = { rows: 3, days: 1 }
/** What is shown before the first look at the page: about a screen of rows, and of days. */
const [FIRST_ROWS, FIRST_DAYS] = [16, 14]

/**
 * Which rows and days of a large matrix are near the eye, as somebody scrolls.
 * @param scroller the element that scrolls
 * @param count how many rows and days there are
 * @param on whether anybody asks; rows are of one height then, and days of one width
 * @param firstDay the day that stands first when it opens
 */
export function useNear(
  scroller: Readonly<Ref<HTMLElement | null>>,
  count: Readonly<Ref<{ rows: number, days: number }>>,
  on: Readonly<Ref<boolean>>,
  firstDay: number,
): Readonly<NearEye> {
  const around = (key: keyof NearEye, first: number, last: number): Near =>
    nearOf(count.value[key], first, last, MORE[key])
  const near = shallowReactive<NearEye>({
    rows: around('rows', 0, FIRST_ROWS), days: around('days', firstDay, firstDay + FIRST_DAYS),
  })
  let frame = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  /** one step of the way; the next follows when this one is painted */
  function set(key: keyof NearEye, goal: Near): void {
    const next = stepTo(near[key], goal, STEP[key])
    if (next.from === near[key].from && next.to === near[key].to) return
    near[key] = next
    if (next.from !== goal.from || next.to !== goal.to) soon()
  }
  function look(): void {
    const box = scroller.value
    const cell = box?.querySelector('[data-row] [data-col]')?.getBoundingClientRect()
    if (!box || !on.value || !cell) return
    const { scrollTop: top, scrollLeft: left, clientHeight, clientWidth } = box
    set('rows', around('rows', top / cell.height, (top + clientHeight) / cell.height))
    set('days', around('days', left / cell.width, (left + clientWidth) / cell.width))
  }
  /** once the screen has painted: a key that scrolls does not wait for what comes into sight */
  function soon(): void {
    if (frame !== 0) return
    frame = requestAnimationFrame(() => {
      frame = 0
      clearTimeout(timer)
      timer = setTimeout(look)
    })
  }
  let seen: ResizeObserver | undefined
  onMounted(() => {
    scroller.value?.addEventListener('scroll', soon, { passive: true })
    seen = new ResizeObserver(soon)
    if (scroller.value) seen.observe(scroller.value)
  })
  watch([count, on], soon)
  onScopeDispose(() => {
    seen?.disconnect()
    cancelAnimationFrame(frame)
    clearTimeout(timer)
    scroller.value?.removeEventListener('scroll', soon)
  })
  return near
}
