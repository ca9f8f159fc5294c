import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type IpPlaces, type IpPlacesOptions, ipPlaces } from './ip-places.ts'
import { fakeCities, fakeNetworks, writeFakeDatabase } from './place-database.fake.ts'

let folder = ''
const opened: IpPlaces[] = []
const file = (name: string): string => join(folder, name)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-places-'))
  writeFakeDatabase(file('city.mmdb'), { records: fakeCities })
  writeFakeDatabase(file('asn.mmdb'), { type: 'Test-ASN', records: fakeNetworks })
})
afterEach(() => {
  for (const places of opened.splice(0)) places.close()
  rmSync(folder, { recursive: true })
})

async function open(options: IpPlacesOptions = {}): Promise<IpPlaces> {
  const places = await ipPlaces({ databases: [file('city.mmdb'), file('asn.mmdb')], ...options })
  opened.push(places)
  return places
}

describe('a place', () => {
  const broadband = { asn: 64_496, name: 'Example Broadband AS', kind: 'isp' }

  it('is a country, and nothing nearer, unless cities are asked for', async () => {
    const places = await open()
    expect(places.level).toBe('country')
    expect(places.locate('192.0.2.7')).toEqual({
      country: 'NO',
      region: null,
      city: null,
      latitude: null,
      longitude: null,
      accuracyRadius: null,
      network: broadband,
    })
  })

  it('has city, region and coordinates where cities are asked for', async () => {
    const places = await open({ level: 'city' })
    const oslo = { country: 'NO', region: 'Oslo', city: 'Oslo', latitude: 59.9127, longitude: 10.7461 }
    expect(places.locate('192.0.2.7')).toEqual({ ...oslo, accuracyRadius: 20, network: broadband })
    expect(places.locate('2001:db8::7')).toMatchObject({ city: 'Bergen', network: broadband })
    expect(places.locate('2001:db8:ffff::7')).toMatchObject({ city: 'Singapore' })
  })

  it.each(['::ffff:192.0.2.7', '::ffff:c000:207', '::FFFF:192.0.2.7'])(
    'is the same for an IPv4 address that is written %s',
    async (address) => {
      const places = await open()
      expect(places.locate(address)).toEqual(places.locate('192.0.2.7'))
    },
  )

  it.each([
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.1.1',
    '::1',
    'fd00::1',
    'fe80::1',
  ])('of %s is a private network, whatever the data says', async (address) => {
    writeFakeDatabase(file('city.mmdb'), {
      records: { '::/1': { country: { iso_code: 'NO' } }, '8000::/1': { country: { iso_code: 'NO' } } },
    })
    const place = (await open()).locate(address)
    expect(place).toMatchObject({ country: null, city: null, network: { asn: null, kind: 'private' } })
  })

  it.each([
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '64:ff9b::1',
    '2001::1',
    '2002:c000:207::1',
    'ff02::1',
  ])('of %s is not known, whatever the data says', async (address) => {
    writeFakeDatabase(file('city.mmdb'), {
      records: { '::/1': { country: { iso_code: 'NO' } }, '8000::/1': { country: { iso_code: 'NO' } } },
    })
    expect((await open()).locate(address)).toBeNull()
  })

  it.each([
    '',
    'localhost',
    '192.0.2',
    '192.0.2.300',
    '192.0.2.1:80',
    'fe80::1%eth0',
    '[2001:db8::1]',
    '\0',
    'x'.repeat(300),
  ])('of %j, which is no address, is not known', async (address) => {
    expect((await open()).locate(address)).toBeNull()
  })

  it('of an address that no file holds is not known', async () => {
    expect((await open()).locate('192.0.3.1')).toBeNull()
  })

  it('comes from the first file that knows the city, else from the first that knows the country', async () => {
    writeFakeDatabase(file('own.mmdb'), { type: 'Own', records: { '192.0.0.0/16': { country_code: 'SE' } } })
    const places = await open({ level: 'city', databases: [file('own.mmdb'), file('city.mmdb')] })
    expect(places.locate('192.0.2.7')).toMatchObject({ country: 'NO', city: 'Oslo' })
    expect(places.locate('192.0.3.7')).toMatchObject({ country: 'SE', city: null })
  })
})

describe('the kind of a network', () => {
  it('is known by its number, by its name, and unknown where neither says', async () => {
    const places = await open()
    const kinds = ['192.0.2.7', '198.51.100.7', '203.0.113.7'].map(
      (address) => places.locate(address)?.network?.kind,
    )
    expect(kinds).toEqual(['isp', 'mobile', 'hosting'])
  })

  it('is what a list of the operator says, before everything else', async () => {
    writeFileSync(
      file('tor.txt'),
      '# exits\n203.0.113.7 # one\n\n2001:db8::/48\n203.0.113.0/30\n203.0.113.2/31\r\n',
    )
    writeFileSync(file('vpn.txt'), '203.0.113.0/24\n')
    const places = await open({
      networkLists: [
        { kind: 'tor', path: file('tor.txt') },
        { kind: 'vpn', path: file('vpn.txt') },
      ],
    })
    const kind = (address: string) => places.locate(address)?.network?.kind
    expect(['203.0.113.7', '203.0.113.3', '203.0.113.4', '2001:db8::1', '192.0.2.1'].map(kind)).toEqual([
      'tor',
      'tor',
      'vpn',
      'tor',
      'isp',
    ])
  })

  it('is what a record says, before what is known of its number', async () => {
    writeFakeDatabase(file('anonymous.mmdb'), {
      type: 'Test-Anonymous-IP',
      records: {
        '203.0.113.0/24': { is_anonymous: true, is_anonymous_vpn: true, is_hosting_provider: true },
      },
    })
    const places = await open({ databases: [file('city.mmdb'), file('anonymous.mmdb'), file('asn.mmdb')] })
    expect(places.locate('203.0.113.7')?.network).toMatchObject({ asn: 24_940, kind: 'vpn' })
  })
})

describe('files that cannot be used', () => {
  it.each([
    ['is missing', () => rmSync(file('city.mmdb')), /city\.mmdb cannot be read \(ENOENT\)/],
    ['is cut off', () => truncateSync(file('city.mmdb'), 600), /city\.mmdb is no MMDB file, or is cut off/],
    ['is something else', () => writeFileSync(file('city.mmdb'), '<html>'), /city\.mmdb is no MMDB file/],
    ['is empty', () => writeFileSync(file('city.mmdb'), ''), /city\.mmdb is no MMDB file/],
    ['lost what was before its data', loseTree, /city\.mmdb is damaged/],
  ])('are refused by name: one that %s', async (_, spoil, message) => {
    spoil()
    await expect(open()).rejects.toMatchObject({
      code: 'invalid-argument',
      field: 'databases',
      message: expect.stringMatching(message),
    })
  })

  function loseTree(): void {
    const whole = readFileSync(file('city.mmdb'))
    writeFileSync(file('city.mmdb'), whole.subarray(whole.indexOf('MaxMind.com') - 3))
  }

  it('are refused by line: a list with something else in it, which is not repeated', async () => {
    writeFileSync(file('tor.txt'), '203.0.113.7\ncanary\n')
    const opening = open({ networkLists: [{ kind: 'tor', path: file('tor.txt') }] })
    await expect(opening).rejects.toThrow(/tor\.txt has a line 2 that is neither an address nor a CIDR$/)
  })

  it('are not asked for cities that they do not know', async () => {
    writeFakeDatabase(file('city.mmdb'), { type: 'Test-Country', records: {} })
    await expect(open({ level: 'city' })).rejects.toMatchObject({ code: 'invalid-argument', field: 'level' })
  })
})
