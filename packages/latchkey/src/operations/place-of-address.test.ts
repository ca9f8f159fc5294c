import { afterEach, expect, it } from 'vitest'
import { type Place, unknownPlace } from '../model/place.ts'
import type { PlaceSource } from '../ports/place-source.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { createSessions, type Sessions } from './sessions.ts'
import type { SessionsOptions } from './sessions-options.ts'

const oslo: Place = { ...unknownPlace, country: 'NO', city: 'Oslo', latitude: 59.9, longitude: 10.7 }

let asked: string[] = []
let errors: [unknown, string][] = []
let sessions: Sessions

const places: PlaceSource = {
  name: 'sample',
  level: 'city',
  data: () => [{ name: 'Sample', licence: 'CC0-1.0', attribution: null, url: null, builtAt: null }],
  locate(address) {
    asked.push(address)
    if (address === '192.0.2.66') throw new Error('broken')
    return address === '192.0.2.7' ? oslo : null
  },
}

async function open(options: Partial<SessionsOptions> = {}): Promise<Sessions> {
  asked = []
  errors = []
  const onBackgroundError = (error: unknown, task: string): void => void errors.push([error, task])
  const storage = memoryStorage()
  sessions = await createSessions({ storage, places, cleanup: 'by-command', onBackgroundError, ...options })
  return sessions
}
afterEach(() => sessions.close())

const signIn = async (ipAddress: string | null, location?: string | null) =>
  (
    await sessions.createSession({
      userId: '42',
      ipAddress,
      ...(location === undefined ? {} : { deviceInfo: { location } }),
    })
  ).session

it('a sign-in is located once, by the whole address, and says where in words', async () => {
  await open({ addressPrivacy: 'truncated' })
  const session = await signIn('::ffff:192.0.2.7')
  expect(asked).toEqual(['192.0.2.7'])
  expect(session).toMatchObject({ place: oslo, deviceInfo: { location: 'Oslo, Norway' } })
  expect(session.ipAddress).toBe('192.0.2.0/24')
  const listed = await sessions.getSession(session.id)
  expect(listed).toMatchObject({ place: oslo, deviceInfo: { location: 'Oslo, Norway' } })
  expect(asked).toHaveLength(1)
})

it('where no address is kept, the place still is', async () => {
  await open({ addressPrivacy: 'none' })
  expect(await signIn('192.0.2.7')).toMatchObject({ ipAddress: null, place: oslo })
})

it('what the caller says of the location wins, also that it is unknown', async () => {
  await open()
  expect((await signIn('192.0.2.7', 'the office')).deviceInfo.location).toBe('the office')
  expect((await signIn('192.0.2.7', null)).deviceInfo.location).toBeNull()
})

it('what a signal says of the location stands where the place is unknown', async () => {
  await open({ signals: [{ name: 'sample', sense: () => ({ location: 'somewhere' }) }] })
  expect((await signIn('192.0.2.7')).deviceInfo.location).toBe('Oslo, Norway')
  expect((await signIn('192.0.2.8')).deviceInfo.location).toBe('somewhere')
})

it('an unknown place, a broken source and no address keep nobody from signing in', async () => {
  await open()
  for (const address of ['192.0.2.8', '192.0.2.66', null]) {
    expect(await signIn(address)).toMatchObject({ place: null, deviceInfo: { location: null } })
  }
  expect(errors).toEqual([[new Error('broken'), 'places sample']])
})

it('a device has the location of its last sign-in', async () => {
  await open({ secret: new Uint8Array(32).fill(7) })
  const { device } = await sessions.createSession({ userId: '42', deviceTokens: [] })
  await sessions.createSession({
    userId: '42',
    ipAddress: '192.0.2.7',
    deviceTokens: [device?.token ?? ''],
  })
  expect(await sessions.getDevice(device?.id ?? '')).toMatchObject({
    deviceInfo: { location: 'Oslo, Norway' },
    places: expect.arrayContaining([expect.objectContaining({ location: 'Oslo, Norway', sessions: 1 })]),
  })
})

it('what places come from can be shown, and without a source there is nothing', async () => {
  expect((await open()).placeData()).toEqual({ level: 'city', sources: places.data() })
  await sessions.close()
  sessions = await createSessions({ storage: memoryStorage(), cleanup: 'by-command' })
  expect(sessions.placeData()).toBeNull()
  expect((await signIn('192.0.2.7')).place).toBeNull()
})
