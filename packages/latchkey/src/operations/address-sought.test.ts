import { afterEach, describe, expect, it } from 'vitest'
import { type AddressPrivacy, addressPrivacies } from '../rules/session-policy.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { addressSought } from './address-sought.ts'
import { createSessions, type Sessions } from './sessions.ts'

let sessions: Sessions

async function open(addressPrivacy: AddressPrivacy, storage = memoryStorage()): Promise<void> {
  sessions = await createSessions({ storage, addressPrivacy, cleanup: 'by-command' })
  for (const ipAddress of ['192.0.2.7', '192.0.2.200', '::FFFF:198.51.100.7', '2001:DB8:1::7', null]) {
    await sessions.createSession({ userId: '42', ipAddress })
  }
}
afterEach(() => sessions.close())

const found = async (ipAddress: string): Promise<(string | null)[]> => {
  const { items } = await sessions.listSessions({ ipAddress }, { cursor: null, limit: 10 })
  expect(await sessions.countSessions({ ipAddress })).toBe(items.length)
  const search = { text: ipAddress, userIds: [] }
  expect(await sessions.countSessions({ search })).toBe(items.length)
  return items.map((session) => session.ipAddress)
}

describe('sessions are found by an address', () => {
  it('in any of its spellings, where whole addresses are kept', async () => {
    await open('full')
    expect(await found('192.0.2.7')).toEqual(['192.0.2.7'])
    expect(await found('::ffff:192.0.2.7')).toEqual(['192.0.2.7'])
    expect(await found('198.51.100.7')).toEqual(['198.51.100.7'])
    expect(await found('2001:db8:0001:0:0::7')).toEqual(['2001:db8:1::7'])
    expect(await found('192.0.2')).toEqual([])
    expect(await found('192.0.2.0/24')).toEqual([])
  })

  it('or by its network, where no more is kept: all of that network', async () => {
    await open('truncated')
    expect(await found('192.0.2.99')).toEqual(['192.0.2.0/24', '192.0.2.0/24'])
    expect(await found('192.0.2.0/24')).toEqual(['192.0.2.0/24', '192.0.2.0/24'])
    expect(await found('2001:db8:1:2::3')).toEqual(['2001:db8:1::/48'])
    expect(await found('203.0.113.1')).toEqual([])
  })

  it('not at all, where none is kept', async () => {
    await open('none')
    expect(await found('192.0.2.7')).toEqual([])
    const all = await sessions.listSessions({}, { cursor: null, limit: 10 })
    expect(all.items.map(({ ipAddress }) => ipAddress)).toEqual([null, null, null, null, null])
  })

  it.each(['full', 'truncated'] as const)('nor by what was kept before none was: %s', async (before) => {
    const storage = memoryStorage()
    await open(before, storage)
    await open('none', storage)
    for (const sought of ['192.0.2.7', '192.0.2.0/24', '2001:db8:1::7'])
      expect(await found(sought)).toEqual([])
  })
})

it('text that is no address is none in any mode', async () => {
  await open('full')
  for (const privacy of addressPrivacies) {
    for (const text of ['', 'ada', '192.0.2', 'a/24', '/', 'user/1', '1']) {
      expect(addressSought(text, privacy)).toBeNull()
    }
  }
})
