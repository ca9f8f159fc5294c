import { expect, it } from 'vitest'
import { browserForThisFile, signIn } from '../browser/console-page.ts'
import { administrator, startAdministered } from '../running-program.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const open = browserForThisFile()
const pages = [
  '/settings/security',
  '/admin/overview',
  '/admin/analytics',
  '/admin/users/customer-1',
  '/admin/health',
  '/admin/sessions',
  '/admin/policy',
  '/admin/audit',
]

it('signing out is one visible button on every page of the console [ASVS 7.4.4] [NIST 5.1]', async () => {
  const program = await startAdministered(temporaryFolder())
  const page = await open()
  const signOut = page
    .getByRole('button', { name: 'Sign out', exact: true })
    .filter({ visible: true })
    .first()
  await page.goto(program.url)
  await signIn(page, administrator)
  await signOut.waitFor()
  for (const path of pages) {
    await page.goto(`${program.url}${path}`)
    await signOut.waitFor()
    expect(new URL(page.url()).pathname).toBe(path)
  }
  await signOut.click()
  await page.waitForURL('**/sign-in**')
})
