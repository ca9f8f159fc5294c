import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Check } from './check.ts'
import { faultsOf, runTool } from './run-tool.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))

/** The floors of ARCHITECTURE.md, held by dependency-cruiser. `root` may be a tree of the same shape elsewhere. */
export const floors: Check = {
  name: 'floors',
  rule: 'rooms import only from the floors below them; no cycles; workspaces come in by doors',
  async find(root) {
    const folders = ['packages', 'apps', 'examples'].filter((folder) => existsSync(`${root}/${folder}`))
    const result = await runTool(root, 'dependency-cruiser/bin/dependency-cruise.mjs', [
      '--config',
      `${repository}/.dependency-cruiser.mjs`,
      '--output-type',
      'err',
      ...folders,
    ])
    const lines = faultsOf(result)
    const violations = lines.filter((line) => line.includes('→'))
    // It failed for another reason: then everything that it said is of use.
    return violations.length === 0 ? lines : violations.map((line) => line.trim())
  },
}
