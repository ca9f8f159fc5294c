import { expect, it } from 'vitest'
import { countryName } from './country-name.ts'

it('names countries, and says of others what was said of them', () => {
  expect(['NO', 'XX', 'nowhere', null].map(countryName)).toEqual(['Norway', 'XX', 'nowhere', null])
})
