import { expect, it } from 'vitest'
import { evidenceRows } from './evidence-rows.ts'

it('takes apart what holds others, and names it in words', () => {
  expect(
    evidenceRows({
      from: { country: 'NO', city: 'Oslo', accuracy_km: 20 },
      least_speed_kmh: 14342.86,
      known_countries: ['NO', 'SE'],
    }),
  ).toEqual([
    { name: 'From, country', value: 'Norway' },
    { name: 'From, city', value: 'Oslo' },
    { name: 'From, accuracy (km)', value: '20' },
    { name: 'Least speed (km/h)', value: '14,342.9' },
    { name: 'Known countries', value: 'Norway, Sweden' },
  ])
})

it('leaves out what is not known, and says that there are none', () => {
  expect(evidenceRows({ city: null, devices: [] })).toEqual([{ name: 'Devices', value: 'None' }])
})

it('numbers of networks are names, not amounts', () => {
  expect(evidenceRows({ network: 64500 })).toEqual([{ name: 'Network', value: 'AS64500' }])
  expect(evidenceRows({ known_networks: 3 })).toEqual([{ name: 'Known networks', value: '3' }])
})
