import { describe, expect, it } from 'vitest'
import type { Check } from './check.ts'
import { clock } from './clock.ts'
import { docComments } from './doc-comments.ts'
import { doors } from './doors.ts'
import { errorReference } from './error-reference.ts'
import { licences } from './licences.ts'
import { map } from './map.ts'
import { names } from './names.ts'
import { personalPaths } from './personal-paths.ts'
import { plantedTree } from './planted-tree.ts'
import { requirements } from './requirements.ts'
import { renderRequirements } from './requirements-page.ts'
import { sizes } from './sizes.ts'
import { tagsIn } from './tagged-tests.ts'
import { testNames } from './test-names.ts'

interface Plant {
  readonly check: Check
  readonly fault: string
  /** A tree in which the rule holds; `planted` puts the fault into it. */
  readonly sound: Readonly<Record<string, string>>
  readonly planted: Readonly<Record<string, string>>
  /** What the report must say. */
  readonly found: string
}

const library = 'packages/latchkey/src'

const oneDoor = {
  'packages/latchkey/package.json': JSON.stringify({
    exports: {
      '.': { 'latchkey-source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
    },
  }),
  [`${library}/index.ts`]: "export { a } from './rules/a.ts'\n",
  [`${library}/rules/a.ts`]: '/** What it is. */\nexport const a = 1\n',
}

const linesOfCode = (count: number): string => 'export {}\n'.repeat(count)
const longFunction = `export function a(): void {\n${'  a\n'.repeat(40)}}\n`

const references = {
  'docs/errors.md': '| code | meaning |\n| --- | --- |\n| `known` | … |\n',
  'docs/http-errors.md': '## `api-known`\n',
  [`${library}/foundation/errors.ts`]: 'export const errorCodes = { known: 1 }\n',
  [`${library}/http-api/problem.ts`]: "export const problemCodes = { 'api-known': 1 }\n",
}

const licensed = (licence: string): Record<string, string> => ({
  'packages/latchkey/package.json': JSON.stringify({ license: 'MIT', dependencies: { a: '1' } }),
  'packages/server/package.json': JSON.stringify({ license: 'MIT' }),
  'apps/console/package.json': JSON.stringify({ license: 'MIT' }),
  'node_modules/a/package.json': JSON.stringify({ name: 'a', license: 'MIT', dependencies: { b: '1' } }),
  'node_modules/b/package.json': JSON.stringify({ name: 'b', license: licence }),
})

/** Requirements, and tests under these names, with the page that is made of them. */
function required(names: readonly string[], where: readonly string[] = []): Record<string, string> {
  const listed = [{ id: 'ASVS 7.2.4', level: 'L1', text: 'A new token.', where }]
  const path = 'tests/a.test.ts'
  const tests = names.map((name) => ({ path, name, tags: tagsIn(name) }))
  return {
    'docs/security/requirements.json': JSON.stringify(listed),
    'docs/security/asvs.md': renderRequirements(listed, tests),
    [path]: names.map((name) => `it('${name}', () => {})\n`).join(''),
  }
}

const tagged = required(['gives a new token [ASVS 7.2.4]'])

const plants: readonly Plant[] = [
  {
    check: names,
    fault: 'a folder named utils',
    sound: { 'tools/a-word.ts': '' },
    planted: { 'tools/utils/a.ts': '' },
    found: "'utils' says nothing",
  },
  {
    check: names,
    fault: 'a file in camel case',
    sound: { 'tools/a-word.test.ts': '' },
    planted: { 'tools/aWord.ts': '' },
    found: "'aWord' is not in kebab-case",
  },
  {
    check: sizes,
    fault: 'a file of 301 lines',
    sound: { 'tests/a.ts': linesOfCode(300) },
    planted: { 'tests/a.ts': linesOfCode(301) },
    found: 'tests/a.ts: 301 lines',
  },
  {
    check: sizes,
    fault: 'files that are long in the middle',
    sound: { [`${library}/a.ts`]: linesOfCode(60) },
    planted: { [`${library}/a.ts`]: linesOfCode(61) },
    found: 'the median file has 61 lines',
  },
  {
    check: sizes,
    fault: 'a function of 42 lines',
    sound: { [`${library}/a.ts`]: longFunction.replace('  a\n  a\n', '') },
    planted: { [`${library}/a.ts`]: longFunction },
    found: `${library}/a.ts:1: a function of 42 lines`,
  },
  {
    check: clock,
    fault: 'the clock read in a rule',
    sound: {
      [`${library}/foundation/time.ts`]: 'export const now = () => Date.now()\n',
      [`${library}/rules/a.ts`]: '// not Date.now\nexport const text = new Date(0).toISOString()\n',
    },
    planted: { [`${library}/rules/a.ts`]: 'export const now = new Date()\n' },
    found: `${library}/rules/a.ts:1: reads the clock`,
  },
  {
    check: doors,
    fault: 'a door that package.json does not export',
    sound: oneDoor,
    planted: { [`${library}/extra.ts`]: "export { a } from './rules/a.ts'\n" },
    found: 'extra.ts: stands as a door',
  },
  {
    check: doors,
    fault: 'code in a door',
    sound: oneDoor,
    planted: { [`${library}/index.ts`]: 'export const a = 1\n' },
    found: 'a door contains re-exports only',
  },
  {
    check: doors,
    fault: 'an export that leads nowhere',
    sound: oneDoor,
    planted: {
      'packages/latchkey/package.json': JSON.stringify({
        exports: { ...JSON.parse(oneDoor['packages/latchkey/package.json'] ?? '{}').exports, './gone': {} },
      }),
    },
    found: "'./gone' leads to src/gone.ts, which does not exist",
  },
  {
    check: docComments,
    fault: 'a name behind a door without a comment',
    sound: oneDoor,
    planted: { [`${library}/rules/a.ts`]: '/** Another. */\nconst b = 1\nexport const a = b\n' },
    found: 'rules/a.ts:3: a has no doc comment',
  },
  {
    check: testNames,
    fault: 'two tests of one name',
    sound: { 'tools/a.test.ts': "describe('a', () => { it('b', () => {}) })\nit('b', () => {})\n" },
    planted: { 'tools/a.test.ts': "it('b', () => {})\nit('b', () => {})\n" },
    found: "tools/a.test.ts:2: a second test named 'b'",
  },
  {
    check: testNames,
    fault: 'a test that is skipped',
    sound: { 'tools/a.test.ts': "it('a', () => {})\n" },
    planted: { 'tools/a.test.ts': "describe('a', () => { it.skip('b', () => {}) })\n" },
    found: "'a > b' is marked skip",
  },
  {
    check: map,
    fault: 'a path that does not exist',
    sound: {
      'ARCHITECTURE.md': '## Where is…?\n| idle timeout | `rules/idle.ts` |\n',
      [`${library}/rules/idle.ts`]: '',
    },
    planted: { 'ARCHITECTURE.md': '## Where is…?\n| idle timeout | `rules/gone.ts` |\n' },
    found: "'rules/gone.ts' does not exist",
  },
  {
    check: map,
    fault: 'a map without the table',
    sound: { 'ARCHITECTURE.md': '## Where is…?\n' },
    planted: { 'ARCHITECTURE.md': '# Latchkey\n' },
    found: "has no section 'Where is…?'",
  },
  {
    check: errorReference,
    fault: 'a code that the reference leaves out',
    sound: references,
    planted: { [`${library}/foundation/errors.ts`]: 'export const errorCodes = { known: 1, fresh: 1 }\n' },
    found: "says nothing of 'fresh'",
  },
  {
    check: errorReference,
    fault: 'a documented code that does not exist',
    sound: references,
    planted: { [`${library}/http-api/problem.ts`]: 'export const problemCodes = {}\n' },
    found: "'api-known' is no code",
  },
  {
    check: licences,
    fault: 'a licence two steps down that is not on the list',
    sound: licensed('(MIT OR GPL-3.0-only)'),
    planted: licensed('AGPL-3.0-only'),
    found: "b: licence 'AGPL-3.0-only'",
  },
  {
    check: requirements,
    fault: 'a requirement without a test',
    sound: tagged,
    planted: required(['gives a new token']),
    found: 'no test is tagged [ASVS 7.2.4]',
  },
  {
    check: requirements,
    fault: 'a tag that names no requirement',
    sound: tagged,
    planted: required(['gives a new token [ASVS 7.2.4] [ASVS 99.1]']),
    found: 'tests/a.test.ts: [ASVS 99.1] is no requirement',
  },
  {
    check: requirements,
    fault: 'a requirement that is met in a file that does not exist',
    sound: tagged,
    planted: required(['gives a new token [ASVS 7.2.4]'], ['packages/gone.ts']),
    found: "'packages/gone.ts' does not exist",
  },
  {
    check: requirements,
    fault: 'a page that is stale',
    sound: tagged,
    planted: { 'tests/a.test.ts': "it('gives another token [ASVS 7.2.4]', () => {})\n" },
    found: "docs/security/asvs.md: is not what 'npm run requirements' makes",
  },
  {
    check: personalPaths,
    fault: 'a path of somebody’s home folder',
    sound: { 'README.md': 'Put it into `~/.config`.\n' },
    planted: { 'README.md': ['Put it into /ho', 'me/ada/.config.\n'].join('') },
    found: 'README.md:1: names a folder of one machine',
  },
]

describe.each(plants)('the check of $check.name, given $fault', ({ check, sound, planted, found }) => {
  it('finds it', async () => {
    expect((await check.find(plantedTree({ ...sound, ...planted }))).join('\n')).toContain(found)
  })

  it('finds nothing without it', async () => {
    expect(await check.find(plantedTree(sound))).toEqual([])
  })
})
