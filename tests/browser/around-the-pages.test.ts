import { expect, it } from 'vitest'
import { administrator, runCommand, startAdministered } from '../running-program.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { browserForThisFile, expectAccessible, expectRows, type Look, signIn } from './console-page.ts'

const open = browserForThisFile()
const phone: Look = { name: 'phone', width: 390, colorScheme: 'dark' }

it('an account without the role sees no administration, and its address leads nowhere for them', async () => {
  const folder = temporaryFolder()
  const program = await startAdministered(folder)
  const made = await runCommand(folder, ['users', 'create', '--email', 'grace@example.org', '--json'])
  expect(made.status, made.stderr).toBe(0)
  const { password } = JSON.parse(made.stdout) as { password: string }

  const page = await open()
  await page.goto(program.url)
  await signIn(page, { email: 'grace@example.org', password })
  await expectRows(page, 1)
  expect(await page.getByRole('link', { name: 'Sessions' }).count()).toBe(0)
  await page.goto(`${program.url}/admin/sessions`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(await page.locator('[data-row]').count()).toBe(0)
  await expectAccessible(page)
})

it('an address that needs a session leads through the sign-in page back to itself', async () => {
  const program = await startAdministered(temporaryFolder())
  const page = await open()
  await page.goto(`${program.url}/admin/sessions?filter=state%3Alive`)
  await page.waitForURL('**/sign-in**')
  await signIn(page, administrator)
  await page.waitForURL('**/admin/sessions?filter=state%3Alive')
  await page.locator('[data-row]').first().waitFor()
})

it('a link that pretends to come from here leads to no other site after the sign-in', async () => {
  const program = await startAdministered(temporaryFolder())
  const page = await open()
  for (const from of ['https://evil.example/', '//evil.example/', '/\\evil.example']) {
    await page.context().clearCookies()
    await page.goto(`${program.url}/sign-in?from=${encodeURIComponent(from)}`)
    await signIn(page, administrator)
    await page.waitForURL(`${program.url}/admin/overview`)
    await page.getByRole('button', { name: 'Sign out', exact: true }).first().click()
    await page.getByText('You are signed out.').waitFor()
  }
})

it('signing out in one tab takes the other tabs of the browser along', async () => {
  const program = await startAdministered(temporaryFolder())
  const first = await open()
  await first.goto(`${program.url}/settings/security`)
  await signIn(first, administrator)
  await expectRows(first, 1)
  const second = await first.context().newPage()
  await second.goto(`${program.url}/settings/security`)
  await second.getByText('Updates as it happens').waitFor()
  await expectRows(second, 1)
  await first.getByRole('button', { name: 'Sign out', exact: true }).first().click()
  await first.waitForURL('**/sign-in**')
  await second.waitForURL('**/sign-in**')
})

it('on a phone the menu opens, names where one can go, and leads there', async () => {
  const program = await startAdministered(temporaryFolder())
  const page = await open(phone)
  await page.goto(`${program.url}/settings/security`)
  await signIn(page, administrator)
  await expectRows(page, 1)
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('dialog', { name: 'Menu' }).waitFor()
  await expectAccessible(page)
  await page.getByRole('dialog').getByRole('link', { name: 'Sessions' }).click()
  await page.getByRole('heading', { name: 'Sessions', level: 1 }).waitFor()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

it('the theme that was chosen is there after a reload, whatever the system says', async () => {
  const program = await startAdministered(temporaryFolder())
  const page = await open()
  const background = (): Promise<string> =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  await page.goto(`${program.url}/settings/security`)
  await signIn(page, administrator)
  await expectRows(page, 1)
  const light = await background()
  await page.getByRole('radio', { name: 'Dark' }).click()
  await expect.poll(background).not.toBe(light)
  const dark = await background()
  await page.reload()
  await expectRows(page, 1)
  expect(await background()).toBe(dark)
  await expectAccessible(page)
})

it('a program that is away and comes back is told as such, and the list goes on', async () => {
  const folder = temporaryFolder()
  const first = await startAdministered(folder)
  const page = await open()
  await page.goto(`${first.url}/settings/security`)
  await signIn(page, administrator)
  await expectRows(page, 1)
  await first.end('SIGKILL')
  await page.getByText('Updates as it happens').waitFor({ state: 'detached' })
  await expectRows(page, 1)
  await startAdministered(folder, { LATCHKEY_PORT: new URL(first.url).port })
  await page.getByText('Updates as it happens').waitFor({ timeout: 60_000 })
  await expectRows(page, 1)
})
