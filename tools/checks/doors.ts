import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { parseSync } from 'vite'
import type { Check } from './check.ts'

/** What a package says about its doors. */
interface PackageDoors {
  readonly exports?: Record<string, string | Record<string, string>>
}

/** `ls packages/latchkey/src/*.ts` is the public API, and package.json says the same. */
export const doors: Check = {
  name: 'doors',
  rule: 'every door is in package.json and every export there is a door; doors only re-export',
  find(root) {
    const folder = `${root}/packages/latchkey`
    const manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as PackageDoors
    const declared = manifest.exports ?? {}
    const files = readdirSync(`${folder}/src`).filter(
      (name) => /\.tsx?$/.test(name) && !/\.test\./.test(name),
    )
    return [
      ...Object.entries(declared).flatMap(([door, targets]) => faultsOfExport(folder, door, targets)),
      ...files
        .filter((name) => declared[exportName(name)] === undefined)
        .map(
          (name) => `packages/latchkey/src/${name}: stands as a door, but package.json does not export it`,
        ),
      ...files.flatMap((name) => faultsOfDoor(`packages/latchkey/src/${name}`, `${folder}/src/${name}`)),
    ]
  },
}

function exportName(file: string): string {
  const name = file.replace(/\.tsx?$/, '')
  return name === 'index' ? '.' : `./${name}`
}

function faultsOfExport(folder: string, door: string, targets: string | Record<string, string>): string[] {
  if (door === './package.json') return []
  const name = door === '.' ? 'index' : door.slice(2)
  const expected = {
    'latchkey-source': `./src/${name}.ts`,
    types: `./dist/${name}.d.ts`,
    default: `./dist/${name}.js`,
  }
  const faults: string[] = []
  if (JSON.stringify(targets) !== JSON.stringify(expected))
    faults.push(
      `packages/latchkey/package.json: '${door}' must be ${JSON.stringify(expected)}, in that order`,
    )
  if (!existsSync(`${folder}/src/${name}.ts`))
    faults.push(`packages/latchkey/package.json: '${door}' leads to src/${name}.ts, which does not exist`)
  return faults
}

function faultsOfDoor(path: string, file: string): string[] {
  const { program, errors } = parseSync(file, readFileSync(file, 'utf8'))
  if (errors.length > 0) return [`${path}: cannot be parsed`]
  return program.body
    .filter((statement) => !isReExport(statement))
    .map(() => `${path}: a door contains re-exports only`)
}

function isReExport(statement: { readonly type: string; readonly source?: unknown }): boolean {
  return (
    statement.type === 'ExportAllDeclaration' ||
    (statement.type === 'ExportNamedDeclaration' && statement.source != null)
  )
}
