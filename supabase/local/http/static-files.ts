import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Encoding } from './compress.ts'
import sendFile from 'send'
import { acceptedEncodings, ENCODINGS } from './compress.ts'

/** Answers with a file of one folder. False = there is no such file, and nothing was sent. */
export type StaticFiles = (request: IncomingMessage, response: ServerResponse, urlPath: string) => Promise<boolean>

/**
 * Serves the files of a folder: hashed names for ever, everything else asked for again each time. A form that
 * `npm start` laid beside a file, `index.html.br`, is sent in its place to clients that take that encoding.
 */
export function staticFiles(root: string): StaticFiles {
  return async (request, response, urlPath) => {
    for (const encoding of [...acceptedEncodings(request), null]) {
      if (await answered({ root, urlPath, encoding }, request, response)) return true
    }
    return false
  }
}

const HEADERS = ['cache-control', 'content-encoding', 'content-length', 'content-type', 'etag', 'vary']

interface Form { root: string, urlPath: string, encoding: Encoding | null }
type Exchange = [request: IncomingMessage, response: ServerResponse]

/** True once the answer is sent or its client gone. Throws for a file that is there and cannot be read. */
async function answered({ root, urlPath, encoding }: Form, ...[request, response]: Exchange): Promise<boolean> {
  const options = { root, index: false, cacheControl: false, lastModified: false, acceptRanges: false }
  return new Promise((resolve, reject) => {
    const over = (): void => resolve(true)
    const none = (): void => {
      response.off('close', over)
      for (const name of HEADERS) response.removeHeader(name)
      resolve(false)
    }
    const path = encoding === null ? urlPath : `${urlPath}${ENCODINGS[encoding]}`
    const file = sendFile(request, path, options)
    response.once('close', over)
    file.on('headers', () => {
      response.setHeader('cache-control', cacheFor(urlPath))
      response.setHeader('vary', 'Accept-Encoding')
      if (encoding === null) return
      response.setHeader('content-encoding', encoding)
      file.type(urlPath)
    })
    file.on('directory', none)
    file.on('error', (error: Error & { status: number }) => {
      if (response.headersSent) response.destroy()
      else if (error.status === 412) response.writeHead(412).end()
      else if (error.status < 500) none()
      else reject(error)
    })
    file.pipe(response)
  })
}

/** Vite ends the names of what it builds with a hash: `index-CRTulj2o.js`. */
function cacheFor(urlPath: string): string {
  const hashed = urlPath.startsWith('/assets/') && /-[\w-]{8,}\.\w+$/.test(urlPath)
  return hashed ? 'public, max-age=31536000, immutable' : 'no-cache'
}
