import type { ObjectDirective } from 'vue'

const seen = new WeakMap<HTMLElement, ResizeObserver>()

function settle(box: HTMLElement): void {
  const scrolls = box.scrollHeight > box.clientHeight || box.scrollWidth > box.clientWidth
  if (scrolls) box.tabIndex = 0
  else box.removeAttribute('tabindex')
}

/**
 * `v-scrolls` on a box of words that scrolls by itself: while it holds more than it shows it takes the focus, so that
 * keys can move it. How much fits depends on the words, the width and the size of the print, so the box is measured.
 */
export const vScrolls: ObjectDirective<HTMLElement> = {
  mounted(box) {
    const observer = new ResizeObserver(() => settle(box))
    observer.observe(box)
    seen.set(box, observer)
  },
  // a box at its full height does not change its size when lines are added
  updated: settle,
  unmounted(box) { seen.get(box)?.disconnect() },
}
