import { expect, it } from 'vitest'
import { SessionService } from './session-service.ts'

it('the session service has a method for each call about devices', async () => {
  const made: string[] = []
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const type = new Headers(init?.headers).get('content-type')
    made.push([init?.method, url, type, init?.body].filter(Boolean).join(' '))
    return Response.json({})
  }
  const service = new SessionService({ baseUrl: 'https://auth.example.com', fetch })
  await service.getDevices()
  await service.renameDevice('dev_a', 'Kitchen')
  await service.renameDevice('dev_a', null)
  await service.trustDevice('dev_a', 3600)
  await service.untrustDevice('dev_a')
  await service.endDeviceSessions('../a?')
  await service.forgetDevice('dev_a')
  await service.getFingerprintState()
  await service.sendFingerprint({ components: { time_zone: 'Europe/Oslo' }, consent: true })
  await service.getPlaceData()
  const path = 'https://auth.example.com/api/v1/security'
  expect(made).toEqual([
    `GET ${path}/devices`,
    `PATCH ${path}/devices/dev_a application/json {"name":"Kitchen"}`,
    `PATCH ${path}/devices/dev_a application/json {"name":null}`,
    `PATCH ${path}/devices/dev_a application/json {"trusted_for_seconds":3600}`,
    `PATCH ${path}/devices/dev_a application/json {"trusted_for_seconds":null}`,
    `DELETE ${path}/devices/..%2Fa%3F/sessions`,
    `DELETE ${path}/devices/dev_a`,
    `GET ${path}/fingerprint`,
    `POST ${path}/fingerprint application/json {"components":{"time_zone":"Europe/Oslo"},"consent":true}`,
    `GET ${path}/place-data`,
  ])
})
