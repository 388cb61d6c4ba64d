import { encode } from 'uqr'

export interface QrPath { size: number, d: string }

/** The dark modules of a QR code as one SVG path; runs of a row are one rectangle. */
export function qrPath(text: string): QrPath {
  const { size, data } = encode(text, { ecc: 'M', border: 0 })
  let d = ''
  data.forEach((row, y) => {
    for (let x = 0; x < size; x++) {
      if (!row[x]) continue
      const from = x
      while (row[x + 1]) x++
      d += `M${from} ${y}h${x - from + 1}v1H${from}z`
    }
  })
  return { size, d }
}
