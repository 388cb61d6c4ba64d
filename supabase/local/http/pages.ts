import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Answer } from './answer.ts'
import type { StaticFiles } from './static-files.ts'
import { text } from './answer.ts'

/** Is this a path of the residents' page, which has a bundle of its own? */
export function isResidentPage(urlPath: string): boolean {
  return urlPath === '/b' || urlPath.startsWith('/b/')
}

/** May a page of the staff app have this path? It ends in no file name. */
export function isPage(urlPath: string): boolean {
  return !/\.[a-z0-9]+$/i.test(urlPath) && !urlPath.startsWith('/assets/')
}

type Pages = (request: IncomingMessage, response: ServerResponse, urlPath: string) => Promise<Answer | null>

/**
 * Serves the built app: the residents' page at `/b/<code>`, the staff app at every other path of a page, and files.
 * Answers null when it has sent a file, and 404 if there is none. `door` = makes the page of a code; without it every
 * code gets the same file.
 */
export function pages(files: StaticFiles, door?: (urlPath: string) => Promise<Answer>): Pages {
  return async (request, response, urlPath) => {
    if (door && isResidentPage(urlPath)) return door(urlPath)
    for (const file of candidates(urlPath)) {
      if (await files(request, response, file)) return null
    }
    return text(404, 'Not found')
  }
}

/** The files that may answer a path; the first that exists does. */
function candidates(urlPath: string): string[] {
  if (isResidentPage(urlPath)) return ['/resident.html']
  if (urlPath === '/') return ['/index.html']
  return isPage(urlPath) ? [urlPath, '/index.html'] : [urlPath]
}
