import { expect, it } from 'vitest'
import { codeSamples } from './code-samples.ts'
import { plantedTree } from './planted-tree.ts'

const page = (words: string, code: string): Record<string, string> => ({
  'tsconfig.base.json': '{}',
  'packages/latchkey/src/index.ts': '',
  'README.md': `# Latchkey\n\n\`\`\`ts${words}\n${code}\n\`\`\`\n`,
})

it('a sample that does not compile is found where it stands', async () => {
  const [fault] = await codeSamples.find(plantedTree(page('', "const count: number = 'three'")))
  expect(fault).toMatch(/^README\.md:3: error TS2322/)
})

it('a sample that compiles is no fault, and a fragment is no sample', async () => {
  expect(await codeSamples.find(plantedTree(page('', 'const count: number = 3')))).toEqual([])
  expect(await codeSamples.find(plantedTree(page(' fragment', 'const count: number = …')))).toEqual([])
})
