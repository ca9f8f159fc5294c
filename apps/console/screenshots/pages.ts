import type { Page } from 'playwright-core'

interface PageToShow {
  /** The first part of the file name. */
  readonly name: string
  readonly as: 'nobody' | 'user' | 'admin'
  /** Brings the page to where the picture is to be taken. */
  readonly show: (page: Page, url: string) => Promise<void>
}

async function showRows(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.locator('[data-row]').first().waitFor()
  await page.waitForLoadState('load')
}

/** Tables go on below the picture anyway: a lower one is a smaller file. */
async function showTable(page: Page, address: string): Promise<void> {
  const size = page.viewportSize()
  if (size) await page.setViewportSize({ width: size.width, height: Math.min(size.height, 860) })
  await showRows(page, address)
  await page.getByText('Active now').waitFor()
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
    show: async (page, url) => {
      await showRows(page, `${url}/settings/security`)
      await page.getByText('Updates as it happens').waitFor()
      await page.getByText('so far').waitFor()
    },
  },
  {
    name: 'settings-security-confirm',
    as: 'user',
    show: async (page, url) => {
      await showRows(page, `${url}/settings/security`)
      await page.getByText('Updates as it happens').waitFor()
      await page.getByText('so far').waitFor()
      await page.getByRole('button', { name: 'End all others' }).click()
      await page.getByRole('alertdialog').waitFor()
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
    name: 'not-found',
    as: 'nobody',
    show: async (page, url) => {
      await page.goto(`${url}/nowhere`)
      await page.getByRole('heading').waitFor()
    },
  },
]
