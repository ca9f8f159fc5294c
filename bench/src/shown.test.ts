import { expect, it } from 'vitest'
import { atLeast, atMost } from './shown.ts'

it('a target is met at its very value', () => {
  expect(atLeast('speed', 3.5, 3.5).isMet).toBe(true)
  expect(atMost('cost', 2, 2).isMet).toBe(true)
  expect(atLeast('speed', 3.5, 3.499).isMet).toBe(false)
  expect(atMost('cost', 2, 2.001).isMet).toBe(false)
})

it.each([undefined, Number.NaN, Number.POSITIVE_INFINITY])(
  'what was not measured (%s) is neither met nor missed',
  (value) => {
    expect(atLeast('speed', 3.5, value)).toEqual({
      what: 'speed',
      target: 'at least 3.5×',
      figure: 'not measured',
      isMet: null,
    })
  },
)
