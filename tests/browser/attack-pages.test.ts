import { rmSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { administrator, type RunningProgram, runCommand, startSharedProgram } from '../running-program.ts'
import { unownedTemporaryFolder } from '../temporary-folder.ts'
import { asService, Visitor } from '../visitor.ts'
import { browserForThisFile, expectAccessible, expectRows, type Look, looks, signIn } from './console-page.ts'

const open = browserForThisFile()
const folder = unownedTemporaryFolder()
const rules = [
  { name: 'unknown-devices', when: { device_trust: 'untrusted' }, absolute_lifetime_seconds: 43_200 },
  { name: 'billing', when: { roles: ['billing'] }, idle_timeout_seconds: 600 },
]
let program: RunningProgram

beforeAll(async () => {
  program = await startSharedProgram(folder, {
    LATCHKEY_ADMIN_EMAIL: administrator.email,
    LATCHKEY_ADMIN_PASSWORD: administrator.password,
    // Short enough to be waited for, long enough for what comes right after the password.
    LATCHKEY_REAUTHENTICATION_SECONDS: '3',
    LATCHKEY_ADMIN_REAUTHENTICATION_SECONDS: '3',
    LATCHKEY_POLICY_RULES: JSON.stringify(rules),
  })
})

afterAll(async () => {
  await program.end('SIGTERM')
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

async function openAt(path: string, heading: string, look?: Look): Promise<Page> {
  const page = await open(look)
  await page.goto(program.url + path)
  await signIn(page, administrator)
  await page.getByRole('heading', { name: heading, exact: true, level: 1 }).waitFor()
  return page
}

/** The sign-in is then too long ago for changes. */
async function untilNotRecent(page: Page): Promise<void> {
  const ask = async (): Promise<string> => {
    const path = `${program.url}/api/v1/admin/users/nobody/enable`
    const answer = await page.request.post(path, { headers: { origin: program.url } })
    return ((await answer.json()) as { code?: string }).code ?? 'allowed'
  }
  await expect.poll(ask, { timeout: 30_000 }).toBe('reauthentication-required')
}

function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? ''
  })
}

function passwordDialog(page: Page): Locator {
  return page.getByRole('dialog', { name: 'Confirm that it is you' })
}

async function givePassword(page: Page, password: string): Promise<void> {
  await passwordDialog(page).waitFor()
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
}

/** Gives the right one; what lies below the dialog is there again for those who hear the page. */
async function proveWhoIAm(page: Page): Promise<void> {
  await givePassword(page, administrator.password)
  await passwordDialog(page).waitFor({ state: 'detached' })
}

async function anotherSession(): Promise<Visitor> {
  const visitor = new Visitor(program.url)
  const answer = await visitor.send('POST', '/api/v1/auth/login', administrator)
  expect(answer.status, answer.text).toBe(200)
  return visitor
}

async function sessionOf(userId: string): Promise<void> {
  const created = await asService(program, 'POST', '/api/v1/sessions', { user_id: userId })
  expect(created.status, created.text).toBe(201)
}

it.each(looks)('$name: the policy, its rules and its presets, and what they grant whom', async (look) => {
  const page = await openAt('/admin/policy', 'Policy', look)
  await page.getByRole('table', { name: 'Terms for everybody' }).getByText('30 days').waitFor()
  await page.getByText('AAL1 is met').waitFor()
  await page.getByText('AAL3 is not met').waitFor()
  await page.locator('summary', { hasText: 'OWASP, applications of high value' }).click()
  await expectAccessible(page)

  await page.getByLabel('Roles').fill('billing')
  await page.getByLabel('One-time code').check()
  await page.getByRole('button', { name: 'Explain' }).click()
  const granted = page.getByRole('table', { name: 'What is granted' })
  await granted.getByRole('row', { name: /10 minutes.*Rule billing/ }).waitFor()
  await granted.getByRole('row', { name: /12 hours.*Rule unknown-devices/ }).waitFor()
  await page.waitForURL('**/admin/policy?role=billing&device_trust=untrusted&amr=otp')

  await page.getByRole('button', { name: 'Sign everybody out…' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Sign everybody out?' })
  await dialog.getByLabel(/^Type/).fill('everyone')
  expect(await dialog.getByRole('button', { name: 'Sign everybody out' }).isDisabled()).toBe(true)
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect.poll(() => focused(page)).toBe('Sign everybody out…')
})

it.each(looks)('$name: the audit log, searched, opened and checked', async (look) => {
  const page = await openAt('/admin/audit', 'Audit log', look)
  const rows = page.locator('[data-row]')
  await page.getByLabel('Event').selectOption('sign-in.succeeded')
  await page.waitForURL('**/admin/audit?type=sign-in.succeeded')
  await rows.first().getByText('authn_login_success').waitFor()
  await rows.first().locator('summary').press('Enter')
  await rows.first().getByText('Position').waitFor()
  await page.getByRole('button', { name: 'Check the chain' }).press('Enter')
  await page.getByText(/is as it was written/).waitFor()
  await page.getByRole('button', { name: 'Copy head' }).waitFor()
  await expectAccessible(page)
  await page.reload()
  await rows.first().getByText('authn_login_success').waitFor()
  await page.getByRole('searchbox', { name: 'Done by' }).fill('nobody')
  await page.getByText('No entry matches').waitFor()
  await page.getByRole('button', { name: 'Show all entries' }).press('Enter')
  await rows.first().waitFor()
  expect(new URL(page.url()).search).toBe('')
})

it.each(looks)('$name: the recent activity, with what needs attention', async (look) => {
  const page = await open(look)
  const stolen = { type: 'session.ended', reason: 'token-reuse', level: 'CRITICAL', position: 1_000_000 }
  await page.route('**/api/v1/security/activity**', async (route) => {
    const answer = await route.fetch()
    const body = (await answer.json()) as { entries: object[] }
    await route.fulfill({ json: { ...body, entries: [{ ...body.entries[0], ...stolen }, ...body.entries] } })
  })
  await page.goto(`${program.url}/settings/security`)
  await signIn(page, administrator)
  const list = page.getByRole('list', { name: 'Recent activity' })
  await list.getByText('Somebody else may have had a copy of your sign-in').waitFor()
  await list.getByText('Signed in').first().waitFor()
  await page.getByText('by the rule unknown-devices').first().waitFor()
  await expectAccessible(page)
})

it('a recent activity that cannot be loaded says so, comes when asked for, and goes on page by page', async () => {
  for (let made = 0; made < 6; made += 1) await anotherSession()
  const page = await open()
  const path = '**/api/v1/security/activity**'
  await page.route(path, (route) => route.fulfill({ status: 503, body: '' }))
  await page.goto(`${program.url}/settings/security`)
  await signIn(page, administrator)
  await page.getByText('The recent activity could not be loaded').waitFor({ timeout: 30_000 })
  await expectAccessible(page)
  await page.unroute(path)
  await page.getByRole('button', { name: 'Load it again' }).press('Enter')
  const items = page.getByRole('list', { name: 'Recent activity' }).getByRole('listitem')
  await items.first().waitFor()
  const before = await items.count()
  await page.getByRole('button', { name: 'Show more' }).press('Enter')
  await expect.poll(() => items.count()).toBeGreaterThan(before)
})

it('by keyboard: a session is ended after the password, which is asked in place, and the question is not asked again', async () => {
  const elsewhere = await anotherSession()
  const page = await openAt('/settings/security', 'Security')
  await untilNotRecent(page)
  const button = page.getByRole('button', { name: /^End all others/ })
  await button.press('Enter')
  const question = page.getByRole('alertdialog')
  await question.getByRole('button', { name: /^End/ }).press('Enter')
  await givePassword(page, 'something else entirely')
  await passwordDialog(page).getByText('The password is wrong.').waitFor()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await passwordDialog(page).waitFor({ state: 'detached' })
  await question.getByText('Nothing was changed').waitFor()
  expect((await elsewhere.send('GET', '/api/v1/security/sessions')).status).toBe(200)

  await question.getByRole('button', { name: /^End/ }).press('Enter')
  await proveWhoIAm(page)
  await expectRows(page, 1)
  await question.waitFor({ state: 'detached' })
  await expect.poll(() => focused(page)).not.toBe('')
  expect((await elsewhere.send('GET', '/api/v1/security/sessions')).status).toBe(401)
})

it('the password is asked in every theme and width, and says how long to wait after too many attempts', async () => {
  const page = await openAt('/settings/security', 'Security', looks[3])
  await untilNotRecent(page)
  await anotherSession()
  await page.route('**/api/v1/auth/reauthenticate', (route) =>
    route.fulfill({
      status: 429,
      headers: { 'retry-after': '40' },
      json: { title: 'Slow down', status: 429, detail: 'Slow down.', code: 'too-many-attempts' },
    }),
  )
  await page.getByRole('button', { name: /^End all others/ }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: /^End/ }).click()
  await givePassword(page, administrator.password)
  await passwordDialog(page)
    .getByText(/Too many attempts/)
    .first()
    .waitFor()
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await expectAccessible(page)
  }
})

it('a user is disabled with a reason after the password, stands among the cut-offs, and is enabled again', async () => {
  await sessionOf('customer-1')
  const page = await openAt('/admin/sessions?user_id=customer-1', 'Sessions')
  await untilNotRecent(page)
  const menu = page.getByRole('button', { name: /^Actions: customer-1/ })
  await menu.click()
  await page.getByRole('menuitem', { name: 'Disable user…' }).click()
  const question = page.getByRole('alertdialog', { name: 'Disable this user?' })
  await question.getByLabel(/^Why/).fill('Laptop was stolen')
  await question.getByRole('button', { name: 'Disable user' }).click()
  await proveWhoIAm(page)
  await question.waitFor({ state: 'detached' })
  await page.locator('[data-row]').getByText('Disabled').waitFor()
  expect((await asService(program, 'POST', '/api/v1/sessions', { user_id: 'customer-1' })).status).toBe(403)

  await page.goto(`${program.url}/admin/policy`)
  const cutOff = page.getByRole('list', { name: 'Cut-offs in force' }).getByRole('listitem')
  await cutOff.filter({ hasText: 'customer-1' }).getByText('Laptop was stolen').waitFor()
  await untilNotRecent(page)
  await page.getByRole('button', { name: 'Enable customer-1' }).press('Enter')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Enable user' }).press('Enter')
  await proveWhoIAm(page)
  await page.getByRole('alertdialog').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Enable customer-1' }).waitFor({ state: 'detached' })
  await sessionOf('customer-1')
})

it('the sessions of a user are cut off until now, and the next one lives', async () => {
  await sessionOf('customer-2')
  const page = await openAt('/admin/sessions?user_id=customer-2', 'Sessions')
  await page.getByRole('button', { name: /^Actions: customer-2/ }).click()
  await page.getByRole('menuitem', { name: 'Cut off until now…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cut off until now' }).click()
  await page.getByRole('alertdialog').waitFor({ state: 'detached' })
  await page
    .getByText(/^Ended/)
    .first()
    .waitFor()
  await sessionOf('customer-2')
  const { body } = await asService(program, 'GET', '/api/v1/users/customer-2/sessions/count')
  expect(body).toEqual({ active_sessions: 1 })
})

it('somebody without the role finds neither page', async () => {
  const made = await runCommand(folder, ['users', 'create', '--email', 'grace@example.org', '--json'])
  expect(made.status, made.stderr).toBe(0)
  const { password } = JSON.parse(made.stdout) as { password: string }
  const page = await open()
  await page.goto(program.url)
  await signIn(page, { email: 'grace@example.org', password })
  await expectRows(page, 1)
  expect(await page.getByRole('link', { name: /Policy|Audit/ }).count()).toBe(0)
  for (const path of ['/admin/policy', '/admin/audit']) {
    await page.goto(program.url + path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(await page.getByRole('button', { name: /^(Sign everybody|Check the)/ }).count()).toBe(0)
  }
})

it('everybody is signed out once it is typed, whoever asked for it included', async () => {
  const elsewhere = await anotherSession()
  const page = await openAt('/admin/policy', 'Policy')
  await page.getByRole('button', { name: 'Sign everybody out…' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Sign everybody out?' })
  await dialog.getByLabel(/^Type/).fill('everybody')
  await dialog.getByRole('button', { name: 'Sign everybody out' }).click()
  await page.waitForURL('**/sign-in**')
  await page.getByText('All your sessions have ended, this one included.').waitFor()
  expect((await elsewhere.send('GET', '/api/v1/security/sessions')).status).toBe(401)
})
