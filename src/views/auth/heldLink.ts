import type { HistoryState } from 'vue-router'

/**
 * The token of a one-time link on its way from page to page, in the state of the tab's history: it is never stored on the
 * phone, nor shown in the address bar, and goes with the tab.
 */
export function holdingLink(token: string | null): HistoryState {
  return { link: token }
}

/** The token that the page before handed on; null when it handed on none. */
export function heldLink(): string | null {
  const { link } = (history.state ?? {}) as { link?: unknown }
  return typeof link === 'string' ? link : null
}
