import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { pages } from './pages.ts'
import { leave, type StorageState, signInOnce, visitor } from './sign-in-once.ts'
import { viewsOf } from './views.ts'

// Takes the pictures of docs/screenshots from a running program that `latchkey demo` has filled. Start it with
// LATCHKEY_TRUSTED_PROXIES=127.0.0.1/32, so that the visitor's address in the pictures is one of those set
// aside for documentation:
//   node apps/console/screenshots/take-screenshots.ts --url http://127.0.0.1:4280 --password '…' \
//     --admin admin@example.com --user user@example.com --folder docs/screenshots
// Some of them: --only admin-alert,admin-health

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:4280' },
    admin: { type: 'string', default: 'admin@example.com' },
    user: { type: 'string', default: 'user@example.com' },
    password: { type: 'string' },
    folder: { type: 'string', default: 'docs/screenshots' },
    only: { type: 'string' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
  },
})
if (values.password === undefined) throw new Error('Give the password of both accounts: --password.')

const only = values.only?.split(',')
const browser = await chromium.launch({
  executablePath: values.chromium,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
})
const accounts: Partial<Record<(typeof pages)[number]['as'], StorageState>> = {}
try {
  await mkdir(values.folder, { recursive: true })
  for (const [as, email] of [
    ['user', values.user],
    ['admin', values.admin],
  ] as const) {
    accounts[as] = await signInOnce(browser, values.url, { email, password: values.password })
  }
  for (const page of pages.filter(({ name }) => only?.includes(name) ?? true)) {
    for (const view of viewsOf(page.name)) {
      const state = accounts[page.as]
      const context = await browser.newContext({
        ...visitor,
        ...view.options,
        ...(state ? { storageState: state } : {}),
      })
      const tab = await context.newPage()
      await page.show(tab, values.url)
      await tab.evaluate(() => document.fonts.ready)
      const file = join(values.folder, `${page.name}-${view.name}.png`)
      await tab.screenshot({ path: file, animations: 'disabled', caret: 'hide' })
      console.log(file)
      await context.close()
    }
  }
} finally {
  for (const state of Object.values(accounts)) await leave(browser, values.url, state)
  await browser.close()
}
