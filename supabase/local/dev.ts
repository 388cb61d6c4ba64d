import type { Server } from 'node:http'
import type { Rooms } from './http/front-door.ts'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { createServer } from 'vite'
import { startBackend } from './backend.ts'
import { PROJECT_ROOT } from './build.ts'
import { isPage, isResidentPage } from './http/pages.ts'
import { runServer } from './start.ts'

/** Serves pages and modules by vite, with hot reload over the same port. */
async function vitePages(server: Server): Promise<Rooms['page']> {
  const vite = await createServer({
    root: PROJECT_ROOT,
    appType: 'custom',
    server: { middlewareMode: true, hmr: { server } },
  })
  server.once('close', () => void vite.close())
  return async (request, response, urlPath) => {
    // vite injects inline scripts and styles while developing.
    response.removeHeader('content-security-policy')
    const page = pageAt(urlPath)
    if (page !== null) {
      const source = await readFile(path.join(PROJECT_ROOT, page), 'utf8')
      const html = await vite.transformIndexHtml(request.url ?? '/', source)
      response.setHeader('content-type', 'text/html; charset=utf-8')
      response.end(html)
      return null
    }
    vite.middlewares(request, response, () => {
      response.statusCode = 404
      response.end()
    })
    return null
  }
}

/** The file of the page at this path; null where vite serves a module. */
function pageAt(urlPath: string): string | null {
  if (isResidentPage(urlPath)) return 'resident.html'
  const isModule = /^\/(?:@|src\/|node_modules\/)/.test(urlPath)
  return isPage(urlPath) && !isModule ? 'index.html' : null
}

process.env.NODE_ENV ??= 'development'
void runServer(async options => startBackend({ ...options, page: vitePages, log: line => console.log(line) }))
