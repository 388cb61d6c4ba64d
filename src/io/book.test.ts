import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { MAX_FILE_BYTES, readBook } from './book/book.ts'
import { decodeText, parseCsvText } from './csv.ts'

const cells = (text: string) => parseCsvText(text).map(row => row.cells)
const utf8 = (text: string) => new TextEncoder().encode(text)
/** '姓名,手机\n王芳,1' in GBK. */
const GBK = Uint8Array.from([
  0xD0,
  0xD5,
  0xC3,
  0xFB,
  0x2C,
  0xCA,
  0xD6,
  0xBB,
  0xFA,
  0x0A,
  0xCD,
  0xF5,
  0xB7,
  0xBC,
  0x2C,
  0x31,
])

describe('text files', () => {
  it('reads GBK, UTF-8 and byte-order marks', () => {
    expect(cells(decodeText(GBK))).toEqual([['姓名', '手机'], ['王芳', '1']])
    expect(decodeText(utf8('\uFEFF姓名'))).toBe('姓名')
    expect(decodeText(Uint8Array.from([0xFF, 0xFE, 0x53, 0x73]))).toBe('獓')
    expect(decodeText(Uint8Array.from([0x81, 0x39, 0xEE, 0x39]))).toBe('㐀')
  })

  it('finds the delimiter and keeps quoted line breaks', () => {
    expect(cells('姓名\t手机\n王芳\t1')).toEqual([['姓名', '手机'], ['王芳', '1']])
    expect(cells('姓名;手机\n"王\n芳";1')).toEqual([['姓名', '手机'], ['王\n芳', '1']])
  })
})

describe('workbooks written by another library', () => {
  it.each(['xls', 'xlsx'])('reads %s with merged areas filled and phones unspoilt', async (ext) => {
    const bytes = await readFile(fileURLToPath(new URL(`./fixtures/responders-merged.${ext}`, import.meta.url)))
    const sheets = await readBook(new Uint8Array(bytes))
    expect(sheets.map(s => s.name)).toEqual(['说明', '名单'])
    expect(sheets[1]!.rows[3]!.cells).toEqual(
      ['1', '王　芳', '320106000000000000', '19900000001', '梧桐苑', '６幢', '在职党员', '双报到党员'],
    )
    expect(sheets[1]!.rows[4]!.cells[4]).toBe('梧桐苑')
    expect(sheets[1]!.rows[2]!.cells[0]).toBe('序号')
  })

  it('names what it cannot open', async () => {
    await expect(readBook(new Uint8Array())).rejects.toMatchObject({ code: 'empty' })
    await expect(readBook(Uint8Array.from([0x50, 0x4B, 3, 4, 0]))).rejects.toMatchObject({
      code: 'damaged',
    })
    await expect(readBook(new Uint8Array(MAX_FILE_BYTES + 1))).rejects.toMatchObject({ code: 'too_large' })
  })
})
