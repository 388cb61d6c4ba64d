import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Encoding } from './compress.ts'
import sendFile from 'send'
import { acceptedEncodings, ENCODINGS } from './compress.ts'

/** Sends a file of one folder. False = there is no such file, and nothing was sent. */
export type StaticFiles = (request: IncomingMessage, response: ServerResponse, urlPath: string) => Promise<boolean>

/**
 * Serves the files of a folder. Clients keep a name with a hash for ever and ask for every other file each time. A
 * client that takes an encoding gets the compressed form that `npm start` wrote beside the file, `index.html.br`.
 */
export function staticFiles(root: string): StaticFiles {
  return async (request, response, urlPath) => {
    for (const encoding of [...acceptedEncodings(request), null]) {
      if (await sendForm({ root, urlPath, encoding }, request, response)) return true
    }
    return false
  }
}

const HEADERS = ['cache-control', 'content-encoding', 'content-length', 'content-type', 'etag', 'vary']

interface Form { root: string, urlPath: string, encoding: Encoding | null }
type Exchange = [request: IncomingMessage, response: ServerResponse]

/** True once the file is sent or its client gone; false if there is no such file. Throws if it cannot be read. */
async function sendForm({ root, urlPath, encoding }: Form, ...[request, response]: Exchange): Promise<boolean> {
  const options = { root, index: false, cacheControl: false, lastModified: false, acceptRanges: false }
  return new Promise((resolve, reject) => {
    const done = (): void => resolve(true)
    const missing = (): void => {
      response.off('close', done)
      for (const name of HEADERS) response.removeHeader(name)
      resolve(false)
    }
    const path = encoding === null ? urlPath : `${urlPath}${ENCODINGS[encoding]}`
    const file = sendFile(request, path, options)
    response.once('close', done)
    file.on('headers', () => {
      response.setHeader('cache-control', cacheFor(urlPath))
      response.setHeader('vary', 'Accept-Encoding')
      if (encoding === null) return
      response.setHeader('content-encoding', encoding)
      file.type(urlPath)
    })
    file.on('directory', missing)
    file.on('error', (error: Error & { status: number }) => {
      if (response.headersSent) response.destroy()
      else if (error.status === 412) response.writeHead(412).end()
      else if (error.status < 500) missing()
      else reject(error)
    })
    file.pipe(response)
  })
}

/** How long clients may keep a file: for ever if its name ends in vite's hash, `index-CRTulj2o.js`. */
function cacheFor(urlPath: string): string {
  const hashed = urlPath.startsWith('/assets/') && /-[\w-]{8,}\.\w+$/.test(urlPath)
  return hashed ? 'public, max-age=31536000, immutable' : 'no-cache'
}
