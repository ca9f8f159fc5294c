import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { administrator, type RunningProgram, startAdministered } from '../running-program.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { browserForThisFile, expectRows, sessionRows, signIn } from './console-page.ts'
import { emulate, windows11 } from './emulated-device.ts'

const open = browserForThisFile()

/** A profile of a browser: cookies of its own. */
async function profile(): Promise<Page> {
  const page = await open()
  await emulate(page, windows11)
  return page
}

async function signInAt(page: Page, program: RunningProgram): Promise<void> {
  await page.goto(`${program.url}/settings/security`)
  await signIn(page, administrator)
  await page.waitForURL('**/settings/security')
}

interface Listed {
  readonly devices: readonly {
    readonly id: string
    readonly is_current: boolean
    readonly active_sessions: number
    readonly resembles: { readonly device_id: string; readonly confidence: number } | null
  }[]
}

function devicesSeenBy(page: Page): Promise<Listed['devices']> {
  return page.evaluate(async () => {
    const answer = await fetch('/api/v1/security/devices')
    return ((await answer.json()) as Listed).devices
  })
}

/** The session cookie alone, as if its time were over; the device cookie stays. */
async function loseSession(page: Page): Promise<void> {
  await page.context().clearCookies({ name: 'latchkey' })
}

it('signing in twice in one profile is one device with one session, with the cookie lost or signed out between', async () => {
  const program = await startAdministered(temporaryFolder())
  const page = await profile()
  await signInAt(page, program)
  const [first] = await devicesSeenBy(page)
  await loseSession(page)
  await signInAt(page, program)
  await expectRows(page, 1)
  expect(await devicesSeenBy(page)).toMatchObject([{ id: first?.id, active_sessions: 1, is_current: true }])
  await page.evaluate(() => fetch('/api/v1/auth/logout', { method: 'POST' }))
  await signInAt(page, program)
  await expectRows(page, 1)
  expect(await devicesSeenBy(page)).toMatchObject([{ id: first?.id, active_sessions: 1 }])
})

it('two profiles of one browser are two devices', async () => {
  const program = await startAdministered(temporaryFolder())
  const [one, other] = [await profile(), await profile()]
  await signInAt(one, program)
  await signInAt(other, program)
  await expectRows(one, 2)
  const devices = await devicesSeenBy(one)
  expect(devices).toHaveLength(2)
  expect(devices.map((device) => device.active_sessions)).toEqual([1, 1])
  expect(devices.map((device) => device.resembles)).toEqual([null, null])
})

it('with cleared cookies and the same fingerprint it is a new device that says which one it resembles', async () => {
  const program = await startAdministered(temporaryFolder(), { LATCHKEY_FINGERPRINTING: 'on' })
  const page = await profile()
  await signInAt(page, program)
  await fingerprintTaken(page)
  const [before] = await devicesSeenBy(page)
  await page.context().clearCookies()
  await signInAt(page, program)
  await fingerprintTaken(page)
  const devices = await devicesSeenBy(page)
  expect(devices).toHaveLength(2)
  const current = devices.find((device) => device.is_current)
  expect(current?.id).not.toBe(before?.id)
  expect(current?.resembles?.device_id).toBe(before?.id)
  expect(current?.resembles?.confidence).toBeGreaterThan(0.9)
  await sessionRows(page)
    .filter({ hasText: /Resembles/ })
    .first()
    .waitFor()
  await expectRows(page, 2)
})

it('where fingerprints are off, nothing of the browser is looked at and the module is not loaded', async () => {
  const program = await startAdministered(temporaryFolder())
  const page = await profile()
  const loaded: string[] = []
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname))
  const answered = (path: string) => page.waitForResponse((response) => response.url().includes(path))
  const everything = ['/fingerprint', '/activity', '/analytics', '/events'].map(answered)
  await signInAt(page, program)
  await expectRows(page, 1)
  await Promise.all(everything)
  expect(loaded.filter((path) => /finger|observe|thumbmark/i.test(path) && path.endsWith('.js'))).toEqual([])
})

async function fingerprintTaken(page: Page): Promise<void> {
  const taken = (): Promise<unknown> =>
    page.evaluate(async () => {
      const answer = await fetch('/api/v1/security/fingerprint')
      return ((await answer.json()) as { taken_at: string | null }).taken_at
    })
  await expect.poll(taken, { timeout: 30_000 }).not.toBeNull()
}
