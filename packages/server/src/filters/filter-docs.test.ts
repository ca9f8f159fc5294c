import { readFileSync } from 'node:fs'
import { formatFilter, instantOf, noFilter, parseFilter } from 'latchkey'
import { expect, it } from 'vitest'

const page = readFileSync(new URL('../../../../docs/filters.md', import.meta.url), 'utf8')
const examples = /```filters\n([^`]+)```/.exec(page)?.[1]?.trimEnd().split('\n') ?? []
const now = instantOf(Date.parse('2026-11-23T12:00:00Z'))

it('docs/filters.md has examples', () => {
  expect(examples.length).toBeGreaterThan(5)
})

it.each(examples)('the example %s can be read, and says something', (example) => {
  const reading = parseFilter(example, now)
  expect(reading).toEqual({ kind: 'filter', filter: expect.anything() })
  if (reading.kind === 'filter') expect(formatFilter(reading.filter)).not.toBe(formatFilter(noFilter))
})

it('docs/filters.md names every key', () => {
  const fault = parseFilter('nothing:x', now)
  const keys = fault.kind === 'fault' ? (/there are ([a-z, ]+)\./.exec(fault.fault.message)?.[1] ?? '') : ''
  const named = [...page.matchAll(/^\| `([a-z]+)` \|/gm)].map(([, key]) => key)
  expect(named).toEqual(keys.split(', '))
})

it('times that docs/filters.md shows can be read', () => {
  const table = page.slice(page.indexOf('## Times'), page.indexOf('## Examples'))
  const values = [...table.matchAll(/^\| (.+?) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, value = '']) => value),
  )
  expect(values.length).toBeGreaterThan(6)
  for (const value of values) expect(parseFilter(`created:${value}`, now).kind, value).toBe('filter')
})
