import type { Page } from 'playwright-core'
import { beforeAll, expect, it, vi } from 'vitest'
import { administrator } from '../running-program.ts'
import { asService, signedIn } from '../visitor.ts'
import { administeredForThisFile } from './administered-program.ts'
import { browserForThisFile, expectAccessible, type Look, looks, signIn } from './console-page.ts'

const open = browserForThisFile()
const program = administeredForThisFile()

const userAgent =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'

const stolen = 12

/** A browser's session that a program uses, of each of twelve users. */
beforeAll(async () => {
  for (let index = 0; index < stolen; index += 1) {
    const created = await asService(program(), 'POST', '/api/v1/sessions', {
      user_id: `customer-${index}`,
      ip_address: `198.51.100.${index + 1}`,
      user_agent: userAgent,
    })
    expect(created.status, created.text).toBe(201)
    const { token } = created.body
    const verified = await asService(program(), 'POST', '/api/v1/sessions/verify', {
      token,
      user_agent: 'curl/8.5.0',
    })
    expect(verified.body.active, verified.text).toBe(true)
  }
  const visitor = await signedIn(program())
  const opened = async (): Promise<number> =>
    (await visitor.send('GET', '/api/v1/admin/alerts?detector=programmatic-client')).body.alerts.length
  await vi.waitFor(async () => expect(await opened()).toBe(stolen), { timeout: 60_000, interval: 500 })
})

async function openAlerts(search: string, look?: Look): Promise<Page> {
  const page = await open(look)
  await page.goto(`${program().url}/admin/alerts?detector=programmatic-client${search}`)
  await signIn(page, administrator)
  await page.getByRole('heading', { name: 'Alerts', exact: true, level: 1 }).waitFor()
  return page
}

const walks = looks.map((look, index) => ({ ...look, user: `customer-${index}` }))

it.each(walks)('$name: an alert is looked at, noted, assigned, muted and resolved', async (look) => {
  const page = await openAlerts(`&user_id=${look.user}`, look)
  const row = page.getByRole('button', {
    name: new RegExp(`^Browser session used by a program ?, ${look.user}$`),
  })
  await row.waitFor()
  await expectAccessible(page)
  await row.click()
  await page.getByRole('heading', { name: 'Evidence' }).waitFor()
  await expectAccessible(page)

  await page.getByLabel('Add a note').fill('Looks like a stolen cookie.')
  await page.getByRole('button', { name: 'Add note' }).click()
  await page.getByRole('listitem').getByText('Looks like a stolen cookie.').waitFor()
  await page.getByRole('button', { name: 'Assign to me' }).click()
  await page.getByRole('button', { name: 'Give it up' }).click()
  await page.getByRole('button', { name: 'Assign to me' }).waitFor()

  await page.getByRole('button', { name: 'Assign to…' }).click()
  const whom = page.getByRole('dialog').getByLabel('Email of an administrator')
  await whom.fill('nobody@example.com')
  await page.getByRole('button', { name: 'Assign', exact: true }).click()
  await page.getByText('is no administrator').waitFor()
  await expectAccessible(page)
  await whom.fill(administrator.email)
  await page.getByRole('button', { name: 'Assign', exact: true }).click()
  await page.getByRole('button', { name: 'Give it up' }).waitFor()

  await page.getByRole('button', { name: 'Mute…' }).click()
  await page.getByRole('dialog').getByLabel(`The user ${look.user}`).check()
  await expectAccessible(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Mute', exact: true }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  await page.getByRole('button', { name: 'Resolve', exact: true }).click()
  await page.getByText('No alert matches').waitFor()
  await page.getByRole('button', { name: /^Resolved/ }).click()
  await row.waitFor()

  await page.goto(`${program().url}/admin/detectors`)
  await page
    .getByRole('button', { name: `Lift the mute: Browser session used by a program, of ${look.user}` })
    .click()
  await page.getByText(`of ${look.user}`).waitFor({ state: 'detached' })
  await expectAccessible(page)
})

it('the inbox is worked by keys alone', async () => {
  const page = await openAlerts('')
  await page.locator('[data-row]').first().waitFor()
  const count = await page.locator('[data-row]').count()
  await page.keyboard.press('j')
  const first = await focusedRow(page)
  await page.keyboard.press('j')
  expect(await focusedRow(page)).not.toBe(first)
  await page.keyboard.press('k')
  expect(await focusedRow(page)).toBe(first)

  // With one open, what is resolved makes room for the next.
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Evidence' }).waitFor()
  await page.keyboard.press('n')
  await page.getByLabel('Add a note').and(page.locator(':focus')).waitFor()
  await page.keyboard.type('jar of notes')
  expect(await page.getByLabel('Add a note').inputValue()).toBe('jar of notes')
  await page.keyboard.press('Tab')
  await page.keyboard.press('a')
  await expect.poll(() => page.locator('[data-row]').count()).toBe(count - 1)
  await expect.poll(() => page.url()).not.toContain(first)
  await page.keyboard.press('Escape')
  await expect.poll(() => new URL(page.url()).searchParams.has('alert')).toBe(false)

  // The focus is at the row again that had it.
  await page.keyboard.press('j')
  const row = await focusedRow(page)
  expect(row).not.toBe('')
  await page.keyboard.press('?')
  await page.getByLabel('Keys of one letter').uncheck()
  await page.keyboard.press('Escape')
  await expect.poll(() => focusedRow(page)).toBe(row)
  await page.keyboard.press('f')
  await page.reload()
  await expect.poll(() => page.locator('[data-row]').count()).toBe(count - 1)
})

async function focusedRow(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.closest('[data-row]')?.getAttribute('data-row') ?? '')
}

it('several are acknowledged at once', async () => {
  const page = await openAlerts('')
  await page.getByLabel('Choose all shown').check()
  await page.getByRole('button', { name: 'Acknowledge', exact: true }).click()
  await page.getByText('No alert matches').waitFor()
})

it('a detector is tried out on the log, and its draft holds once it is applied', async () => {
  const page = await open()
  await page.goto(`${program().url}/admin/detectors`)
  await signIn(page, administrator)
  await page.getByRole('button', { name: 'Backtest…' }).click()
  const dialog = page.getByRole('dialog')
  const title = 'Browser session used by a program'
  await dialog.getByLabel(`Mode of ${title}`).selectOption('enforce')
  await dialog.getByLabel(`Response of ${title}`).selectOption('end-session')
  await dialog.getByRole('button', { name: 'Replay' }).click()
  await dialog.getByText(`${stolen} would have been ended`).waitFor()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Apply the draft' }).click()
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => page.getByLabel(`Response of ${title}`).inputValue()).toBe('end-session')
})

it('a link that is not valid says so, and its token stands nowhere', async () => {
  const page = await open()
  await page.goto(`${program().url}/alert-answer?token=not-a-token`)
  await page.getByRole('heading', { name: 'This link is not valid' }).waitFor()
  expect(page.url()).toBe(`${program().url}/alert-answer`)
  await expectAccessible(page)
})
