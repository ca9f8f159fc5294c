import { existsSync, readFileSync } from 'node:fs'
import type { Check } from './check.ts'

/** Each table of codes, and the page that describes them. */
const references = [
  { page: 'docs/errors.md', file: 'packages/latchkey/src/foundation/errors.ts', table: 'errorCodes' },
  { page: 'docs/http-errors.md', file: 'packages/latchkey/src/http-api/problem.ts', table: 'problemCodes' },
]

export const errorReference: Check = {
  name: 'error-reference',
  rule: 'docs/errors.md and docs/http-errors.md describe every code of theirs, and no other',
  async find(root) {
    const faults: string[] = []
    for (const { page, file, table } of references) {
      const exported: Record<string, Record<string, unknown>> = await import(`${root}/${file}`)
      const known = Object.keys(exported[table] ?? {})
      const described = describedCodes(`${root}/${page}`)
      if (described === null) faults.push(`${page}: does not exist`)
      else faults.push(...differences(page, known, described))
    }
    return faults
  },
}

/** A code is described where it begins a heading or a row of a table. */
function describedCodes(file: string): readonly string[] | null {
  if (!existsSync(file)) return null
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(/^(?:\| |#+ )`([a-z-]+)`/gm)].map((match) => match[1] ?? '')
}

function differences(page: string, known: readonly string[], described: readonly string[]): string[] {
  return [
    ...known.filter((code) => !described.includes(code)).map((code) => `${page}: says nothing of '${code}'`),
    ...described.filter((code) => !known.includes(code)).map((code) => `${page}: '${code}' is no code`),
  ]
}
