import { expect, it } from 'vitest'
import { keepCamera } from './keepCamera.ts'

class Track extends EventTarget {
  readyState: 'live' | 'ended' = 'live'
  muted = false
  stop(): void { this.readyState = 'ended' }
  /** the system takes the camera away */
  end(): void {
    this.readyState = 'ended'
    this.dispatchEvent(new Event('ended'))
  }
}
class Page extends EventTarget { visibilityState: 'visible' | 'hidden' = 'visible' }
const settled = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 0))

function stage(fails: () => boolean = () => false) {
  const page = new Page()
  const tracks: Track[] = []
  const [shown, errors]: [number[], unknown[]] = [[], []]
  const turn = (to: Page['visibilityState']): Promise<void> => {
    page.visibilityState = to
    page.dispatchEvent(new Event('visibilitychange'))
    return settled()
  }
  const camera = keepCamera({
    open: async () => {
      if (fails()) throw new DOMException('taken', 'NotReadableError')
      const track = new Track()
      tracks.push(track)
      return { getTracks: () => [track], getVideoTracks: () => [track] } as unknown as MediaStream
    },
    show: async () => { shown.push(tracks.length) },
    failed: error => errors.push(error),
    page: page as unknown as Document,
  })
  return { page, tracks, shown, errors, camera, turn }
}

it('starts again when the app comes back and the system had ended the camera', async () => {
  const { tracks, shown, camera, turn } = stage()
  await camera.start()
  await turn('hidden')
  tracks[0]!.end()
  await settled()
  expect(shown).toEqual([1])
  await turn('visible')
  expect(shown).toEqual([1, 2])
  expect(tracks[1]!.readyState).toBe('live')
})
it('starts again when the picture was only muted, and lets a living one be', async () => {
  const { tracks, shown, camera, turn } = stage()
  await camera.start()
  await turn('hidden')
  await turn('visible')
  expect(shown).toEqual([1])
  tracks[0]!.muted = true
  await turn('hidden')
  await turn('visible')
  expect(shown).toEqual([1, 2])
  expect(tracks[0]!.readyState).toBe('ended')
})
it('starts again at once when the track ends before the person\'s eyes', async () => {
  const { tracks, shown, camera } = stage()
  await camera.start()
  tracks[0]!.end()
  await settled()
  expect(shown).toEqual([1, 2])
})
it('stays off once it was stopped', async () => {
  const { tracks, shown, camera, turn } = stage()
  await camera.start()
  camera.stop()
  await turn('hidden')
  await turn('visible')
  expect(shown).toEqual([1])
  expect(tracks[0]!.readyState).toBe('ended')
})
it('says once that it cannot be opened', async () => {
  const { errors, camera, turn } = stage(() => true)
  await camera.start()
  await turn('hidden')
  await turn('visible')
  expect(errors).toHaveLength(1)
})
