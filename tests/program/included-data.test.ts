import { createReadStream } from 'node:fs'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { ipPlaces } from 'latchkey/signals'
import { expect, it } from 'vitest'
import { knownNetworks } from '../../packages/latchkey/src/signals/known-networks.ts'
import { includedData } from '../../packages/server/src/program/included-data.ts'

it('the data that comes along knows nothing of addresses of documentation', async () => {
  const places = await ipPlaces({ otherwise: includedData('country') })
  places.close()
  for (const address of ['192.0.2.7', '198.51.100.7', '203.0.113.7', '2001:db8::7']) {
    expect([address, places.locate(address)]).toEqual([address, null])
  }
})

it('the data that comes along is credited to those who made it', async () => {
  const places = await ipPlaces({ otherwise: includedData('country') })
  places.close()
  expect(places.data()).toMatchObject([
    { name: 'DB-IP IP to Country Lite', licence: 'CC-BY-4.0', url: 'https://db-ip.com' },
    { licence: 'CC-BY-4.0', attribution: expect.stringMatching(/routeviews\.org.*nro\.net.*db-ip\.com/) },
  ])
  for (const { builtAt } of places.data()) expect(builtAt).toBeGreaterThan(Date.UTC(2026, 0, 1))
})

it('each network whose kind is known belongs to whom it was written down for', async () => {
  const path = createRequire(import.meta.url).resolve('@ip-location-db/asn/asn-ipv4-num.csv')
  const names = new Map<number, string>()
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const [, asn, name = ''] = /^\d+,\d+,(\d+),(.*)$/.exec(line) ?? []
    names.set(Number(asn), name)
  }
  const wrong: string[] = []
  for (const holders of Object.values(knownNetworks)) {
    for (const [holder, numbers] of Object.entries(holders)) {
      for (const asn of numbers) {
        const name = names.get(asn) ?? '(not announced)'
        if (!name.toLowerCase().includes(holder.toLowerCase())) wrong.push(`${asn} ${holder}: ${name}`)
      }
    }
  }
  expect(wrong).toEqual([])
})
