import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { administrator } from '../running-program.ts'
import { signedIn } from '../visitor.ts'
import { administeredForThisFile } from './administered-program.ts'
import { browserForThisFile, expectAccessible, expectRows, looks, signIn } from './console-page.ts'

const open = browserForThisFile()
const administered = administeredForThisFile()
const next = 'seven quiet harbours'

function dialogOf(page: Page): Locator {
  return page.getByRole('dialog', { name: 'Change password' })
}

async function give(page: Page, current: string, wanted: string): Promise<void> {
  const dialog = dialogOf(page)
  await dialog.getByLabel('Current password').fill(current)
  await dialog.getByLabel('New password').fill(wanted)
  await page.keyboard.press('Enter')
}

function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
}

it('by keyboard: the password is changed, other sessions end, and this page goes on; narrow, and in both themes [ASVS 7.4.3] [ASVS 7.5.1]', async () => {
  const program = administered()
  const elsewhere = await signedIn(program)
  const page = await open(looks[3])
  await page.goto(`${program.url}/settings/security`)
  await signIn(page, administrator)
  await expectRows(page, 2)
  const button = page.getByRole('button', { name: 'Change password' })
  await button.press('Enter')
  await give(page, 'something else entirely', next)
  await dialogOf(page).getByText('The current password is wrong.').waitFor()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expectAccessible(page)
  }
  await give(page, administrator.password, administrator.password)
  await dialogOf(page).getByText('The new password must be another one than before.').waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => focused(page)).toBe('Change password')

  const list = page.getByRole('list', { name: 'Recent activity' })
  await page.reload()
  await list.getByText('Somebody tried to change your password without knowing it').waitFor()
  await list.getByRole('button', { name: 'change your password' }).first().press('Enter')
  await give(page, administrator.password, next)
  await dialogOf(page).waitFor({ state: 'detached' })
  await page.getByText('Your password is changed, and one other session has ended.').first().waitFor()
  await expect.poll(() => focused(page)).toBe('change your password')
  await expectRows(page, 1)
  await list.getByText('Your password was changed').waitFor()
  await expectAccessible(page)
  expect((await elsewhere.send('GET', '/api/v1/security/sessions')).status).toBe(401)
  expect((await elsewhere.send('POST', '/api/v1/auth/login', administrator)).status).toBe(401)
  const answer = await elsewhere.send('POST', '/api/v1/auth/login', { ...administrator, password: next })
  expect(answer.status, answer.text).toBe(200)
})
