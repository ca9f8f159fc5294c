import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import crawlers from 'crawler-user-agents'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readPatternLists } from './pattern-list.ts'
import { requiredLiterals } from './required-literals.ts'

it.each([
  ['Googlebot\\/', ['googlebot/']],
  ['(Sili|Kotoss) ?Browser', ['browser']],
  ['(?:Foo|Barn)/(\\d+)', ['foo', 'barn']],
  ['[gG]alaxy', ['galaxy']],
  ['colou?r', ['colo']],
  ['ab+cdef', ['cdef']],
  ['(Foo)?Bars', ['bars']],
  ['(Foo){0,1}Bars', ['bars']],
  ['(?!Netscape)Mosaic', ['mosaic']],
  ['(?<!Nets)Mosaic', ['mosaic']],
  ['Chrome.{0,30}Edge', ['edge']],
  ['x{2}yes', ['yes']],
])('each match of %s holds one of %s', (source, literals) => {
  expect(requiredLiterals(source)).toEqual(literals)
})

it.each(['[a-z]+', 'ab', 'Foo|x', '(Foo)?', '\\d{3}', '.*', '', '(?:Netscape)?'])(
  'nothing can be required for %s',
  (source) => {
    expect(requiredLiterals(source)).toBeNull()
  },
)

it('whatever one of the patterns in use matches holds what it is said to require', () => {
  const list = readFileSync(fileURLToPath(import.meta.resolve('uap-core/regexes.yaml')), 'utf8')
  const listed = Object.values(readPatternLists(list)).flatMap((rules) => rules ?? [])
  const sources = [
    ...listed.map((rule) => rule['regex'] ?? ''),
    ...(crawlers as readonly { readonly pattern: string }[]).map(({ pattern }) => pattern),
  ]
  fc.assert(
    fc.property(
      fc
        .constantFrom(...sources)
        .chain((source) => fc.record({ source: fc.constant(source), text: textsFor(source) })),
      ({ source, text }) => {
        fc.pre(new RegExp(source).test(text))
        const literals = requiredLiterals(source)
        expect(literals === null || literals.some((literal) => text.toLowerCase().includes(literal))).toBe(
          true,
        )
      },
    ),
    { numRuns: 300 },
  )
})

/** fast-check knows no word boundaries and does not look around; for what else it does not know there is no text. */
function textsFor(source: string): fc.Arbitrary<string> {
  const known = source.replace(/\(\?<?[!=](?:[^()]|\([^()]*\))*\)|\\[bB]/g, '')
  try {
    return fc.stringMatching(new RegExp(known))
  } catch {
    return fc.constant('')
  }
}
