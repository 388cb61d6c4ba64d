import type { IncomingMessage } from 'node:http'
import type { Answer } from './answer.ts'
import type { Encoding } from './compress.ts'
import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { chooseEncoding, compress, etagOf } from './compress.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

interface Kept { hash: string, body: Buffer, type: string, packed: Map<Encoding, Buffer> }

export type StaticFiles = (request: IncomingMessage, urlPath: string) => Promise<Answer | null>

/** Serves the files of a folder: hashed names for ever, everything else asked for again each time. Null = no such file. */
export function staticFiles(root: string): StaticFiles {
  const kept = new Map<string, Kept>()
  return async (request, urlPath) => {
    const file = insideOf(root, urlPath)
    if (file === null) return null
    const known = kept.get(file) ?? await read(file)
    if (known === null) return null
    kept.set(file, known)
    const encoding = chooseEncoding(String(request.headers['accept-encoding'] ?? ''), known.type, known.body.length)
    const etag = etagOf(known.hash, encoding)
    const headers = { 'content-type': known.type, 'cache-control': cacheFor(urlPath), etag, ...(encoding === null ? {} : { 'content-encoding': encoding }) }
    if (request.headers['if-none-match']?.includes(etag)) return { status: 304, headers, body: Buffer.alloc(0) }
    return { status: 200, headers, body: await packed(known, encoding) }
  }
}

/** The file of a path, never one outside the folder or a hidden one. */
function insideOf(root: string, urlPath: string): string | null {
  try {
    const wanted = decodeURIComponent(urlPath)
    if (wanted.includes('\0') || wanted.split(/[/\\]/).some(part => part.startsWith('.'))) return null
    return path.join(root, wanted)
  }
  catch {
    return null
  }
}

async function read(file: string): Promise<Kept | null> {
  try {
    if (!(await stat(file)).isFile()) return null
    const body = await readFile(file)
    return { hash: createHash('sha256').update(body).digest('base64url').slice(0, 22), body, type: TYPES[path.extname(file).toLowerCase()] ?? 'application/octet-stream', packed: new Map() }
  }
  catch {
    return null
  }
}

async function packed(known: Kept, encoding: Encoding | null): Promise<Buffer> {
  if (encoding === null) return known.body
  const done = known.packed.get(encoding) ?? await compress(known.body, encoding, true)
  known.packed.set(encoding, done)
  return done
}

/** Vite ends the names of what it builds with a hash: `index-CRTulj2o.js`. */
function cacheFor(urlPath: string): string {
  return urlPath.startsWith('/assets/') && /-[\w-]{8,}\.\w+$/.test(urlPath) ? 'public, max-age=31536000, immutable' : 'no-cache'
}
