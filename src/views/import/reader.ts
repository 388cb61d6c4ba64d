import type { SheetErrorCode } from '#io/book/sheet.ts'
import type { Ask, Reply } from '#io/importWorker.ts'
import type { OpenImport } from '#io/openImport.ts'
import type { Told } from '#io/readImport.ts'

/** A file that is open, and the end of it. `code` of a failure is that of a SheetError. */
export interface OpenFile extends OpenImport { close: () => void }

/** The file cannot be read; null = the program failed. */
export class ReadFailure extends Error {
  readonly code: SheetErrorCode | null
  constructor(code: SheetErrorCode | null, text: string) {
    super(text)
    this.code = code
  }
}

type Asked = Ask extends infer One ? One extends Ask ? Omit<One, 'id'> : never : never

interface Waiting { done: (value: never) => void, failed: (error: Error) => void, told: Told | undefined }

/** Asks a worker, and remembers who waits for which answer. `gone`: the worker could not be loaded, or it died. */
class Desk {
  private readonly worker = new Worker(new URL('../../io/importWorker.ts', import.meta.url), { type: 'module' })
  private readonly waiting = new Map<number, Waiting>()
  private last = 0

  constructor() {
    this.worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
      const asked = this.waiting.get(data.id)
      if ('total' in data) return asked?.told?.(data.done, data.total)
      this.waiting.delete(data.id)
      if (data.ok) asked?.done(data.value as never)
      else asked?.failed(new ReadFailure(data.code as SheetErrorCode | null, data.text))
    })
    this.worker.addEventListener('error', (event) => {
      event.preventDefault()
      for (const { failed } of this.waiting.values()) failed(new WorkerGone(event.message))
      this.waiting.clear()
    })
  }

  ask<T>(asked: Asked, told?: Told): Promise<T> {
    return new Promise<T>((done, failed) => {
      const id = ++this.last
      this.waiting.set(id, { done, failed, told })
      this.worker.postMessage({ ...asked, id })
    })
  }

  close(): void {
    this.worker.terminate()
  }
}
class WorkerGone extends Error {}

/** Opens the file on the page itself, where a browser has no worker for modules. */
async function openHere(bytes: Uint8Array, name: string): Promise<OpenFile> {
  const { openImport } = await import('#io/openImport.ts')
  const { SheetError } = await import('#io/book/sheet.ts')
  const open = await openImport(bytes, name).catch((error: unknown) => {
    throw error instanceof SheetError ? new ReadFailure(error.code, error.message) : error
  })
  return { ...open, close: () => {} }
}

/** Opens a file beside the page. Throws ReadFailure. */
export async function openFile(file: File): Promise<OpenFile> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (typeof Worker === 'undefined') return openHere(bytes, file.name)
  const desk = new Desk()
  try {
    await desk.ask<null>({ call: 'open', args: [bytes, file.name] })
  }
  catch (error) {
    desk.close()
    if (error instanceof WorkerGone) return openHere(bytes, file.name)
    throw error
  }
  return {
    preview: (kind, choices, told) => desk.ask({ call: 'preview', args: [kind, choices] }, told),
    roster: (...args) => desk.ask({ call: 'roster', args }),
    mend: (...args) => desk.ask({ call: 'mend', args }),
    close: () => desk.close(),
  }
}
