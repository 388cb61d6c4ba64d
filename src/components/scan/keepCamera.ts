/** What a camera needs: how it is opened, where its picture goes, who hears of a failure, and its page. */
export interface CameraParts {
  open: () => Promise<MediaStream>
  show: (stream: MediaStream) => Promise<void>
  failed: (error: unknown) => void
  page: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>
}
export interface Camera { start: () => Promise<void>, stop: () => void }

/**
 * A camera that stays on while it is wanted. Systems end or mute its track when the app is left or a call comes; once
 * the page is visible it is opened again. A failure is told once, and ends it.
 */
export function keepCamera({ open, show, failed, page }: CameraParts): Camera {
  let stream: MediaStream | null = null
  let wanted = false
  let opening = false

  const alive = (): boolean => stream?.getVideoTracks().some(t => t.readyState === 'live' && !t.muted) ?? false
  function release(): void {
    for (const track of stream?.getTracks() ?? []) {
      track.removeEventListener('ended', resume)
      track.stop()
    }
    stream = null
  }
  async function run(): Promise<void> {
    opening = true
    release()
    try {
      const fresh = await open()
      stream = fresh
      if (!wanted) return release()
      for (const track of fresh.getVideoTracks()) track.addEventListener('ended', resume)
      await show(fresh)
    }
    catch (error) {
      // a picture that was taken away while it opened is no failure: the page is not there to see it
      if (wanted && page.visibilityState === 'visible') {
        failed(error)
        stop()
      }
    }
    finally {
      opening = false
    }
  }
  function resume(): void {
    if (wanted && !opening && page.visibilityState === 'visible' && !alive()) void run()
  }
  function stop(): void {
    wanted = false
    page.removeEventListener('visibilitychange', resume)
    release()
  }
  return {
    async start() {
      wanted = true
      page.addEventListener('visibilitychange', resume)
      await run()
    },
    stop,
  }
}
