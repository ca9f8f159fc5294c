import { existsSync, readFileSync } from 'node:fs'
import type { Check } from './check.ts'

const reference = 'docs/errors.md'
const codeSources = [
  { file: 'packages/latchkey/src/foundation/errors.ts', table: 'errorCodes' },
  { file: 'packages/latchkey/src/http-api/problem.ts', table: 'problemCodes' },
]

export const errorReference: Check = {
  name: 'error-reference',
  rule: `${reference} describes every code of the library and of the API, and no other`,
  async find(root) {
    if (!existsSync(`${root}/${reference}`)) return [`${reference}: does not exist`]
    const described = new Set(
      [...readFileSync(`${root}/${reference}`, 'utf8').matchAll(/^(?:\| |#+ )`([a-z-]+)`/gm)].map(
        (match) => match[1] ?? '',
      ),
    )
    const known = new Set<string>()
    for (const { file, table } of codeSources) {
      const exported: Record<string, Record<string, unknown>> = await import(`${root}/${file}`)
      for (const code of Object.keys(exported[table] ?? {})) known.add(code)
    }
    return [
      ...[...known]
        .filter((code) => !described.has(code))
        .map((code) => `${reference}: says nothing of '${code}'`),
      ...[...described]
        .filter((code) => !known.has(code))
        .map((code) => `${reference}: '${code}' is no code`),
    ]
  },
}
