import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { problemCodes } from './problem.ts'

const page = readFileSync(new URL('../../../../docs/http-errors.md', import.meta.url), 'utf8')
const described = [...page.matchAll(/^\| `([a-z-]+)` \| (\d{3}) \|/gm)].map(([, code, status]) => [
  code,
  Number(status),
])

it('every code is described in docs/http-errors.md with its status, and every code described exists', () => {
  const codes = Object.entries(problemCodes).map(([code, { status }]) => [code, status])
  expect(described).toEqual(codes)
})

it('a 5xx is a defect, a storage that is away or a node that is about to end, and nothing else', () => {
  const codes = Object.entries(problemCodes).filter(([, { status }]) => status >= 500)
  expect(codes.map(([code]) => code)).toEqual(['internal-error', 'stopping', 'storage-unavailable'])
})
