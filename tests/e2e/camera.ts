import type { Browser, Locator } from 'playwright-core'
import { Buffer } from 'node:buffer'
import { writeFile } from 'node:fs/promises'
import { encode } from 'uqr'

/** Width and height of the film that the browser plays in place of a camera, pixels. One film per browser. */
export const CAMERA = 640

/** Flags that replace the camera by a film; the browser reads the file again whenever the camera starts. */
export function cameraArgs(film: string): string[] {
  return [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  ]
}

/** Writes a film of two still pictures. luma: one byte per pixel, CAMERA × CAMERA. */
async function shoot(film: string, luma: Uint8Array): Promise<void> {
  const chroma = Buffer.alloc(CAMERA * CAMERA / 2, 128)
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, chroma])
  await writeFile(
    film,
    Buffer.concat([Buffer.from(`YUV4MPEG2 W${CAMERA} H${CAMERA} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]),
  )
}

/** Films a white wall. */
export const filmNothing = (film: string): Promise<void> => shoot(film, new Uint8Array(CAMERA * CAMERA).fill(255))

/** Films a printed QR code, such as the one at a door. */
export async function filmPrint(film: string, text: string): Promise<void> {
  const { size, data } = encode(text, { ecc: 'M', border: 4 })
  const scale = Math.floor(CAMERA / size)
  await shoot(
    film,
    Uint8Array.from({ length: CAMERA * CAMERA }, (_, i) =>
      data[Math.floor(Math.floor(i / CAMERA) / scale)]?.[Math.floor(i % CAMERA / scale)] ? 0 : 255),
  )
}

/** Films what one phone shows, as another phone in front of it would see it. */
export async function filmScreen(browser: Browser, film: string, shown: Locator): Promise<void> {
  await shown.scrollIntoViewIfNeeded()
  const png = (await shown.screenshot()).toString('base64')
  const page = await browser.newPage()
  const luma = await page.evaluate(async ({ png, size }) => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob())
    const canvas = new OffscreenCanvas(size, size)
    const g = canvas.getContext('2d')!
    g.fillStyle = '#fff'
    g.fillRect(0, 0, size, size)
    g.drawImage(bitmap, size * 0.1, size * 0.1, size * 0.8, size * 0.8)
    const { data } = g.getImageData(0, 0, size, size)
    let text = ''
    for (let i = 0; i < data.length; i += 4)
      text += String.fromCharCode(Math.round(0.299 * data[i]! + 0.587 * data[i + 1]! + 0.114 * data[i + 2]!))
    return btoa(text)
  }, { png, size: CAMERA })
  await page.close()
  await shoot(film, Buffer.from(luma, 'base64'))
}
