import { nextTick, onScopeDispose, watch } from 'vue'

/** What an entry of the browser's history says: the router's place in it, and how many sheets are open there. */
interface EntryState { position?: number, sheet?: number }
interface Sheet { isOpen: () => boolean, close: () => void }

/** The sheets that are open, the topmost last. Each has an entry of the history above the one of its page. */
const stack: Sheet[] = []
/** The router's place of the page that is shown. */
let page: number | undefined
/**
 * A step back of our own. `moving` = what waits for it, `arrived` ends that; `sheets` = how many sheets are open where
 * it leads, until the browser has reported it.
 */
const step: { moving: Promise<void> | null, arrived: () => void, sheets: number | null } = {
  moving: null,
  arrived: () => {},
  sheets: null,
}
/** How long to wait for a step back, ms: a browser that has nowhere to go reports nothing. A busy one is late. */
const NO_ANSWER = 1500

const stateNow = (): EntryState => window.history.state as EntryState | null ?? {}
const depth = (): number => stateNow().sheet ?? 0

/** Goes back to the entry with this many sheets; resolves when the browser is there. */
async function backTo(sheets: number): Promise<void> {
  while (step.moving) await step.moving
  const steps = depth() - sheets
  if (steps <= 0) return
  step.moving = new Promise<void>((done) => {
    step.arrived = done
    step.sheets = sheets
    setTimeout(done, NO_ANSWER)
    window.history.go(-steps)
  })
  await step.moving
  step.moving = null
}

/** Brings the history in line with the sheets: entries of closed ones go, open ones have theirs. */
async function align(): Promise<void> {
  await nextTick()
  await backTo(stack.length)
  while (step.moving === null && depth() < stack.length) {
    page = stateNow().position
    window.history.pushState({ ...window.history.state as object, sheet: depth() + 1 }, '')
  }
}

/**
 * The browser moved between entries. Where the page stays the same, this ends here, before the router hears of it. Back
 * closes the topmost sheet; forward onto the entry of a closed one leads out again.
 */
function onPop(event: PopStateEvent): void {
  const { sheet = 0, position } = event.state as EntryState | null ?? {}
  if (step.moving || step.sheets === sheet) {
    event.stopImmediatePropagation()
    const late = step.moving === null
    step.sheets = null
    step.arrived()
    // a sheet that was opened meanwhile took over the entry that is gone now
    if (late) void align()
    return
  }
  const below = stack.splice(sheet)
  if (position !== page) return
  if (below.length > 0 || sheet > stack.length) event.stopImmediatePropagation()
  for (const { close } of below.toReversed()) close()
  void nextTick().then(() => {
    // a sheet whose work is running stays
    stack.push(...below.filter(one => one.isOpen() && !stack.includes(one)))
    return align()
  })
}

/** Makes Back close the sheet that is open. To be called before the router is made: its own listener comes second. */
export function watchBack(): void {
  window.addEventListener('popstate', onPop)
}

/** Before the page changes: the entries of sheets go, so that Back leads to this page, once. */
export async function leaveSheets(): Promise<void> {
  await backTo(0)
}

/** After the router went somewhere; a sheet that is still open over the same page has its entry again. */
export function pageShown(same: boolean): void {
  page = stateNow().position
  if (same) void align()
}

/** Lets Back close a sheet while it is open. */
export function backCloses(isOpen: () => boolean, close: () => void): void {
  const sheet: Sheet = { isOpen, close }
  function leave(): void {
    const place = stack.indexOf(sheet)
    if (place < 0) return
    stack.splice(place, 1)
    void align()
  }
  watch(isOpen, (now) => {
    if (!now) return leave()
    if (stack.includes(sheet)) return
    stack.push(sheet)
    void align()
  }, { immediate: true })
  onScopeDispose(leave)
}
