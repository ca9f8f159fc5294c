import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { checks } from '../../tools/checks/every-check.ts'

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

it.each(checks)('$name: $rule', async ({ find }) => {
  expect(await find(root)).toEqual([])
})
