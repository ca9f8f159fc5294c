import type { ManagedSessionsResponse } from 'latchkey/client'
import type { Page } from 'playwright-core'
import { type PageToShow, showRows, showTable } from './page-to-show.ts'
import { pagesOfAlerts } from './pages-of-alerts.ts'

/** Settings → Security, with everything on it. */
async function showSecurity(page: Page, url: string): Promise<void> {
  await showRows(page, `${url}/settings/security`)
  await page.getByText('Updates as it happens').waitFor()
  await page.getByText('so far').waitFor()
  await page.getByText('First seen').first().waitFor()
}

/** The first page of administrators, with its map. */
async function showOverview(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/admin/overview`)
  await page.getByRole('img', { name: /^Sign-ins by country/ }).waitFor()
  await page.getByText('Updates as it happens').waitFor()
}

/** The menu of a device of the list that is called so. */
async function openDeviceMenu(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for the device ${name}` }).click()
  await page.getByRole('menu').waitFor()
}

export const pages: readonly PageToShow[] = [
  {
    name: 'sign-in',
    as: 'nobody',
    show: async (page, url) => {
      await page.goto(`${url}/sign-in`)
      await page.getByLabel('Email').fill('user@example.com')
    },
  },
  {
    name: 'sign-in-ended',
    as: 'nobody',
    show: async (page, url) => {
      await page.goto(`${url}/sign-in?reason=revoked`)
      await page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'setup',
    as: 'nobody',
    show: async (page, url) => {
      // The program that runs has its administrator already.
      await page.route('**/api/v1/auth/setup', (route) => route.fulfill({ json: { open: true } }))
      await page.goto(`${url}/setup#token=shown-to-nobody`)
      await page.getByLabel('Email').fill('admin@example.com')
    },
  },
  {
    name: 'settings-security',
    as: 'user',
    show: showSecurity,
  },
  {
    name: 'settings-security-devices',
    as: 'user',
    show: async (page, url) => {
      await showSecurity(page, url)
      await page
        .getByRole('heading', { name: 'Your devices' })
        .evaluate((heading) => heading.scrollIntoView({ block: 'start' }))
      await page.evaluate(() => window.scrollBy(0, -80))
    },
  },
  {
    name: 'settings-security-device-menu',
    as: 'user',
    show: async (page, url) => {
      await showSecurity(page, url)
      await openDeviceMenu(page, 'Kitchen tablet')
    },
  },
  {
    name: 'settings-security-rename',
    as: 'user',
    show: async (page, url) => {
      await showSecurity(page, url)
      await openDeviceMenu(page, 'Kitchen tablet')
      await page.getByRole('menuitem', { name: 'Rename device…' }).click()
      await page.getByRole('dialog', { name: 'Rename device' }).waitFor()
    },
  },
  {
    name: 'settings-security-forget',
    as: 'user',
    show: async (page, url) => {
      await showSecurity(page, url)
      await openDeviceMenu(page, 'Kitchen tablet')
      await page.getByRole('menuitem', { name: 'Forget device…' }).click()
      await page.getByRole('alertdialog').waitFor()
    },
  },
  {
    name: 'settings-security-consent',
    as: 'user',
    show: async (page, url) => {
      // Asked only where the operator has it so.
      await page.route('**/api/v1/security/fingerprint', (route) =>
        route.fulfill({ json: { mode: 'consent', taken_at: null } }),
      )
      await showSecurity(page, url)
      await page
        .getByRole('heading', { name: /^May we/ })
        .evaluate((heading) => heading.scrollIntoView({ block: 'center' }))
    },
  },
  {
    name: 'settings-security-confirm',
    as: 'user',
    show: async (page, url) => {
      await showSecurity(page, url)
      await page.getByRole('button', { name: 'End all others' }).click()
      await page.getByRole('alertdialog').waitFor()
    },
  },
  {
    name: 'admin-overview',
    as: 'admin',
    show: showOverview,
  },
  {
    name: 'admin-overview-lower',
    as: 'admin',
    show: async (page, url) => {
      await showOverview(page, url)
      await page
        .getByRole('heading', { name: 'Where' })
        .evaluate((heading) => heading.scrollIntoView({ block: 'start' }))
      await page.evaluate(() => window.scrollBy(0, -80))
    },
  },
  {
    name: 'admin-analytics',
    as: 'admin',
    show: async (page, url) => {
      await page.goto(`${url}/admin/analytics?period=30d&group_by=country`)
      await page.getByRole('table', { name: 'Signed in, by country' }).waitFor()
    },
  },
  {
    name: 'admin-user',
    as: 'admin',
    show: async (page, url) => {
      const { sessions } = (await (
        await page.request.get(`${url}/api/v1/admin/sessions?filter=user%40example.com&limit=1`)
      ).json()) as ManagedSessionsResponse
      await page.goto(`${url}/admin/users/${encodeURIComponent(sessions[0]?.user_id ?? '')}`)
      await page.getByRole('list', { name: 'Sessions in time' }).getByRole('listitem').first().waitFor()
      await page.getByRole('img', { name: /^Sessions by country/ }).waitFor()
    },
  },
  {
    name: 'admin-health',
    as: 'admin',
    show: async (page, url) => {
      // Where the data is on the machine that takes the pictures is nothing to show.
      await page.route('**/api/v1/admin/health', async (route) => {
        const answer = await route.fetch({ timeout: 120_000 })
        const body = (await answer.text()).replaceAll(
          /\/[^\s"]*\/(?=latchkey\.db|secret)/g,
          '/var/lib/latchkey/',
        )
        await route.fulfill({ response: answer, body })
      })
      await page.goto(`${url}/admin/health`)
      // Nothing is known at first: it recounts.
      const checks = page.getByRole('list', { name: 'What was looked at' })
      await checks.getByRole('listitem').first().waitFor({ timeout: 120_000 })
    },
  },
  {
    name: 'admin-sessions',
    as: 'admin',
    show: async (page, url) => {
      await showTable(page, `${url}/admin/sessions`)
    },
  },
  {
    name: 'admin-sessions-filtered',
    as: 'admin',
    show: async (page, url) => {
      await showTable(page, `${url}/admin/sessions?search=user%40example.com&state=live`)
      await page
        .getByRole('button', { name: /^Actions/ })
        .nth(1)
        .click()
      await page.getByRole('menu').waitFor()
    },
  },
  {
    name: 'admin-sessions-devices',
    as: 'admin',
    show: async (page, url) => {
      await showTable(page, `${url}/admin/sessions?search=user%40example.com&state=live`)
      await page
        .getByRole('button', { name: /^Actions/ })
        .nth(1)
        .click()
      await page.getByRole('menuitem', { name: 'Devices of this user…' }).click()
      await page.getByRole('list', { name: 'Devices' }).waitFor()
    },
  },
  {
    name: 'admin-sessions-finding',
    as: 'admin',
    show: async (page, url) => {
      // What a program says that stands behind a proxy it does not know of.
      await page.route('**/api/v1/admin/findings', (route) =>
        route.fulfill({
          json: {
            findings: [
              {
                check: 'addresses',
                message: 'The last 100 sessions all come from one private address.',
                remedy: 'Set LATCHKEY_TRUSTED_PROXIES to the address of the reverse proxy.',
              },
            ],
          },
        }),
      )
      await showTable(page, `${url}/admin/sessions`)
    },
  },
  {
    name: 'settings-security-password',
    as: 'user',
    show: async (page, url) => {
      await showSecurity(page, url)
      // As it is answered when the last sign-in is too long ago.
      await page.route('**/api/v1/security/sessions?scope=others', (route) =>
        route.fulfill({
          status: 403,
          json: { title: 'Sign in again', status: 403, detail: '', code: 'reauthentication-required' },
        }),
      )
      await page.getByRole('button', { name: 'End all others' }).click()
      await page.getByRole('alertdialog').getByRole('button', { name: /^End/ }).click()
      await page.getByRole('dialog', { name: 'Confirm that it is you' }).waitFor()
    },
  },
  {
    name: 'settings-security-activity',
    as: 'user',
    show: async (page, url) => {
      await showSecurity(page, url)
      const heading = page.getByRole('heading', { name: 'Recent activity' })
      await page.getByRole('list', { name: 'Recent activity' }).waitFor()
      await heading.evaluate((element) => element.scrollIntoView({ block: 'start' }))
      await page.evaluate(() => window.scrollBy(0, -80))
    },
  },
  {
    name: 'admin-policy',
    as: 'admin',
    show: async (page, url) => {
      await page.goto(`${url}/admin/policy?device_trust=untrusted&amr=pwd`)
      await page.getByRole('table', { name: 'What is granted' }).waitFor()
      await page.getByRole('heading', { name: 'NIST assurance levels' }).waitFor()
    },
  },
  {
    name: 'admin-audit',
    as: 'admin',
    show: async (page, url) => {
      await page.goto(`${url}/admin/audit`)
      await page.locator('[data-row] summary').first().click()
      await page.getByRole('button', { name: 'Check the chain' }).click()
      await page.getByRole('button', { name: 'Copy head' }).waitFor()
    },
  },
  ...pagesOfAlerts,
  {
    name: 'not-found',
    as: 'nobody',
    show: async (page, url) => {
      await page.goto(`${url}/nowhere`)
      await page.getByRole('heading').waitFor()
    },
  },
]
