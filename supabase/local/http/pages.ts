import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Answer } from './answer.ts'
import type { StaticFiles } from './static-files.ts'
import { text } from './answer.ts'

/** The residents' entry has its own page and bundle. */
export function isResidentPage(urlPath: string): boolean {
  return urlPath === '/b' || urlPath.startsWith('/b/')
}

/** A path that a page of the staff app may have: no file name at its end. */
export function isPage(urlPath: string): boolean {
  return !/\.[a-z0-9]+$/i.test(urlPath) && !urlPath.startsWith('/assets/')
}

type Pages = (request: IncomingMessage, response: ServerResponse, urlPath: string) => Promise<Answer | null>

/**
 * Pages and files of the built app: `/b/<code>` is the residents' page, any other page is the staff app, anything else 404.
 * Null = the answer was sent.
 */
export function pages(files: StaticFiles): Pages {
  return async (request, response, urlPath) => {
    const sent = await wanted(urlPath).reduce(
      async (before, file) => await before || files(request, response, file),
      Promise.resolve(false),
    )
    return sent ? null : text(404, 'Not found')
  }
}

/** The files that may answer a path, the first that is there. */
function wanted(urlPath: string): string[] {
  if (isResidentPage(urlPath)) return ['/resident.html']
  if (urlPath === '/') return ['/index.html']
  return isPage(urlPath) ? [urlPath, '/index.html'] : [urlPath]
}
