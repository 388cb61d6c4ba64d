/** Reads the QR codes a picture holds. */
export interface Detector { detect: (picture: HTMLVideoElement) => Promise<{ rawValue: string }[]> }
interface Native { new (options: { formats: string[] }): Detector, getSupportedFormats: () => Promise<string[]> }

/**
 * The browser's own detector where it knows QR codes, else ZXing as wasm from our own build: nothing is fetched from
 * elsewhere. Throws when the wasm cannot be loaded.
 */
export async function openDetector(): Promise<Detector> {
  const { BarcodeDetector: Own } = globalThis as { BarcodeDetector?: Native }
  const formats = await Own?.getSupportedFormats().catch((): string[] => [])
  if (Own && formats?.includes('qr_code')) return new Own({ formats: ['qr_code'] })
  const [{ BarcodeDetector, prepareZXingModule }, { default: wasm }] = await Promise.all([
    import('barcode-detector/ponyfill'),
    import('zxing-wasm/reader/zxing_reader.wasm?url'),
  ])
  await prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true })
  return new BarcodeDetector({ formats: ['qr_code'] })
}
