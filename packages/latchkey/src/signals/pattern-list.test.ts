import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { readPatternLists } from './pattern-list.ts'

it('reads of the installed list what a parser for all of YAML reads', () => {
  const list = readFileSync(fileURLToPath(import.meta.resolve('uap-core/regexes.yaml')), 'utf8')
  const read = readPatternLists(list)
  expect(read).toEqual(parse(list))
  expect(read['device_parsers']?.length).toBeGreaterThan(500)
})

it('takes a doubled quote for one, and passes over comments', () => {
  const list = "names:\n  # first\n  - regex: 'it''s # one'  # a remark\n    family_replacement: '$1'\n"
  expect(readPatternLists(list)).toEqual({ names: [{ regex: "it's # one", family_replacement: '$1' }] })
})
