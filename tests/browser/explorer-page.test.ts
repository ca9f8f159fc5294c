import type { Locator, Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { administrator } from '../running-program.ts'
import { asService } from '../visitor.ts'
import { administeredForThisFile } from './administered-program.ts'
import { browserForThisFile, expectAccessible, type Look, looks, signIn } from './console-page.ts'

const open = browserForThisFile()
const program = administeredForThisFile()

/** Ten sessions of each of four types of device, of forty users. */
const types = ['mobile', 'tablet', 'tv', 'console'] as const

beforeAll(async () => {
  const create = async (_: unknown, index: number): Promise<void> => {
    const created = await asService(program(), 'POST', '/api/v1/sessions', {
      user_id: `customer-${index}`,
      ip_address: `198.51.100.${index + 1}`,
      device_info: { type: types[index % types.length], browser: 'Firefox', os: 'Linux' },
    })
    expect(created.status, created.text).toBe(201)
  }
  await Promise.all(Array.from({ length: 40 }, create))
})

async function openFilter(filter: string, look?: Look): Promise<Page> {
  const page = await open(look)
  await page.goto(`${program().url}/admin/sessions?${new URLSearchParams({ filter })}`)
  await signIn(page, administrator)
  await page.getByRole('heading', { name: 'Sessions', exact: true, level: 1 }).waitFor()
  return page
}

function field(page: Page): Locator {
  return page.getByRole('combobox', { name: 'Filter' })
}

async function expectSessions(page: Page, count: number): Promise<void> {
  await expect.poll(() => page.locator('[data-row]').count(), { timeout: 30_000 }).toBe(count)
}

it.each(looks)(
  '$name: a filter is completed by keys, stands in the address, and its fault is shown at the word',
  async (look) => {
    const page = await openFilter('user:customer-1', look)
    await expectSessions(page, 1)
    await field(page).fill('type:tabl')
    await page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option', { name: 'tablet' }).waitFor()
    await expectAccessible(page)
    await field(page).press('ArrowDown')
    await field(page).press('Enter')
    await expectSessions(page, 10)
    expect(new URL(page.url()).searchParams.get('filter')).toBe('type:tablet')

    await field(page).fill('type:tablet country:Norway')
    await field(page).press('Enter')
    await page.getByText('It needs a country of two letters', { exact: false }).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Show country:Norway in the filter' }).click()
    const chosen = await field(page).evaluate((input: HTMLInputElement) =>
      input.value.slice(input.selectionStart ?? 0, input.selectionEnd ?? 0),
    )
    expect(chosen).toBe('country:Norway')
  },
)

it.each(looks)(
  '$name: while the next list is on its way, the one before can be read, and a line says so',
  async (look) => {
    const page = await openFilter('type:tablet', look)
    await expectSessions(page, 10)
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    await page.route('**/api/v1/admin/sessions?**', (route) => released.then(() => route.continue()))
    await field(page).fill('user:customer-1')
    await field(page).press('Enter')
    const list = page.locator('[aria-busy=true]:has([data-row])')
    await list.waitFor()
    await expectSessions(page, 10)
    expect(await list.evaluate((element) => getComputedStyle(element, '::before').height)).toBe('2px')
    await expectAccessible(page)
    release()
    await expectSessions(page, 1)
    await list.waitFor({ state: 'detached' })
  },
)

it('a filter is saved, shown again, renamed and deleted', async () => {
  const page = await openFilter('type:tv')
  await expectSessions(page, 10)
  await page.getByRole('button', { name: 'Saved filters' }).click()
  await page.getByRole('menuitem', { name: 'Save this filter…' }).click()
  await page.getByLabel('Name').fill('Televisions')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('button', { name: 'Televisions' }).waitFor()

  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await page.getByRole('button', { name: 'Saved filters' }).click()
  await page.getByRole('menuitem', { name: /^Televisions/ }).click()
  await expectSessions(page, 10)

  await page.getByRole('button', { name: 'Televisions' }).click()
  await page.getByRole('menuitem', { name: 'Rename or delete…' }).click()
  await page.getByRole('button', { name: 'Rename Televisions' }).click()
  await page.getByLabel('New name of Televisions').fill('TVs')
  await page.getByRole('button', { name: 'Save name' }).click()
  await page.getByRole('button', { name: 'Delete TVs' }).click()
  await page.getByRole('button', { name: 'Delete TVs' }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Saved filters' }).waitFor()
})

const endings = looks.map((look, index) => ({ ...look, type: types[index] ?? 'mobile' }))

it.each(endings)('$name: all that match are ended, once their count is typed', async (look) => {
  const page = await openFilter(`type:${look.type} browser:Firefox`, look)
  await expectSessions(page, 10)
  await page.getByRole('button', { name: 'End all 10 sessions…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('10 active sessions').waitFor()
  await expectAccessible(page)
  const end = dialog.getByRole('button', { name: 'End 10 sessions' })
  expect(await end.isDisabled()).toBe(true)
  await dialog.getByLabel('Type 10 to confirm').fill('10')
  await end.click()
  await dialog.getByText('10 sessions ended.', { exact: false }).waitFor({ timeout: 30_000 })
  await expectAccessible(page)
  await dialog.getByRole('link', { name: /^In the audit log/ }).click()
  await page.getByRole('heading', { name: 'Audit log', level: 1 }).waitFor()
  // Ten endings, and the beginning and the end of the job.
  await expect.poll(() => page.locator('[data-row]').count(), { timeout: 30_000 }).toBe(12)
  const { body } = await asService(program(), 'GET', '/api/v1/users/customer-39/sessions/count')
  expect(body.active_sessions).toBe(look.type === 'console' ? 0 : 1)
})
