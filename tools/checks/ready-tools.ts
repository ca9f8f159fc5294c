import type { Check } from './check.ts'
import { faultsOf, runTool } from './run-tool.ts'

/** The four programs of TypeScript in the repository: the library, the program, the console, and the rest. */
const projects = ['packages/latchkey', 'packages/server', 'apps/console', '.']

export const style: Check = {
  name: 'style',
  rule: 'biome finds nothing to format and nothing to lint',
  async find(root) {
    return faultsOf(
      await runTool(root, '@biomejs/biome/bin/biome', [
        'check',
        '--max-diagnostics=20',
        '--error-on-warnings',
        '.',
      ]),
    )
  },
}

export const typeCheck: Check = {
  name: 'types',
  rule: 'every TypeScript project compiles',
  async find(root) {
    const faults: string[] = []
    for (const project of projects) {
      const words = ['-p', `${root}/${project}`, '--pretty', 'false']
      faults.push(...faultsOf(await runTool(root, 'typescript/lib/tsc.js', words)))
    }
    return faults
  },
}

export const deadCode: Check = {
  name: 'dead-code',
  rule: 'knip finds no file, export or dependency that nothing uses',
  async find(root) {
    return faultsOf(
      await runTool(root, 'knip/bin/knip.js', ['--no-progress', '--treat-config-hints-as-errors']),
    )
  },
}
