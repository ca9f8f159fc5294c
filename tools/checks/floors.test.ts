import { expect, it } from 'vitest'
import { floors } from './floors.ts'
import { plantedTree } from './planted-tree.ts'

const library = 'packages/latchkey/src'

const sound = {
  'package.json': '{"type":"module","workspaces":["packages/*","apps/*"]}',
  [`${library}/index.ts`]: "export { judge } from './rules/judge.ts'\n",
  [`${library}/client.ts`]: "export { ask } from './client/ask.ts'\n",
  [`${library}/foundation/time.ts`]: 'export type Instant = number\n',
  [`${library}/rules/judge.ts`]:
    "import type { Instant } from '../foundation/time.ts'\nexport const judge = (at: Instant): boolean => at > 0\n",
  [`${library}/rules/judge.test.ts`]: "import '../client/ask.ts'\n",
  [`${library}/http-api/wire-types.ts`]: 'export type Wire = string\n',
  [`${library}/client/ask.ts`]:
    "import type { Wire } from '../http-api/wire-types.ts'\nexport const ask = (): Wire => ''\n",
  [`${library}/stores/memory/store.ts`]:
    "import type { Instant } from '../../foundation/time.ts'\nexport const at: Instant = 0\n",
}

const faults: readonly { readonly path: string; readonly text: string; readonly rule: string }[] = [
  { path: 'foundation/a.ts', text: "import '../model/b.ts'", rule: 'floor-of-foundation' },
  {
    path: 'model/b.ts',
    text: "import { hash } from 'node:crypto'\nexport { hash }",
    rule: 'pure-of-the-machine',
  },
  {
    path: 'rules/c.ts',
    text: "import type { P } from '../ports/p.ts'\nexport type C = P",
    rule: 'floor-of-rules',
  },
  { path: 'ports/p.ts', text: 'export type P = 1', rule: '' },
  { path: 'operations/d.ts', text: "import '../transport/t.ts'", rule: 'floor-of-operations' },
  { path: 'transport/t.ts', text: "import '../stores/memory/store.ts'", rule: 'floor-of-transport' },
  { path: 'transport/u.ts', text: "import '../index.ts'", rule: 'floor-of-transport' },
  { path: 'stores/sqlite/s.ts', text: "import '../memory/store.ts'", rule: 'no-store-imports-another' },
  { path: 'client/e.ts', text: "import '../model/b.ts'", rule: 'floor-of-client' },
  { path: 'cache/f.ts', text: "import './g.ts'", rule: 'no-cycle' },
  { path: 'cache/g.ts', text: "import type { F } from './f.ts'\nexport type G = F", rule: '' },
  {
    path: 'signals/h.tsx',
    text: "import type { J } from '../rules/judge.ts'\nexport const h = <b>{1 as J}</b>",
    rule: 'floor-of-signals',
  },
  { path: 'sinks/i.ts', text: "import './nowhere.ts'", rule: 'nothing-unresolvable' },
]

it('a tree that keeps to the floors has no fault', async () => {
  expect(await floors.find(plantedTree(sound))).toEqual([])
})

it('every import that leaves its floor is found, types and tsx included, and by the rule that it breaks', async () => {
  const planted = Object.fromEntries(faults.map(({ path, text }) => [`${library}/${path}`, `${text}\n`]))
  const report = await floors.find(plantedTree({ ...sound, ...planted }))
  for (const { path, rule } of faults.filter((fault) => fault.rule !== ''))
    expect(
      report.some((line) => line.includes(`${rule}: ${library}/${path}`)),
      `${rule} in ${path}`,
    ).toBe(true)
})

it('a workspace that comes in by no door, or by one that is not for it, is found', async () => {
  const report = await floors.find(
    plantedTree({
      ...sound,
      'packages/server/src/a.ts': "import '../../latchkey/src/rules/judge.ts'\n",
      'apps/console/src/b.ts': "import '../../../packages/latchkey/src/index.ts'\n",
      'apps/console/src/c.ts': "import '../../../packages/latchkey/src/client.ts'\n",
    }),
  )
  expect(report.some((line) => line.includes('doors-of-packages-server'))).toBe(true)
  expect(report.some((line) => line.includes('doors-of-apps-console: apps/console/src/b.ts'))).toBe(true)
  expect(report.some((line) => line.includes('src/c.ts'))).toBe(false)
})
