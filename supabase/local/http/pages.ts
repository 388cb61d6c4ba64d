import type { IncomingMessage } from 'node:http'
import type { Answer } from './answer.ts'
import type { StaticFiles } from './static-files.ts'
import { text } from './answer.ts'

/** The residents' entry has its own page and bundle. */
export function isBoard(urlPath: string): boolean {
  return urlPath === '/b' || urlPath.startsWith('/b/')
}

/** A path that a page of the staff app may have: no file name at its end. */
export function isPage(urlPath: string): boolean {
  return !/\.[a-z0-9]+$/i.test(urlPath) && !urlPath.startsWith('/assets/')
}

/** Pages and files of the built app: `/b/<code>` is the board, any other page is the staff app, anything else 404. */
export function pages(files: StaticFiles): (request: IncomingMessage, urlPath: string) => Promise<Answer> {
  return async (request, urlPath) => {
    if (isBoard(urlPath)) return await files(request, '/board.html') ?? missing()
    if (urlPath === '/') return await files(request, '/index.html') ?? missing()
    const file = await files(request, urlPath)
    if (file !== null) return file
    return isPage(urlPath) ? await files(request, '/index.html') ?? missing() : missing()
  }
}

function missing(): Answer {
  return text(404, 'Not found')
}
