import { rmSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { examples, signedInTo, startExample } from '../examples/running-example.ts'
import { temporaryFolder, unownedTemporaryFolder } from '../temporary-folder.ts'
import { browserForThisFile, expectAccessible, type Look, looks } from './console-page.ts'
import { buildReactExample, serveReactExample } from './react-example.ts'

const own = '/api/v1/security/sessions'
const open = browserForThisFile()
const built = unownedTemporaryFolder()

beforeAll(() => buildReactExample(built))
afterAll(() => rmSync(built, { recursive: true, force: true, maxRetries: 5 }))

interface Opened {
  readonly page: Page
  /** Where the page's server is: the place to sign in from another device. */
  readonly server: string
}

/** The page of the example, with ada signed in and the list in sight. */
async function openSignedIn(look?: Look): Promise<Opened> {
  const { url: server } = await startExample(`${examples}/express/server.ts`, temporaryFolder())
  const url = await serveReactExample(built, server)
  const page = await open(look)
  await page.goto(url)
  await page.waitForURL('**/sign-in')
  await page.getByLabel('Name').fill('ada')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expectItems(page, 1)
  return { page, server }
}

function items(page: Page): Locator {
  return page.getByRole('region', { name: 'Active sessions' }).getByRole('listitem')
}

async function expectItems(page: Page, count: number): Promise<void> {
  await expect.poll(() => items(page).count(), { timeout: 30_000 }).toBe(count)
}

/** The name of what has the focus, as a screen reader says it. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    const ids = element?.getAttribute('aria-labelledby')?.split(' ') ?? []
    const parts = ids.length === 0 ? [element] : ids.map((id) => document.getElementById(id))
    return parts.map((part) => part?.textContent?.trim()).join(' ')
  })
}

async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    if (name.test(await focused(page))) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not come to ${name}; it stands at '${await focused(page)}'.`)
}

it.each(looks)(
  '$name: a new sign-in appears, is ended by keyboard alone, and an ending elsewhere leads to the sign-in',
  async (look) => {
    const { page, server } = await openSignedIn(look)
    await items(page).getByText('This device').waitFor()
    await expectAccessible(page)

    const elsewhere = await signedInTo(server, 'ada')
    await expectItems(page, 2)
    await page.getByText('2 active sessions').waitFor()
    await page.getByRole('status').filter({ hasText: 'New session: Safari on macOS.' }).waitFor()
    await expectAccessible(page)

    await tabTo(page, /^Sign out Safari on macOS/)
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Sign out Safari on macOS?' })
    await dialog.waitFor()
    await expectAccessible(page)
    expect(await focused(page)).toBe('Cancel')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).toMatch(/^Sign out Safari on macOS/)
    expect((await elsewhere.send('GET', own)).status).toBe(200)

    await page.keyboard.press('Enter')
    await dialog.waitFor()
    await tabTo(page, /^Sign out$/)
    await page.keyboard.press('Enter')
    await expectItems(page, 1)
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).toBe('Active sessions')
    expect((await elsewhere.send('GET', own)).status).toBe(401)
    await expectAccessible(page)

    const another = await signedInTo(server, 'ada')
    await expectItems(page, 2)
    await another.send('DELETE', `${own}?scope=others`)
    await page.waitForURL('**/sign-in')
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  },
)

it('the page is under a policy without inline style, and has the component’s look all the same', async () => {
  const { page } = await openSignedIn()
  const answer = await page.reload()
  const policy = answer?.headers()['content-security-policy']
  expect(policy).toContain("style-src 'self';")
  expect(policy).toContain("script-src 'self';")
  expect(policy).not.toContain('unsafe')
  await expectItems(page, 1)
  const look = await page
    .getByRole('region', { name: 'Active sessions' })
    .getByRole('list')
    .evaluate((list) => [getComputedStyle(list).listStyleType, getComputedStyle(list).borderTopWidth])
  expect(look).toEqual(['none', '1px'])
})

it('everywhere ended from the page itself, it asks first, and then leads to the sign-in', async () => {
  const { page, server } = await openSignedIn()
  const elsewhere = await signedInTo(server, 'ada')
  await expectItems(page, 2)
  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  const dialog = page.getByRole('dialog', { name: 'Sign out everywhere?' })
  await dialog.getByText('2 sessions will be signed out at once').waitFor()
  await dialog.getByRole('button', { name: 'Sign out everywhere' }).click()
  await page.waitForURL('**/sign-in')
  expect((await elsewhere.send('GET', own)).status).toBe(401)
})
