import type { HeadersToSet } from 'latchkey/http'
import type { StaticFile } from './static-files.ts'

/** The file as an answer to the request: from the browser's cache where it has it, in gzip where it takes it. */
export function staticResponse(file: StaticFile, request: Request, more: HeadersToSet = {}): Response {
  const headers = new Headers({
    ...more,
    'Content-Type': file.type,
    // Hashed names never change their content; everything else is asked about each time, and answered with 304.
    'Cache-Control': file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    ETag: file.etag,
    Vary: 'Accept-Encoding',
  })
  if (request.headers.get('if-none-match')?.includes(file.etag)) {
    return new Response(null, { status: 304, headers })
  }
  const zipped = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '') ? file.gzip() : null
  if (zipped) headers.set('Content-Encoding', 'gzip')
  return new Response(zipped ?? file.body, { headers })
}
