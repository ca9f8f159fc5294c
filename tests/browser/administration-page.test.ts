import type { Locator, Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { administrator } from '../running-program.ts'
import { asService, signedIn } from '../visitor.ts'
import { administeredForThisFile } from './administered-program.ts'
import { browserForThisFile, confirm, expectAccessible, type Look, looks, signIn } from './console-page.ts'

const open = browserForThisFile()

const devices = [
  { type: 'desktop', browser: 'Firefox', os: 'Linux' },
  { type: 'mobile', browser: 'Safari', os: 'iOS' },
]

const program = administeredForThisFile()

/** A hundred and twenty sessions of sixty customers, half of them on phones. */
beforeAll(async () => {
  const create = async (_: unknown, index: number): Promise<void> => {
    const created = await asService(program(), 'POST', '/api/v1/sessions', {
      user_id: `customer-${index % 60}`,
      ip_address: `198.51.100.${index + 1}`,
      device_info: devices[index % 2],
    })
    expect(created.status, created.text).toBe(201)
  }
  await Promise.all(Array.from({ length: 120 }, create))
})

async function openSessions(look?: Look): Promise<Page> {
  const page = await open(look)
  await page.goto(`${program().url}/admin/sessions`)
  await signIn(page, administrator)
  await page.getByRole('heading', { name: 'Sessions', exact: true, level: 1 }).waitFor()
  await expectSessions(page, 50)
  return page
}

async function expectSessions(page: Page, count: number): Promise<void> {
  await expect.poll(() => page.locator('[data-row]').count(), { timeout: 30_000 }).toBe(count)
}

function filterField(page: Page): Locator {
  return page.getByRole('combobox', { name: 'Filter' })
}

async function filterBy(page: Page, filter: string): Promise<void> {
  await filterField(page).fill(filter)
  await filterField(page).press('Enter')
}

async function clear(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await expectSessions(page, 50)
}

/** What is ended with one look is not there any more with the next. */
const searched = looks.map((look, index) => ({ ...look, number: 6 + index }))

it.each(searched)('$name: the sessions of everybody, searched, filtered, turned and ended', async (look) => {
  const customer = `customer-${look.number}`
  const page = await openSessions(look)
  await expectAccessible(page)

  await filterBy(page, customer)
  await expectSessions(page, 2)
  await page.getByText('2 sessions match').waitFor()
  await clear(page)

  await page.getByLabel('Device type').selectOption('mobile')
  await page.getByText('Safari').first().waitFor()
  await expect.poll(() => page.locator('[data-row]').filter({ hasText: 'Firefox' }).count()).toBe(0)
  expect(await filterField(page).inputValue()).toBe('type:mobile')
  await filterBy(page, 'type:mobile user:customer-9')
  await expectSessions(page, 2)
  await clear(page)

  await filterBy(page, `ip:198.51.100.${look.number + 1}`)
  await expectSessions(page, 1)
  await expectAccessible(page)
  await page.getByRole('button', { name: new RegExp(`^Actions: ${customer},`) }).click()
  await page.getByRole('menuitem', { name: 'End session…' }).waitFor()
  await expectAccessible(page)
  await page.getByRole('menuitem', { name: 'End session…' }).click()
  await confirm(page, 'End session')
  await page.getByText(/Ended/).first().waitFor()

  const { body } = await asService(program(), 'GET', `/api/v1/users/${customer}/sessions/count`)
  expect(body).toEqual({ active_sessions: 1 })
})

it('pages are turned by cursor, every session is on one of them, and the way back leads back', async () => {
  const page = await openSessions()
  const asked = await (await signedIn(program())).send('GET', '/api/v1/admin/sessions?limit=200')
  const all = asked.body.sessions.length
  await page.reload()
  await expectSessions(page, 50)
  const seen = new Set<string>()
  const collect = async (): Promise<void> => {
    for (const row of await page.locator('[data-row]').all())
      seen.add((await row.getAttribute('data-row')) ?? '')
  }
  await collect()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByText(/Page 2/).waitFor()
  await expectSessions(page, 50)
  await collect()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByText(/Page 3/).waitFor()
  await expectSessions(page, all - 100)
  await collect()
  expect(seen.size).toBe(all)
  await page.getByRole('button', { name: 'Previous' }).click()
  await page.getByText(/Page 2/).waitFor()
  await expectSessions(page, 50)
})

it('all sessions of a user are ended at once', async () => {
  const page = await openSessions()
  await filterBy(page, 'user:customer-11')
  await expectSessions(page, 2)
  await page
    .getByRole('button', { name: /^Actions: customer-11/ })
    .first()
    .click()
  await page.getByRole('menuitem', { name: /^End all of this user/ }).click()
  await confirm(page, 'End all sessions')
  const { body } = await asService(program(), 'GET', '/api/v1/users/customer-11/sessions/count')
  expect(body).toEqual({ active_sessions: 0 })
  await page.getByLabel('State').selectOption('ended')
  await expectSessions(page, 2)
})

it('a search that finds nothing says so and leads back', async () => {
  const page = await openSessions()
  await filterBy(page, 'nobody-of-that-name')
  await page.getByText('No session matches').waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Show all sessions' }).click()
  await expectSessions(page, 50)
})
