import { expect, it } from 'vitest'
import { unknownPlace } from '../model/place.ts'
import { placeInWords } from './place-in-words.ts'

it.each([
  ['NO', 'Oslo', 'Oslo, Norway'],
  ['NO', null, 'Norway'],
  ['SG', 'Singapore', 'Singapore'],
  ['HK', 'Hong Kong', 'Hong Kong SAR China'],
  ['NO', 'Nor', 'Nor, Norway'],
  ['AX', null, 'Åland Islands'],
  ['XK', 'Pristina', 'Pristina, Kosovo'],
  ['AQ', null, 'Antarctica'],
])('%s and %s are "%s"', (country, city, words) => {
  expect(placeInWords({ ...unknownPlace, country, city })).toBe(words)
})

it.each(['ZZ', 'XX', 'XA', 'AP', 'A1', '', 'no', 'NOR', '001', 'N', '__proto__'])(
  'nothing is said of the country %j',
  (country) => {
    expect(placeInWords({ ...unknownPlace, country, city: 'Oslo' })).toBeNull()
  },
)

it('nothing is said of a place that is unknown, or of a city in no known country', () => {
  expect(placeInWords(null)).toBeNull()
  expect(placeInWords(unknownPlace)).toBeNull()
  expect(placeInWords({ ...unknownPlace, city: 'Springfield' })).toBeNull()
})

it('every code of two letters is a name or nothing', () => {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const codes = letters.flatMap((first) => letters.map((second) => `${first}${second}`))
  const names = codes.map((country) => placeInWords({ ...unknownPlace, country }))
  expect(names.filter((name) => name !== null && /^[A-Z]{2}$/.test(name))).toEqual([])
  expect(names.filter((name) => name !== null).length).toBeGreaterThan(240)
})
