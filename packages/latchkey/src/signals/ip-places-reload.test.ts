import { mkdtempSync, readdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Timers } from '../foundation/timers.ts'
import { type IpPlaces, ipPlaces } from './ip-places.ts'
import { fakeCities, writeFakeDatabase } from './place-database.fake.ts'
import type { PlaceReload } from './place-reload.ts'

let folder = ''
let places: IpPlaces
let reloads: PlaceReload[] = []
const waiting: (() => unknown)[] = []
const timers: Timers = {
  after(_, run) {
    waiting.push(run)
    return () => {
      waiting.splice(0)
    }
  },
}
const file = (name: string): string => join(folder, name)
const country = (): string | null | undefined => places.locate('192.0.2.7')?.country

/** A minute goes by. */
async function look(): Promise<void> {
  for (const run of waiting.splice(0)) await run()
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-places-'))
  reloads = []
  writeFakeDatabase(file('city.mmdb'), { records: fakeCities })
  places = await ipPlaces({
    databases: [file('city.mmdb')],
    timers,
    onReload: (reload) => reloads.push(reload),
  })
})
afterEach(() => {
  places.close()
  rmSync(folder, { recursive: true })
})

function replaceBy(code: string): void {
  const records = { '192.0.2.0/24': { country_code: code }, '192.0.3.0/24': { country_code: code } }
  writeFakeDatabase(file('next.mmdb'), { type: `Test-Country-${code}`, records })
  renameSync(file('next.mmdb'), file('city.mmdb'))
}

it('a file that was replaced is in use after two looks', async () => {
  replaceBy('SE')
  await look()
  expect(country()).toBe('NO')
  await look()
  expect(country()).toBe('SE')
  expect(reloads).toMatchObject([
    { changed: [file('city.mmdb')], failures: [], data: [{ name: 'Test-Country-SE' }] },
  ])
})

it('a file that is being written is left alone', async () => {
  replaceBy('SE')
  await look()
  replaceBy('DK')
  await look()
  expect([country(), reloads]).toEqual(['NO', []])
  await look()
  expect(country()).toBe('DK')
})

it('a file that was replaced is in use at once when that is asked for', async () => {
  replaceBy('SE')
  const { changed } = await places.reload()
  expect([changed, country()]).toEqual([[file('city.mmdb')], 'SE'])
  expect(await places.reload()).toMatchObject({ changed: [], failures: [] })
  expect(reloads).toHaveLength(1)
})

it('a file that is broken now is told of once, and what was known before stays', async () => {
  truncateSync(file('city.mmdb'), 300)
  for (let minute = 0; minute < 5; minute += 1) await look()
  expect(country()).toBe('NO')
  expect(reloads.map(({ failures }) => failures)).toEqual([
    [`${file('city.mmdb')} is no MMDB file, or is cut off`],
  ])
  replaceBy('SE')
  await look()
  await look()
  expect(country()).toBe('SE')
})

it('a file that is gone changes nothing', async () => {
  rmSync(file('city.mmdb'))
  expect(await places.reload()).toMatchObject({ changed: [], failures: [expect.stringContaining('ENOENT')] })
  expect(country()).toBe('NO')
})

it('nothing is looked at any more once it is closed', async () => {
  places.close()
  expect(waiting).toEqual([])
})

it('tables of networks are read once, and then from what was kept of them until they change', async () => {
  const cacheFolder = file('cache')
  const networkTables = [file('v4.csv'), file('v6.csv')]
  writeFileSync(
    file('v4.csv'),
    '3221225984,3221226239,64500,"Example ""One"", Inc."\n3325256704,3325256959,64501,Two\n',
  )
  writeFileSync(
    file('v6.csv'),
    '42540766411282592856903984951653826560,42540766490510755371168322545197776895,64500,Example\r\n',
  )
  const network = async (address: string) => {
    const opened = await ipPlaces({ networkTables, cacheFolder, timers })
    return opened.locate(address)?.network
  }
  const one = { asn: 64_500, name: 'Example "One", Inc.', kind: 'unknown' }
  expect(await network('192.0.2.255')).toEqual(one)
  const [kept = ''] = readdirSync(cacheFolder)
  expect(await network('2001:db8:ffff::1')).toEqual(one)
  truncateSync(join(cacheFolder, kept), 100)
  expect(await network('198.51.100.1')).toMatchObject({ asn: 64_501 })
  writeFileSync(file('v4.csv'), '3221225984,3221226239,64502,New\n')
  expect(await network('192.0.2.1')).toMatchObject({ asn: 64_502 })
  expect(readdirSync(cacheFolder)).toHaveLength(1)
})

it.each([
  ['192.0.2.0,192.0.2.255,64500,Example', 1],
  ['3325256704,3325256959,64500,Two\n3221225984,3221226239,64500,One', 2],
  ['3221225984,3221226239,64500', 1],
  ['3221225984,42540766411282592856903984951653826560,64500,Example', 1],
  ['3221225984,3221226239,AS64500,Example', 1],
])('a table with the lines %j is refused by its line %i', async (text, line) => {
  writeFileSync(file('v4.csv'), `${text}\n`)
  await expect(ipPlaces({ networkTables: [file('v4.csv')], timers })).rejects.toThrow(
    `networkTables: ${file('v4.csv')} has a line ${line} that is no range of a network`,
  )
})
