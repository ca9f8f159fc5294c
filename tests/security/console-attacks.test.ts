import { rmSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { browserForThisFile, signIn } from '../browser/console-page.ts'
import { administrator, type RunningProgram, startSharedProgram } from '../running-program.ts'
import { unownedTemporaryFolder } from '../temporary-folder.ts'
import { asService } from '../visitor.ts'

const open = browserForThisFile()
const folder = unownedTemporaryFolder()
const markup = '<img src=x onerror="document.title=1"><script>document.title=1</script>'
let program: RunningProgram

beforeAll(async () => {
  program = await startSharedProgram(folder, {
    LATCHKEY_ADMIN_EMAIL: administrator.email,
    LATCHKEY_ADMIN_PASSWORD: administrator.password,
  })
})
afterAll(async () => {
  await program.end('SIGKILL')
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

it('case 39: whatever the address of the sign-in page names as a place to come back to, one is on our own pages afterwards [ASVS 3.7.2]', async () => {
  const places = ['//evil.example', '\\\\evil.example', '/%0d%0a/evil.example']
  for (const place of places) {
    const page = await open()
    const elsewhere: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith(program.url)) elsewhere.push(request.url())
    })
    await page.goto(
      `${program.url}/sign-in?from=${encodeURIComponent(place)}&return_to=${encodeURIComponent(place)}`,
    )
    await signIn(page, administrator)
    await page.waitForURL(({ pathname }) => pathname !== '/sign-in')
    expect(new URL(page.url()).origin, place).toBe(program.url)
    expect(
      elsewhere.filter((url) => !url.startsWith('data:')),
      place,
    ).toEqual([])
  }
})

it('case 43: markup in the names of a user, a device, a browser and a place is shown as text, and none of it runs [ASVS 3.4.3]', async () => {
  const made = await asService(program, 'POST', '/api/v1/sessions', {
    user_id: `${markup} user`,
    user_agent: markup,
    device_info: { browser: markup, os: markup, model: markup, location: markup },
    device_tokens: [],
  })
  expect(made.status, made.text).toBe(201)
  const page = await open()
  await page.goto(`${program.url}/admin/sessions`)
  await signIn(page, administrator)
  await page.getByText(`${markup} user`).filter({ visible: true }).first().waitFor()
  await expectNothingRan(page)
  for (const path of [
    `/admin/audit?user_id=${encodeURIComponent(`${markup} user`)}`,
    `/${encodeURIComponent(markup)}`,
  ]) {
    await page.goto(`${program.url}${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await expectNothingRan(page)
  }
})

async function expectNothingRan(page: Page): Promise<void> {
  expect(await page.title()).not.toBe('1')
  expect(await page.locator('img[src="x"], script:not([src])').count()).toBe(0)
}
