import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { administrator } from '../running-program.ts'
import { asService } from '../visitor.ts'
import { administeredForThisFile } from './administered-program.ts'
import { browserForThisFile, expectAccessible, type Look, looks, signIn } from './console-page.ts'

const open = browserForThisFile()
const program = administeredForThisFile()

const customers = 6

const devices = [
  { type: 'desktop', browser: 'Firefox', os: 'Linux', location: 'Oslo, Norway' },
  { type: 'mobile', browser: 'Mobile Safari', os: 'iOS', location: 'Bergen, Norway' },
]

/** Two dozen sessions, of which some have ended. */
beforeAll(async () => {
  for (let index = 0; index < 24; index += 1) {
    await createSession(`customer-${index % customers}`, index)
  }
  await asService(program(), 'DELETE', '/api/v1/users/customer-5/sessions')
})

async function createSession(userId: string, index: number): Promise<void> {
  const created = await asService(program(), 'POST', '/api/v1/sessions', {
    user_id: userId,
    ip_address: `198.51.100.${index + 1}`,
    device_info: devices[index % devices.length],
  })
  expect(created.status, created.text).toBe(201)
}

async function openPage(path: string, heading: string, look?: Look): Promise<Page> {
  const page = await open(look)
  await page.goto(`${program().url}${path}`)
  await signIn(page, administrator)
  await page.getByRole('heading', { name: heading, exact: true, level: 1 }).waitFor()
  return page
}

/** The number of the tile of that name. */
function figure(page: Page, name: string): Promise<string | null> {
  return page
    .locator('dl > div')
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator('dd a')
    .first()
    .textContent()
}

async function goTo(page: Page, path: string, heading: string): Promise<void> {
  await page.goto(`${program().url}${path}`)
  await page.getByRole('heading', { name: heading, exact: true, level: 1 }).waitFor()
}

it.each(looks)('$name: overview, analytics, a user and health can be read by everybody', async (look) => {
  const page = await openPage('/admin/overview', 'Overview', look)
  await page.getByRole('img', { name: /^Sign-ins by country/ }).waitFor()
  await page.getByText('Updates as it happens').waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: /^Show as table \(Sessions created/ }).click()
  await page.getByRole('table', { name: 'Sessions created and ended per hour' }).waitFor()
  await expectAccessible(page)

  await goTo(page, '/admin/analytics?period=24h&group_by=browser', 'Analytics')
  await page.getByRole('table', { name: 'Signed in, by browser' }).getByText('Mobile Safari').waitFor()
  await expectAccessible(page)

  await goTo(page, '/admin/users/customer-1', 'customer-1')
  await expect
    .poll(() => page.getByRole('list', { name: 'Sessions in time' }).getByRole('listitem').count())
    .toBe(24 / customers)
  await page.getByRole('list', { name: 'Activity' }).getByRole('listitem').first().waitFor()
  await page.getByRole('img', { name: /^Sessions by country/ }).waitFor()
  await expectAccessible(page)

  await goTo(page, '/admin/health', 'Health')
  await page.getByRole('list', { name: 'What was looked at' }).getByRole('listitem').first().waitFor()
  await expectAccessible(page)
})

it('who is active now is told as it happens, and leads to the sessions', async () => {
  const page = await openPage('/admin/overview', 'Overview')
  await page.getByText('Updates as it happens').waitFor()
  const before = Number(await figure(page, 'Active now'))
  await createSession('customer-new', 90)
  await expect.poll(() => figure(page, 'Active now'), { timeout: 15_000 }).toBe(String(before + 1))
  await page
    .getByRole('link', { name: String(before + 1), exact: true })
    .first()
    .click()
  await page.getByRole('heading', { name: 'Sessions', exact: true, level: 1 }).waitFor()
  expect(new URL(page.url()).searchParams.get('filter')).toBe('state:live')
})

it('with the keyboard alone one comes from a bar of the overview to the sessions behind it', async () => {
  const page = await openPage('/admin/overview', 'Overview')
  const browser = page.getByRole('list', { name: 'Browsers' }).getByRole('link', { name: 'Firefox' })
  await browser.waitFor({ timeout: 30_000 })
  await page.getByRole('button', { name: /^Show as table \(Sessions created/ }).focus()
  await page.keyboard.press('Enter')
  const table = page.getByRole('region', { name: /as a table$/ })
  await table.waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('table') !== null)).toBe(true)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Sessions', exact: true, level: 1 }).waitFor()
  expect(new URL(page.url()).searchParams.get('filter')).toMatch(/^created:>=.+ created:</)
})

it('all sessions of a user are ended from the page of the user', async () => {
  await createSession('customer-gone', 91)
  const page = await openPage('/admin/users/customer-gone', 'customer-gone')
  await page.getByRole('button', { name: 'End all sessions…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'End all sessions' }).click()
  await page.getByRole('alertdialog').waitFor({ state: 'detached' })
  await expect.poll(() => page.getByRole('button', { name: 'End all sessions…' }).isDisabled()).toBe(true)
  const { body } = await asService(program(), 'GET', '/api/v1/users/customer-gone/sessions/count')
  expect(body).toEqual({ active_sessions: 0 })
})

it('a filter that cannot be read is told where it stands', async () => {
  const page = await openPage('/admin/analytics', 'Analytics')
  await page.getByRole('searchbox', { name: 'Filter' }).fill('country:Norway')
  await page.getByRole('alert').filter({ hasText: 'country of two letters' }).waitFor()
  await expectAccessible(page)
})
