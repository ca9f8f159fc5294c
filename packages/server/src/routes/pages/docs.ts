import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RouteContext } from '../route-context.ts'
import { docsPage, docsScript, docsStyle } from './docs-page.ts'
import { type StaticFile, type StaticFiles, staticFile } from './static-files.ts'
import { staticResponse } from './static-response.ts'

/** `GET /docs`: the reference page. Everything on it comes from the program itself, and nothing in it is inline. */
export function addDocs({ app }: RouteContext): void {
  let files: StaticFiles | null = null
  app.get('/docs', (context) => staticResponse(docsPage, context.req.raw))
  app.get('/docs/:file', (context, next) => {
    // Read when somebody asks for it first: it is two megabytes that most starts never need.
    files ??= docsFiles()
    const file = files.get(context.req.param('file'))
    return file ? Promise.resolve(staticResponse(file, context.req.raw)) : next()
  })
}

/** Beside the program when it was published, in the package of Swagger UI in a clone. */
function swaggerFolder(): string {
  const published = fileURLToPath(new URL('../../../dist/docs/', import.meta.url))
  if (existsSync(published)) return published
  return dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
}

function docsFiles(): StaticFiles {
  const folder = swaggerFolder()
  const own: readonly (readonly [string, StaticFile])[] = [
    ['docs.js', docsScript],
    ['docs.css', docsStyle],
  ]
  const shipped = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'].map(
    (name) => [name, staticFile(name, readFileSync(join(folder, name)))] as const,
  )
  return new Map([...own, ...shipped])
}
