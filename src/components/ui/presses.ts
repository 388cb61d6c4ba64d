/** How long after a press, or after the end of what it began, the same press again still belongs to it, ms. */
export const ECHO = 400
/** How far apart the two taps of a trembling hand land, CSS px. */
const REACH = 48
const CONTROL = 'a, button, input, select, textarea, label, summary, [role], [tabindex]'

/** A press that was let through: on which control, where, and when the finger came down, however late it is heard. */
interface Press { on: Element, x: number, y: number, at: number }

/** Counts what a person does: presses of one control with nothing in between are one turn. */
let turn = 0
let last: Press | null = null
/** The control that a key pressed last. */
let keyed: Element | null = null
/** The press that is under way is swallowed. */
let swallowing = false

const controlOf = (target: EventTarget | null): Element | null =>
  target !== null && 'closest' in target ? (target as Element).closest(CONTROL) ?? target as Element : null

/** The turn that is on; a press in another turn is no echo of an earlier one. */
export const turnNow = (): number => turn

/** Something else was done: another control or key. What is pressed next is meant. */
function turned(): void {
  turn++
  last = null
  keyed = null
}

function begin(on: Element | null, { clientX: x, clientY: y, timeStamp: at }: MouseEvent): void {
  if (on !== last?.on) turned()
  last = on && { on, x, y, at }
}

/** The second half of a double tap, where the first has taken its own control away or covered it. */
function fallsThrough(on: Element | null, { clientX: x, clientY: y, timeStamp }: MouseEvent, win: Window): boolean {
  if (!last || on === last.on || timeStamp - last.at >= ECHO) return false
  if (Math.hypot(x - last.x, y - last.y) > REACH) return false
  return controlOf(win.document.elementFromPoint(last.x, last.y)) !== last.on
}

function stop(event: Event): void {
  event.preventDefault()
  event.stopImmediatePropagation()
}

/**
 * Watches presses before any control hears of them: the second tap of a double tap does not reach what appeared under
 * the finger, nor does a key that is held what received the focus. Two presses of a mouse are meant unless the system
 * itself counts them as a double click: the eye has seen what it points at. To be called once, with the page's window.
 */
export function watchPresses(win: Window): void {
  const listen = <E extends Event>(names: string[], hear: (event: E) => void): void => {
    for (const name of names) win.addEventListener(name, hear as (event: Event) => void, { capture: true })
  }
  listen<PointerEvent>(['pointerdown'], (event) => {
    if (!event.isPrimary) return
    const on = controlOf(event.target)
    swallowing = event.pointerType !== 'mouse' && fallsThrough(on, event, win)
    if (swallowing) stop(event)
    else if (event.pointerType !== 'mouse') begin(on, event)
  })
  listen<MouseEvent>(['mousedown'], (event) => {
    if (swallowing) return stop(event)
    const on = controlOf(event.target)
    swallowing = event.detail > 1 && fallsThrough(on, event, win)
    if (swallowing) stop(event)
    else begin(on, event)
  })
  listen<KeyboardEvent>(['keydown'], (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return turned()
    const on = controlOf(event.target)
    swallowing = event.repeat && on !== keyed
    if (swallowing) return stop(event)
    if (on !== keyed) turned()
    keyed = on
  })
  listen<Event>(['pointerup', 'mouseup', 'keyup'], (event) => {
    if (!swallowing) return
    stop(event)
    if (event.type === 'keyup') swallowing = false
  })
  listen<PointerEvent>(['click'], (event) => {
    // a tap whose control went while the finger was down; what code clicks by itself is no press
    const late = event.pointerType === 'touch' && fallsThrough(controlOf(event.target), event, win)
    if (!event.isTrusted || !(swallowing || late)) return
    stop(event)
    swallowing = false
  })
  listen(['pointercancel'], () => { swallowing = false })
  // a sheet that closes goes back by itself, between the two taps that it is guarded from
  listen(['input', 'popstate'], () => { turn++ })
}
