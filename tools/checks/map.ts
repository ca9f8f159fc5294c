import { existsSync, readFileSync } from 'node:fs'
import type { Check } from './check.ts'

const mapFile = 'ARCHITECTURE.md'
const heading = /^#+ .*Where is/m

/** A path looks like one: it has a folder, or an ending that a source or a document has. */
const looksLikePath = /^[\w@.-]+(\/[\w@.*-]+)*(\/|\.(ts|tsx|md|js|json|yml|mjs))$/

export const map: Check = {
  name: 'map',
  rule: `every path that ${mapFile} names exists, and it has a table that says where what is`,
  find(root) {
    if (!existsSync(`${root}/${mapFile}`)) return [`${mapFile}: does not exist`]
    const text = readFileSync(`${root}/${mapFile}`, 'utf8')
    const tableless = heading.test(text) ? [] : [`${mapFile}: has no section 'Where is…?'`]
    return [
      ...tableless,
      ...pathsIn(text)
        .filter((path) => !exists(root, path))
        .map(describe),
    ]
  },
}

function pathsIn(text: string): string[] {
  const withoutDrawings = text.replace(/^```[\s\S]*?^```/gm, '')
  const spans = [...withoutDrawings.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '')
  return [...new Set(spans.filter((span) => looksLikePath.test(span) && !span.includes('*')))]
}

/** A path may start at the repository, at the library's sources or at the program's. */
function exists(root: string, path: string): boolean {
  return ['', 'packages/latchkey/src/', 'packages/server/src/', 'apps/console/src/'].some((start) =>
    existsSync(`${root}/${start}${path}`),
  )
}

function describe(path: string): string {
  return `${mapFile}: '${path}' does not exist`
}
