import type { Channel, Clock, Locks, Page, TabMessage } from './ports.ts'

/** Time of this browser. */
export const browserClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** Web Locks. Where there are none, every tab takes its turn at once: harmless, only more traffic. */
export const browserLocks: Locks = {
  async hold(name, signal, work, steal) {
    if (!('locks' in navigator)) return work(signal)
    const robbed = new AbortController()
    try {
      // the browser refuses `steal` together with a signal: nothing is waited for
      await navigator.locks.request(
        name,
        steal ? { steal } : { signal },
        () => work(AbortSignal.any([signal, robbed.signal])),
      )
    }
    catch (error) {
      if ((error as Error | null)?.name !== 'AbortError') throw error
    }
    finally {
      robbed.abort()
    }
  },
}

/** Words between the tabs that have this database open. */
export function browserChannel(name: string): Channel {
  const channel = new BroadcastChannel(name)
  return {
    post: message => channel.postMessage(message),
    hear(on) {
      const listener = (event: MessageEvent<TabMessage>): void => on(event.data)
      channel.addEventListener('message', listener)
      return () => channel.removeEventListener('message', listener)
    },
    close: () => channel.close(),
  }
}

/** This page: wakes when it becomes visible, gets focus or the network; hides when it goes away; Chromium says when it freezes. */
export const browserPage: Page = {
  visible: () => document.visibilityState === 'visible',
  hear(on) {
    const end = new AbortController()
    const when = (target: EventTarget, name: string, run: () => void): void =>
      target.addEventListener(name, run, { signal: end.signal })
    when(document, 'visibilitychange', () => on(document.visibilityState === 'visible' ? 'wake' : 'hide'))
    when(document, 'freeze', () => on('freeze'))
    when(document, 'resume', () => on('resume'))
    when(globalThis, 'online', () => on('wake'))
    when(globalThis, 'focus', () => on('wake'))
    when(globalThis, 'pagehide', () => on('hide'))
    return () => end.abort()
  },
}
