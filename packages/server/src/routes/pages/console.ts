import { fileURLToPath } from 'node:url'
import { type ApiContext, clientHintHeaders } from 'latchkey/http'
import type { RouteContext } from '../route-context.ts'
import { readStaticFiles, type StaticFiles } from './static-files.ts'
import { staticResponse } from './static-response.ts'
import { unbuiltConsolePage } from './unbuilt-console-page.ts'

/** Where the console lies: beside the program when it was published, in its workspace in a clone. */
const folders = ['../../../dist/console/', '../../../../../apps/console/dist/'] as const

function consoleFiles(): StaticFiles {
  for (const folder of folders) {
    const files = readStaticFiles(fileURLToPath(new URL(folder, import.meta.url)))
    if (files.has('index.html')) return files
  }
  return new Map()
}

/** `GET /` and below: the files of the console, and its page for every path that a browser opens. */
export function addConsole({ app }: Pick<RouteContext, 'app'>, files: StaticFiles = consoleFiles()): void {
  const page = files.get('index.html') ?? unbuiltConsolePage
  app.get('/*', (context, next) => {
    const path = context.req.path
    const file = files.get(path.slice(1))
    if (file) return Promise.resolve(staticResponse(file, context.req.raw))
    if (isPage(context)) return Promise.resolve(staticResponse(page, context.req.raw, clientHintHeaders))
    return next()
  })
}

/** A path of the console's own router; the root for whoever asks for anything. An unknown path of the API, or a missing asset, is not answered with a page. */
function isPage(context: ApiContext): boolean {
  const path = context.req.path
  const acceptsPage = path === '/' || (context.req.header('accept') ?? '').includes('text/html')
  return acceptsPage && !path.startsWith('/api/') && !path.startsWith('/assets/')
}
