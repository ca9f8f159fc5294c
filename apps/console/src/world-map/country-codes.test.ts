import { expect, it } from 'vitest'
import atlas from 'world-atlas/countries-110m.json' with { type: 'json' }
import { countryName } from '../places/country-name.ts'
import { countryCode } from './country-codes.ts'

const countries = atlas.objects.countries.geometries.map(({ id, properties }) => ({
  name: properties.name,
  code: countryCode(id, properties.name),
}))

it('knows every country of the map but Antarctica', () => {
  expect(countries).toHaveLength(177)
  expect(countries.filter(({ code }) => code === null).map(({ name }) => name)).toEqual(['Antarctica'])
})

it('gives no two countries one code, but to parts that have none of their own', () => {
  const codes = countries.map(({ code }) => code)
  const twice = codes.filter((code, index) => codes.indexOf(code) !== index)
  expect(twice.toSorted()).toEqual(['CY', 'SO'])
})

it('means the same country as the map does, going by what both are called', () => {
  const unlike = countries.filter(({ name, code }) => {
    const known = countryName(code) ?? ''
    return !initials(known).startsWith(initials(name).slice(0, 3))
  })
  // Shortened, or called otherwise in this data; each was looked at.
  expect(unlike.map(({ name, code }) => `${code} ${name}`).toSorted()).toEqual([
    'CD Dem. Rep. Congo',
    'CY N. Cyprus',
    'EH W. Sahara',
    'GQ Eq. Guinea',
    'MK Macedonia',
    'SS S. Sudan',
    'TF Fr. S. Antarctic Lands',
    'null Antarctica',
  ])
})

function initials(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')
}
